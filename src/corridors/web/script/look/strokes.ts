/* The strokes of a line: how style, status and precision are drawn. */
import { data } from "../payload/data.ts";
import type { Style } from "../types/payload.ts";
import type { Status } from "../types/vocabulary.ts";

/** The properties of a feature that its line or symbol shows. */
export interface Told {
  status?: Status | null;
  basis?: string | null;
  confidence?: string;
  hollow?: boolean;
  /** Whether it is straight from stop to stop. Features have a list of such parts instead. */
  straight?: unknown;
}

/** Width in pixels, colour as a CSS value. */
export interface Stroke {
  role: "casing" | "ink" | "core";
  stroke: string;
  width: number;
  opacity: number;
  dash?: string | null;
}

/** The strokes of a line, the lowest first: casing, ink, hollow core; the rule of look.py. */
export const strokesOf = (
  style: Style,
  color: string,
  { status, basis, confidence, hollow, straight }: Told,
): Stroke[] => {
  const { look } = data;
  const [narrower, fainter] = confidence === "low" ? look.faint : [1, 1];
  const approximate = basis === "stations" || basis === "waypoints" || straight === true;
  const [soft, rim, rimOpacity] = approximate ? look.soft : [1, 0, 0];
  const [wider, core] = hollow ? look.hollow : [0, 0];
  const width = (style.width ?? 2) * narrower + wider;
  const dash = (status && look.dashes[status]) || style.dash || null;
  const opacity = (style.opacity ?? 1) * (status === "suspended" ? look.suspended : 1) * soft * fainter;
  const strokes: Stroke[] = [{ role: "ink", stroke: color, width, opacity, dash }];
  if (rim) strokes.unshift({ role: "casing", stroke: color, width: width + rim, opacity: rimOpacity });
  else if (style.casing)
    strokes.unshift({
      role: "casing",
      stroke: "var(--casing)",
      width: width + look.casing[0],
      opacity: look.casing[1],
    });
  if (core) strokes.push({ role: "core", stroke: "var(--casing)", width: width * core, opacity: 1, dash });
  return strokes;
};

/** Whether the symbol of a point is hollow: its position is not well sourced, or it is planned. */
export const isHollow = ({ confidence, status }: Told): boolean => confidence === "low" || status === "planned";

/** The opacity of a point's symbol. */
export const pointOpacity = (status?: Status | null): number =>
  status === "under_construction" || status === "suspended" ? data.look.unready : 1;

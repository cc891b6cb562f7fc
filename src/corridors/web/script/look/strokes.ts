/* The strokes of a line: how style, status and precision are drawn. */
import { data } from "../payload/data.ts";
import type { Status, Style } from "../types/payload.ts";

/** What the drawing of a line or a symbol tells of a feature. */
export interface Told {
  status?: Status | null;
  basis?: string | null;
  confidence?: string;
  hollow?: boolean;
}

/** Width in pixels, colour as a CSS value. */
export interface Stroke {
  role: "casing" | "ink" | "core";
  stroke: string;
  width: number;
  opacity: number;
  dash?: string | null;
}

/** The strokes of a line from below: casing, ink, hollow core. */
export const strokesOf = (style: Style, color: string, { status, basis, confidence, hollow }: Told): Stroke[] => {
  const faint = confidence === "low";
  const soft = basis === "waypoints";
  const width = (style.width || 2) * (faint ? 0.75 : 1) + (hollow ? 0.9 : 0);
  const dash = (status && data.look.dashes[status]) || style.dash || null;
  const dimmed = status === "suspended" ? data.look.suspended : 1;
  const opacity = (style.opacity ?? 1) * dimmed * (soft ? 0.8 : 1) * (faint ? 0.75 : 1);
  const strokes: Stroke[] = [];
  if (soft) strokes.push({ role: "casing", stroke: color, width: width + 4.5, opacity: 0.14 });
  else if (style.casing) strokes.push({ role: "casing", stroke: "var(--casing)", width: width + 2.6, opacity: 0.9 });
  strokes.push({ role: "ink", stroke: color, width, opacity, dash });
  if (hollow) strokes.push({ role: "core", stroke: "var(--casing)", width: width * 0.45, opacity: 1, dash });
  return strokes;
};

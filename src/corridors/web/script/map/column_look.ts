/* How the worker draws the classes of a reader's own data: the rules of the atlas's features, as lengths and final colours. */
import { inkOf } from "../look/colours.ts";
import { pathLook } from "../look/path_look.ts";
import { strokesOf } from "../look/strokes.ts";
import { symbolOf } from "../look/symbols.ts";
import { columnClasses } from "../payload/columns.ts";
import { data } from "../payload/data.ts";
import type { ClassLook } from "../types/columns.ts";
import type { Style } from "../types/payload.ts";
import { lineScale, pointScale } from "./scale.ts";

const OUTLINE = 0.7; // pixels: the outline of an area that has no other
const FILL = 0.75; // opacity of an area that has no other

/** The colour that a CSS value has in the current theme. A worker knows no variables. */
const resolved = (value: string): string => {
  const [, name] = /^var\((--[\w-]+)\)$/.exec(value) ?? [];
  return name ? getComputedStyle(document.documentElement).getPropertyValue(name).trim() : value;
};

const colorsOf = (ink: string): ClassLook["colors"] => ({
  current: ink,
  ...Object.fromEntries(["paper", "standard", "broad", "casing"].map((name) => [name, resolved(`var(--${name})`)])),
});

const dashOf = (dash: string | null | undefined): number[] =>
  dash
    ? dash
        .trim()
        .split(/[\s,]+/)
        .map(Number)
    : [];

const linesOf = (style: Style, ink: string, zoom: number): ClassLook["strokes"] =>
  strokesOf(style, ink, { hollow: style.hollow }).map(({ stroke, width, opacity, dash }) => ({
    color: resolved(stroke),
    width: width * lineScale(zoom),
    opacity,
    dash: dashOf(dash),
  }));

const outlineOf = ({ color, width }: Style, ink: string, zoom: number): ClassLook["strokes"][number] => ({
  color: color ? ink : resolved("var(--border)"),
  width: color ? (width ?? 1) * lineScale(zoom) : OUTLINE,
  opacity: 1,
  dash: [],
});

const lookOf = (id: string, zoom: number): ClassLook => {
  const { geometry, style } = data.classes[id];
  if (style.path) return pathLook(geometry, style.path);
  const ink = resolved(inkOf(id));
  const [box, stroke, rim] = data.look.symbol;
  return {
    geometry,
    strokes: geometry === "line" ? linesOf(style, ink, zoom) : [outlineOf(style, ink, zoom)],
    fill: style.fill ? ink : null,
    fillOpacity: style.opacity ?? FILL,
    symbol: { shapes: symbolOf(style), box, stroke, rim, size: (style.size || 12) * pointScale(zoom) },
    colors: colorsOf(ink),
  };
};

/** The look of each class at a zoom. */
export const columnLook = (zoom: number): Record<string, ClassLook> =>
  Object.fromEntries(columnClasses.map((id) => [id, lookOf(id, zoom)]));

/** Those of these classes that are a reader's own, from the lowest. */
export const columnOrder = (on: string[]): string[] => {
  const depth = (id: string): number => data.classes[id].z ?? 5;
  return columnClasses.filter((id) => on.includes(id)).sort((a, b) => depth(a) - depth(b));
};

/* Symbols of points, and the samples of lines, symbols and areas that legends and cards show. */
import { svg } from "../dom.ts";
import { data } from "../payload/data.ts";
import type { Filter } from "../types/facets.ts";
import type { Primitive, Style } from "../types/payload.ts";
import { inkOf } from "./colours.ts";
import { pathSwatch } from "./path_look.ts";
import { isHollow, pointOpacity, strokesOf, type Told } from "./strokes.ts";

const ATTRIBUTES = [
  "d",
  "cx",
  "cy",
  "r",
  "rx",
  "ry",
  "x",
  "y",
  "x1",
  "y1",
  "x2",
  "y2",
  "width",
  "height",
  "points",
  "transform",
  "stroke-width",
];
const SHAPES = ["path", "circle", "rect", "line", "polyline", "polygon", "ellipse"] as const;
const [BOX, STROKE, RIM] = data.look.symbol;
const [LENGTH, WIDTH, SIZE, LARGEST] = data.look.sample;
const DIAMOND: Primitive[] = [["path", { d: "M8 3l5 5-5 5-5-5z", fill: "current", stroke: "paper" }]];

const paint = (value: string | undefined, color: string): string => {
  if (value === "current") return color;
  if (value === "paper" || value === "standard" || value === "broad") return `var(--${value})`;
  return "none";
};

/** A shape without colours; null if its element is not allowed in symbols. */
const shapeOf = ([tag, attributes]: Primitive): SVGElement | null => {
  const known = SHAPES.find((name) => name === tag);
  if (!known) return null;
  const shape = svg(known, { "stroke-linecap": "round", "stroke-linejoin": "round", "stroke-width": STROKE });
  for (const key of ATTRIBUTES) if (key in attributes) shape.setAttribute(key, attributes[key]);
  return shape;
};

/** A rim in the colour of the ground under the whole symbol, so that it can be distinguished from lines below it. */
const rimOf = (primitive: Primitive): SVGElement | null => {
  const [shape, [, attributes]] = [shapeOf(primitive), primitive];
  const strokeWidth = String(Number(attributes["stroke-width"] || STROKE) + RIM);
  if (shape)
    Object.assign(shape.style, {
      fill: attributes.fill === "none" ? "none" : "var(--casing)",
      stroke: "var(--casing)",
      strokeWidth,
    });
  return shape;
};

const bodyOf = (primitive: Primitive, color: string, hollow: boolean): SVGElement | null => {
  const [shape, [, { fill, stroke }]] = [shapeOf(primitive), primitive];
  const emptied = hollow && fill === "current";
  const edge = emptied || (hollow && stroke === "paper") ? "current" : stroke;
  if (shape)
    Object.assign(shape.style, { fill: emptied ? "var(--paper)" : paint(fill, color), stroke: paint(edge, color) });
  return shape;
};

/** The shapes of a point's symbol. */
export const symbolOf = ({ symbol }: Style): Primitive[] => data.symbols[symbol ?? ""] ?? DIAMOND;

/** A symbol of the given size in pixels, centred on 0,0; hollow if the position has low confidence. */
export const symbolNode = (name: string | undefined, color: string, size: number, hollow: boolean): SVGGElement => {
  const primitives = symbolOf({ symbol: name });
  const bodies = primitives.map((primitive) => bodyOf(primitive, color, hollow));
  return svg(
    "g",
    { transform: `scale(${size / BOX}) translate(${-BOX / 2} ${-BOX / 2})` },
    primitives.map(rimOf),
    bodies,
  );
};

const frame = (...children: SVGElement[]): SVGSVGElement =>
  svg(
    "svg",
    {
      class: "swatch",
      viewBox: `0 0 ${LENGTH} ${BOX}`,
      width: LENGTH,
      height: BOX,
      "aria-hidden": "true",
      focusable: "false",
    },
    children,
  );

/** A short piece of line with these strokes, for legends and cards. */
export const lineSwatch = (style: Style, color: string, told: Told): SVGSVGElement => {
  const lines: SVGElement[] = strokesOf(style, color, told).map(({ stroke, width, opacity, dash }) => {
    const line = svg("line", { x1: 0, x2: LENGTH, y1: BOX / 2, y2: BOX / 2, "stroke-dasharray": dash });
    Object.assign(line.style, { stroke, strokeWidth: `${width}px`, opacity: String(opacity) });
    return line;
  });
  if (told.status === "suspended") lines.push(svg("path", { class: "cross", d: "M8 4v8M18 4v8" }));
  if (told.basis === "stations") lines.push(svg("path", { class: "cross", d: "M5 5v6M13 5v6M21 5v6" }));
  return frame(...lines);
};

/** A symbol of this style and colour, in the same way. */
export const symbolSwatch = ({ symbol, size }: Style, color: string, told: Told): SVGSVGElement => {
  const sign = symbolNode(symbol, color, Math.min(size || 12, LARGEST), isHollow(told));
  sign.style.opacity = String(pointOpacity(told.status));
  return frame(svg("g", { transform: `translate(${LENGTH / 2} ${BOX / 2})` }, sign));
};

/** A pattern of lines or points, on a sample without class. */
export const patternSwatch = (geometry: "line" | "point", told: Told): SVGSVGElement =>
  geometry === "line"
    ? lineSwatch({ width: WIDTH }, "var(--text)", told)
    : symbolSwatch({ symbol: "city", size: SIZE }, "var(--text)", told);

/** The legend drawing of a class, by the rules of the map. */
export const classSwatch = (id: string, told: Told = {}): SVGSVGElement => {
  const { geometry, style } = data.classes[id];
  const color = inkOf(id);
  if (OWN && style.path) return pathSwatch(geometry, style.path);
  if (geometry === "line") return lineSwatch(style, color, { hollow: style.hollow ?? false, ...told });
  if (geometry === "point") return symbolSwatch(style, color, told);
  const area = svg("rect", { x: 2.5, y: 2.5, width: 21, height: 11, class: "patch" });
  area.style.fill = areaFill(style, color);
  return frame(area);
};

/** How an area of this style is filled, as a CSS value. */
export const areaFill = (style: Style, color: string): string => {
  if (style.hatch) return "url(#corridors-hatch)";
  return style.fill ? color : "none";
};

/** A neutral sample of one value of a filter: its pattern without a colour; null if it has none. */
export const filterSwatch = ({ property, drawn }: Filter, value: string): SVGSVGElement | null => {
  if (drawn) return lineSwatch({ width: 3.4 }, "var(--text)", { hollow: value === "no" });
  if (!["status", "basis", "confidence"].includes(property)) return null;
  return patternSwatch("line", { [property]: value });
};

/** Patterns that paths refer to by id. The document has them once. */
export const hatchPatterns = (): SVGSVGElement => {
  const hatches = ["hatch", "part"].map((name) =>
    svg(
      "pattern",
      { id: `corridors-${name}`, width: 6, height: 6, patternUnits: "userSpaceOnUse" },
      svg("path", { d: "M-1 1l2-2M0 6l6-6M5 7l2-2", class: `hatch ${name}` }),
    ),
  );
  const hidden = { width: 0, height: 0, "aria-hidden": "true", focusable: "false" };
  return svg("svg", { class: "patterns", ...hidden }, svg("defs", {}, hatches));
};

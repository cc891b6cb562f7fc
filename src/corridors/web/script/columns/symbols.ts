/* Symbols of points as small pictures, each drawn once and then copied. */
import type { ClassLook } from "../types/columns.ts";
import type { Primitive } from "../types/payload.ts";

type Symbol = NonNullable<ClassLook["symbol"]>;

const pairs = (text: string): number[][] => {
  const numbers = text
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  return Array.from({ length: numbers.length >> 1 }, (_, n) => numbers.slice(2 * n, 2 * n + 2));
};

/** The path of an SVG primitive. An unknown element has an empty one. */
const pathOf = ([tag, attributes]: Primitive): Path2D => {
  const number = (name: string): number => Number(attributes[name] ?? 0);
  if (tag === "path") return new Path2D(attributes.d);
  const path = new Path2D();
  if (tag === "circle") path.arc(number("cx"), number("cy"), number("r"), 0, 2 * Math.PI);
  if (tag === "ellipse") path.ellipse(number("cx"), number("cy"), number("rx"), number("ry"), 0, 0, 2 * Math.PI);
  if (tag === "rect") path.rect(number("x"), number("y"), number("width"), number("height"));
  if (tag === "line") {
    path.moveTo(number("x1"), number("y1"));
    path.lineTo(number("x2"), number("y2"));
  }
  if (tag === "polygon" || tag === "polyline") {
    for (const [x, y] of pairs(attributes.points ?? "")) path.lineTo(x, y);
    if (tag === "polygon") path.closePath();
  }
  return path;
};

/** A symbol in these colours with so many device pixels per pixel: first its rim, then its body, as look/symbols.ts has it. */
export const symbolPicture = (
  { shapes, box, stroke, rim, size }: Symbol,
  colors: ClassLook["colors"],
  ratio: number,
): OffscreenCanvas => {
  const side = Math.ceil((size + rim + 2) * ratio);
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext("2d");
  if (!context) return canvas;
  const scale = (size * ratio) / box;
  context.setTransform(scale, 0, 0, scale, side / 2 - (scale * box) / 2, side / 2 - (scale * box) / 2);
  context.lineCap = "round";
  context.lineJoin = "round";
  const paint = (shape: Primitive, fill: string | undefined, edge: string | undefined, wider: number): void => {
    const path = pathOf(shape);
    context.lineWidth = Number(shape[1]["stroke-width"] ?? stroke) + wider;
    if (fill) context.fillStyle = fill;
    if (fill) context.fill(path);
    if (edge) context.strokeStyle = edge;
    if (edge) context.stroke(path);
  };
  for (const shape of shapes) paint(shape, shape[1].fill === "none" ? undefined : colors.casing, colors.casing, rim);
  for (const shape of shapes) paint(shape, colors[shape[1].fill], colors[shape[1].stroke], 0);
  return canvas;
};

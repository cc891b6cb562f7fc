/* Paths with Leaflet's own options, as folium's elements have them: their look on the canvas, on the map and in the legend. */
import { svg } from "../dom.ts";
import type { ClassLook } from "../types/columns.ts";
import type { PathStyle } from "../types/elements.ts";
import type { FeatureClass } from "../types/payload.ts";

const CLEAR = "rgba(0, 0, 0, 0)";
const [LENGTH, HEIGHT] = [26, 16]; // of a sample, in pixels

let probe: CanvasRenderingContext2D | null | undefined;

/** A colour of CSS with an opacity, as a canvas anywhere reads it. */
const faded = (color: string, opacity: number): string => {
  probe ??= document.createElement("canvas").getContext("2d");
  if (!probe) return color;
  probe.fillStyle = "#3388ff";
  probe.fillStyle = color;
  const [, red, green, blue] = /^#(..)(..)(..)$/.exec(probe.fillStyle) ?? [];
  if (!red) return color; // it has an opacity of its own
  return `rgba(${[red, green, blue].map((pair) => Number.parseInt(pair, 16)).join(", ")}, ${opacity})`;
};

const circleOf = ({
  color,
  width,
  opacity,
  fill,
  fillOpacity,
  radius,
}: PathStyle): Pick<ClassLook, "symbol" | "colors"> => {
  const size = Math.max(1, 2 * radius + width);
  const place = { cx: String(size / 2), cy: String(size / 2), r: String(radius) };
  const shapes: NonNullable<ClassLook["symbol"]>["shapes"] = [];
  if (fill) shapes.push(["circle", { ...place, fill: "current", stroke: "none" }]);
  if (width) shapes.push(["circle", { ...place, fill: "none", stroke: "paper", "stroke-width": String(width) }]);
  return {
    symbol: { shapes, box: size, stroke: width, rim: 0, size, always: true },
    colors: { current: fill ? faded(fill, fillOpacity) : CLEAR, paper: faded(color, opacity), casing: CLEAR },
  };
};

/** How the worker draws a class with such a style. */
export const pathLook = (geometry: FeatureClass["geometry"], path: PathStyle): ClassLook => {
  const { color, width, opacity, dash, fill, fillOpacity } = path;
  return {
    geometry,
    strokes: width ? [{ color, width, opacity, dash }] : [],
    fill,
    fillOpacity,
    symbol: null,
    colors: { current: color, casing: CLEAR },
    ...(geometry === "point" ? circleOf(path) : {}),
  };
};

/** The options of a path of Leaflet with such a style. */
export const pathOptions = ({ color, width, opacity, dash, fill, fillOpacity }: PathStyle): L.PathOptions => ({
  stroke: width > 0,
  color,
  weight: width,
  opacity,
  ...(dash.length ? { dashArray: dash.join(" ") } : {}),
  fill: Boolean(fill),
  ...(fill ? { fillColor: fill, fillOpacity } : {}),
});

/** The sample of a legend. */
export const pathSwatch = (
  geometry: FeatureClass["geometry"],
  { color, width, opacity, dash, ...path }: PathStyle,
): SVGSVGElement => {
  const middle = HEIGHT / 2;
  const shape = {
    line: () => svg("line", { x1: 0, x2: LENGTH, y1: middle, y2: middle }),
    area: () => svg("rect", { x: 2.5, y: 2.5, width: 21, height: 11 }),
    point: () => svg("circle", { cx: LENGTH / 2, cy: middle, r: Math.min(path.radius, 6) }),
  }[geometry]();
  const most = geometry === "line" ? 10 : 3;
  Object.assign(shape.style, {
    fill: path.fill ?? "none",
    fillOpacity: String(path.fillOpacity),
    stroke: width ? color : "none",
    strokeWidth: `${Math.min(width, most)}px`,
    strokeOpacity: String(opacity),
    strokeDasharray: dash.join(" "),
  });
  const size = { width: LENGTH, height: HEIGHT, viewBox: `0 0 ${LENGTH} ${HEIGHT}` };
  return svg("svg", { class: "swatch", ...size, "aria-hidden": "true", focusable: "false" }, shape);
};

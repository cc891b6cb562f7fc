/* The nodes that draw one feature (a line, a symbol or an area), and the nodes for the pointer. */
import { positionsOf } from "../columns/positions.ts";
import { svg } from "../dom.ts";
import { inkOf } from "../look/colours.ts";
import { isHollow, pointOpacity, type Stroke, strokesOf } from "../look/strokes.ts";
import { areaFill, symbolNode } from "../look/symbols.ts";
import { data } from "../payload/data.ts";
import { classOf, isCity } from "../payload/features.ts";
import type { Feature } from "../types/payload.ts";
import type { Status } from "../types/vocabulary.ts";
import type { Drawing } from "./leaflet.ts";
import { type Parts, partsOf } from "./line_marks.ts";

const { citySizes, capitalRing, stationsFrom } = data.look;
// A hollow line means "not electrified", but only on a map whose legend says so.
const HOLLOW_MEANS = (data.map.filters ?? []).some(({ drawn }) => drawn);

const strokeNode = ({ stroke, width, opacity, dash }: Stroke): SVGPathElement => {
  const path = svg("path");
  const strokeWidth = `calc(${width}px * var(--zw, 1) + var(--hw, 0px))`;
  Object.assign(path.style, { stroke, strokeWidth, opacity: String(opacity), strokeDasharray: dash || "none" });
  return path;
};

/** Bars across a suspended line, and ticks at the stations of a railway. */
const marksOf = (feature: Feature, status: Status): Drawing["marks"] => {
  const suspended = status === "suspended";
  const stops = feature.stops ?? [];
  if (!suspended && !stops.length) return null;
  const node = svg("path", { class: suspended ? "mark cross" : "mark" });
  node.style.stroke = inkOf(feature.class);
  return { node, suspended, stops, fromZoom: stationsFrom };
};

/** Whether a line is drawn hollow. For another year than the map's own, it is not known which lines were electrified. */
export const isHollowIn = (feature: Feature, ownYear: boolean): boolean =>
  Boolean((feature.hollow && HOLLOW_MEANS && ownYear) || classOf(feature).style.hollow);

export const lineDrawing = (feature: Feature, status: Status, ownYear: boolean): Drawing => {
  const { style } = classOf(feature);
  const hollow = isHollowIn(feature, ownYear);
  const parts = partsOf(feature.straight, positionsOf(feature)[0]?.length ?? 0);
  const looks: [basis: string | undefined, part?: keyof Parts][] = parts
    ? [
        ["stations", "straight"],
        ["tracks", "tracks"],
      ]
    : [[feature.basis]];
  const target = svg("path", { class: "hit", "data-feature": feature.id });
  const marks = marksOf(feature, status);
  const nodes: Drawing["nodes"] = looks.flatMap(([basis, part]) =>
    strokesOf(style, inkOf(feature.class), { ...feature, basis, status, hollow }).map((stroke) => ({
      tier: stroke.role === "casing" ? ("casing" as const) : ("ink" as const),
      node: strokeNode(stroke),
      part,
    })),
  );
  nodes.push({ tier: "hit", node: target });
  if (marks) nodes.push({ tier: "mark", node: marks.node, place: true });
  return { nodes, target, marks, parts };
};

/** The size of a point in pixels: its own, that of a city by population (with space for a capital's ring), or its class's. */
export const fullSize = (feature: Feature): number => {
  if (feature.size) return feature.size;
  if (!isCity(feature)) return classOf(feature).style.size || 12;
  const people = feature.headline?.find((figure) => figure.label === "fact.population")?.value || 0;
  const [, size] = citySizes.find(([least]) => people >= least) ?? citySizes[citySizes.length - 1];
  return size + (feature.kind === "capital" ? capitalRing : 0);
};

const symbolOf = (feature: Feature): string | undefined =>
  feature.symbol || (feature.kind === "capital" && data.symbols.capital ? "capital" : classOf(feature).style.symbol);

/** A point; hollow if it is planned or its position has low confidence. */
export const pointDrawing = (feature: Feature, status: Status): Drawing => {
  const size = fullSize(feature);
  const sign = symbolNode(symbolOf(feature), inkOf(feature.class), size, isHollow({ ...feature, status }));
  sign.style.opacity = String(pointOpacity(status));
  const reach = svg("circle", { r: Math.max(9, size / 2 + 3), class: "catch" });
  const target = svg("g", { class: "spot", "data-feature": feature.id }, reach, sign);
  return { nodes: [{ tier: "ink", node: target }], target };
};

/** Whether an area has no value. It can be clicked, but has no tooltip that would follow the pointer over the whole map. */
export const isBare = (feature: Feature): boolean => {
  const { hatch, fill } = classOf(feature).style;
  return !hatch && !fill;
};

export const areaDrawing = (feature: Feature): Drawing => {
  const target = svg("path", { class: isBare(feature) ? "patch bare" : "patch", "data-feature": feature.id });
  target.style.fill = areaFill(classOf(feature).style, inkOf(feature.class));
  return { nodes: [{ tier: "area", node: target }], target };
};

/* The window of a picture: from units of Web Mercator to its pixels. */
import type { Frame } from "../types/columns.ts";
import { scaleAt, WORLD } from "./projection.ts";

/** Pixels of a picture: units times scale, less left and top. Lengths of looks are multiplied by ratio. */
export interface Lens {
  scale: number;
  left: number;
  top: number;
  width: number;
  height: number;
  ratio: number;
}

/** Least x, least y, greatest x, greatest y in units. */
export type Box = [west: number, north: number, east: number, south: number];

/** The lens of a window with so many device pixels per pixel. */
export const lensOf = ({ zoom, left, top, width, height }: Frame, ratio: number): Lens => {
  const scale = scaleAt(zoom) * ratio;
  const half = (WORLD / 2) * scale; // pixels count from the west and north edge of the world, units from its middle
  return {
    scale,
    left: left * ratio - half,
    top: top * ratio - half,
    width: Math.ceil(width * ratio),
    height: Math.ceil(height * ratio),
    ratio,
  };
};

/** The part of the world that a lens shows, with an edge of so many pixels around it. */
export const boxOf = ({ scale, left, top, width, height }: Lens, edge: number): Box => [
  (left - edge) / scale,
  (top - edge) / scale,
  (left + width + edge) / scale,
  (top + height + edge) / scale,
];

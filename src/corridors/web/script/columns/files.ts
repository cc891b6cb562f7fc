/* Rows and positions as files have them: lines of CSV (RFC 4180), and geometry of GeoJSON (RFC 7946). */
import type { FeatureClass } from "../types/payload.ts";

export type FileCell = string | number | boolean | Record<string, number> | null | undefined;

/** A path of positions: longitude and latitude in degrees. */
export type Positions = number[][];

const TYPES = { point: "Point", line: "LineString", area: "Polygon" } as const;
const FORMULA = /^[=+\-@\t\r]/; // what a spreadsheet may compute

const cellText = (cell: FileCell): string => {
  if (typeof cell === "number" || typeof cell === "boolean") return String(cell);
  const parts = cell && typeof cell === "object" ? Object.entries(cell).map((part) => part.join("=")) : [cell ?? ""];
  const text = parts.join(";").replace(FORMULA, "'$&");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A line of CSV. A text that looks like a formula gets an apostrophe. */
export const csvLine = (cells: FileCell[]): string => `${cells.map(cellText).join(",")}\r\n`;

/** Twice the area of a ring, in square degrees; negative if it runs clockwise, as holes do. */
const areaOf = (ring: Positions): number =>
  ring.reduce((sum, [x, y], nth) => {
    const [x0, y0] = ring.at(nth - 1) as number[];
    return sum + x0 * y - x * y0;
  }, 0);

/** Paths as one geometry. A hole comes after the ring around it. */
export const geometryOf = (
  kind: FeatureClass["geometry"],
  paths: Positions[],
): { type: string; coordinates: unknown[] } => {
  const parts: unknown[][] = [];
  for (const path of paths) {
    if (kind === "point") parts.push(path[0]);
    else if (kind === "line") parts.push(path);
    else if (areaOf(path) > 0 || !parts.length) parts.push([[...path, path[0]]]);
    else parts.at(-1)?.push([...path, path[0]]);
  }
  const type = TYPES[kind];
  return parts.length === 1 ? { type, coordinates: parts[0] } : { type: `Multi${type}`, coordinates: parts };
};

/** The decimals of positions in steps of so many degrees. */
export const digitsOf = (step: number): number => Math.ceil(-Math.log10(step));

/* The shape of a basemap and of geometry in the payload. */
import type { GeometryColumns } from "./columns.ts";
import type { Words } from "./vocabulary.ts";

/** Geometry of one kind, the number of its rows, and for each the rows of the basemap's land that it consists of. */
export interface Shapes extends GeometryColumns {
  count: number;
  land?: number[][];
}

/** A disputed border: its name, a note, and its rows among the disputed lines. */
export interface Dispute {
  id: string;
  name: Words;
  note: Words;
  rows: number[];
}

export interface Basemap {
  land?: Shapes;
  lakes?: Shapes;
  rivers?: Shapes;
  borders?: Shapes;
  disputed?: Shapes;
  disputes?: Dispute[];
  labels?: { iso: string; name: Words; lat: number; lon: number; rank?: number; km?: number }[];
}

/* The types of a reader's own data, as corridors.web.column_layers writes it, and of the questions to the worker that draws it. */
import type { ElementLabel } from "./elements.ts";
import type { Bounds, Folding, Primitive } from "./payload.ts";
import type { Wanted } from "./state.ts";

/** Bytes of the stream: the first one, and their number. */
export type Block = [start: number, length: number];

/** Whole numbers as variable-length bytes: seven bits a byte, lowest first, the eighth bit set if more follow ("varints").
 *  A block has the first bytes of all its numbers, then the second bytes of those that have one, and so on.
 *  "Signed" varints: 0, -1, 1, -2, 2 … as 0, 1, 2, 3, 4 … (zigzag). Values are below 2^53. */
export interface GeometryColumns {
  kind: "point" | "line" | "area";
  /** Degrees of one step of lon and lat. */
  step: number;
  /** Varints: the parts (points, lines, polygons) of each feature. Absent if every feature has one. A feature without geometry has 0. */
  parts?: Block;
  /** Varints: the rings of each polygon. Absent if every polygon has one, and for points and lines. */
  rings?: Block;
  /** Varints: the vertices of each line or ring. Absent for points, and then each part has one vertex. Rings do not repeat their first vertex. */
  sizes?: Block;
  /** Signed varints, first longitudes and then latitudes: the first vertex of each line, ring or point, as the difference
   *  from the first vertex of the one before (the very first: from 0). */
  heads: [lon: Block, lat: Block];
  /** Signed varints, in the same way: all other vertices, as differences from the vertex before. */
  steps: [lon: Block, lat: Block];
}

interface ColumnBase {
  name: string;
  /** What conditions call it, if not by its name. */
  words?: string;
  /** Bitmap: bit i & 7 of byte i >> 3 is set where row i has no value. */
  missing?: Block;
}

export type Column = ColumnBase &
  (
    | { type: "category"; values: string[]; codes: Block } // varints: index in values (any for a missing one)
    | { type: "text"; sizes: Block; bytes: Block } // varints: bytes of each text; the texts in UTF-8, one after the other
    | { type: "number"; digits: number; steps: Block; unit?: string; plain?: boolean } // signed varints: differences of value * 10^digits from the row before
    | { type: "float"; planes: Block; unit?: string } // 64-bit floats, little endian: all first bytes, then all second bytes, …
    | { type: "bool"; codes: Block } // varints: 0 or 1
    | { type: "day"; steps: Block } // signed varints: differences of days since 1970-01-01
    | { type: "time"; steps: Block } // signed varints: differences of seconds since 1970-01-01T00:00, as written (no zone)
  );

export interface ColumnLayer {
  /** Id of its group. */
  id: string;
  /** Rows. */
  count: number;
  bounds: Bounds;
  geometry: GeometryColumns;
  /** Ids in payload.classes. */
  classes: string[];
  /** Varints: the class of each row as index in classes. Absent if there is one class. */
  codes?: Block;
  /** The name of the column that names a feature. */
  label?: string;
  /** In the order of the file. */
  columns: Column[];
  /** The command that measures its rows in their file, the condition that they were chosen by, and that of each class. */
  origin?: { command: string; where: string };
  where?: (string | null)[];
  /** Metres of each line, or square metres of each area: type "number", digits 0, name "length" or "area". No size for points. */
  size?: Column;
  /** What the pointer does, as folium has it; without it, a hint and the card. */
  pointer?: {
    tooltip?: RowLabel;
    popup?: RowLabel;
    /** A click shows the feature as large as it can. */
    zoom?: boolean;
    /** The popup keeps the look that the feature has under the pointer. */
    keep?: boolean;
  };
}

/** A tooltip or popup of folium: a text for all rows, or a table of cells. */
export interface RowLabel extends ElementLabel {
  fields?: { name: string; alias: string | null; localize: boolean }[];
  style?: Record<string, string>;
}

/** A value of a row. Days and times are days and seconds since 1970. */
export type Cell = string | number | boolean | null;

/** A feature: the index of its layer, and its row. */
export interface Place {
  layer: number;
  row: number;
}

/** A window of the map in pixels of the world at a zoom, as Leaflet projects them. */
export interface Frame {
  zoom: number;
  left: number;
  top: number;
  width: number;
  height: number;
}

/** How the features of a class are drawn, with lengths in pixels and final colours. */
export interface ClassLook {
  geometry: "point" | "line" | "area";
  /** Strokes of a line or the outline of an area, the lowest first. */
  strokes: { color: string; width: number; opacity: number; dash: number[] }[];
  /** Fill of an area, with its opacity. */
  fill: string | null;
  fillOpacity: number;
  /** Of a point: shapes of its symbol in a square box of so many pixels, a rim in that colour below them, and its size.
   *  `always`: also where it has no room. */
  symbol: { shapes: Primitive[]; box: number; stroke: number; rim: number; size: number; always?: boolean } | null;
  /** Colours by their names in symbols. */
  colors: Record<string, string>;
}

/** Which features are shown: ids of classes, and what is wanted of columns. */
export interface Shown {
  on: string[];
  filters: Wanted;
}

/** Numbers of features, kilometres and areas: lengths in metres, areas in square metres. */
export interface Tally {
  features: number;
  metres: number;
  squareMetres: number;
}

/** A found row: its class, the column and the text that matched, and the cell that names the row. */
export interface Hit extends Place {
  class: string;
  column: string;
  text: string;
  name: Cell;
}

/** The requests to the worker, by kind: what is asked and what is answered. */
export interface Requests {
  /** A portion of the stream's text, see payload/inflate.ts; null after the last. */
  feed: { ask: { portion: string | null }; answer: undefined };
  /** Decode all layers of the stream. */
  open: {
    ask: { layers: ColumnLayer[]; folding: Folding };
    answer: { vertices: number; ms: number };
  };
  /** Draw the shown features in a window; null if a newer request made the picture pointless. */
  draw: {
    ask: {
      frame: Frame;
      /** Device pixels per pixel. */
      ratio: number;
      /** The look of each class, and the ids of all classes from the lowest. */
      look: Record<string, ClassLook>;
      order: string[];
    };
    answer: { picture: ImageBitmap; ms: number } | null;
  };
  /** The topmost shown feature near a position: pixels of the world at a zoom. */
  hit: {
    ask: { x: number; y: number; zoom: number; tolerance: number; order: string[] };
    answer: (Place & { class: string; name: string | null; outline: Outline }) | null;
  };
  /** The shown row after another one, or before it, from west to east in a window: west, north, east, south in pixels of the
   *  world at a zoom. The answer has a position of the row there, its place in the order, and how many rows that has. */
  walk: {
    ask: { zoom: number; window: number[]; from: Place | null; by: number };
    answer:
      | (Place & {
          class: string;
          name: string | null;
          outline: Outline;
          x: number;
          y: number;
          nth: number;
          count: number;
        })
      | null;
  };
  /** Set what is shown, and count it. */
  view: {
    /** `counted`: the columns whose values are counted. */
    ask: Shown & { counted: string[] };
    answer: {
      all: number;
      shown: Tally;
      /** The shown rows of each layer. */
      layers: Tally[];
      /** Features that pass all filters, by id of class, whether on or off. */
      classes: Map<string, number>;
      /** Features whose class is on and that pass all other filters, by column and value. "" is no value. */
      values: Map<string, Map<string, number>>;
    };
  };
  /** The cells of rows: of the layer's columns in their order, and the size, if the layer has one. */
  rows: { ask: { layer: number; rows: number[] }; answer: Cell[][] };
  /** Sort the shown rows of a layer (null: of all) by a cell, counted from 0 (null: as in the file), and keep the order;
   *  with a folded text, only the rows that have it in some cell. The cells of all layers are: name, length, area, and one
   *  for each name of a column. */
  order: {
    ask: { layer: number | null; cell: number | null; down: boolean; language: string; sought?: string };
    answer: { count: number };
  };
  /** Places of the order: each row with its cells. */
  window: { ask: { from: number; to: number }; answer: (Place & { cells: Cell[] })[] };
  /** The best matches of a text, each with the name of its row. */
  find: { ask: { text: string; limit: number }; answer: Hit[] };
  /** A file of the shown rows of all layers. */
  text: { ask: { form: string; about: object }; answer: string };
  /** Everything of one feature. */
  feature: {
    ask: Place;
    answer: {
      class: string;
      /** Whether all filters show it. */
      passes: boolean;
      cells: Cell[];
      bounds: Bounds | null;
      outline: Outline;
    };
  };
}

/** Parts of a feature's geometry: longitude, latitude, longitude, … in degrees. */
export type Outline = number[][];

export type Kind = keyof Requests;
export type Ask<K extends Kind> = Requests[K]["ask"];
export type Answer<K extends Kind> = Requests[K]["answer"];

/** What travels to the worker and back. */
export interface Question<K extends Kind = Kind> {
  id: number;
  kind: K;
  ask: Ask<K>;
}

export interface Reply {
  id: number;
  answer?: unknown;
  /** The message of a failure. */
  failed?: string;
}

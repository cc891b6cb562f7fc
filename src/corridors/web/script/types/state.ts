/* The types of the state of the page, and of requested changes. */

export type Theme = "light" | "dark";

/** How far the panel is open where it is not beside the map. */
export type Sheet = "peek" | "half" | "full";

export interface View {
  lat: number;
  lng: number;
  zoom: number;
}

export interface AskedRoute {
  from: string;
  to: string;
  modes: string[];
  by: "distance" | "time";
  include: string[];
  avoid: string[];
  via: string[];
}

/** By property: the wanted values ("" is no value), or a range as text: "least..greatest", either of which may be empty. */
export type Wanted = Record<string, string[] | string>;

/** A year, or what is planned as if it were built. */
export type Moment = number | "planned";

/** How the table shows its rows. */
export interface Rows {
  /** The number of the table among those of the page, from 0. */
  layer: number;
  /** The key of the column that sorts the rows, after "-" if the greatest comes first; null: the table's own order. */
  sort: string | null;
  /** What the rows have in them. */
  text: string;
  /** The keys of the columns besides the first; null: the usual ones. */
  columns: string[] | null;
}

/** A position in degrees. */
export type Point = [lat: number, lon: number];

export interface State {
  view: View | null;
  layers: string[];
  filters: Wanted;
  lang: string;
  year: number | null;
  /** A second date, right of the divider, and the percentage of the map that is left of it. */
  against: Moment | null;
  split: number;
  /** Whether the strip of years is open; null: it is while there is a year or a second date. */
  strip: boolean | null;
  /** The points of a distance that is measured; null: none is. */
  measured: Point[] | null;
  selected: string | null;
  theme: Theme;
  table: boolean;
  rows: Rows;
  compare: boolean;
  route: AskedRoute | null;
  scenario: string | null;
  after: number;
  story: number | null;
  /** null: as far as it is open at first. */
  sheet: Sheet | null;
  /** The parts of the panel that are not as they are at first: open ones are folded, folded ones are open. */
  folds: string[];
}

export type StateKey = keyof State;

/** A requested change of the state: from a control, an address or an embedder, so it may be anything. */
export interface Change {
  view?: Partial<Record<"lat" | "lng" | "zoom", unknown>> & { center?: unknown };
  layers?: string[];
  filters?: Record<string, unknown>;
  lang?: string;
  language?: string;
  year?: unknown;
  against?: unknown;
  split?: unknown;
  strip?: unknown;
  measured?: unknown;
  selected?: string | null;
  theme?: string;
  table?: unknown;
  rows?: unknown;
  compare?: unknown;
  route?: Partial<Record<keyof AskedRoute, unknown>> | null;
  scenario?: string | null;
  after?: unknown;
  story?: unknown;
  sheet?: unknown;
  folds?: unknown;
  embed?: boolean;
  hosts?: string[];
}

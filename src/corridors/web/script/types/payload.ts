/* The types of the page's data, as corridors.web writes it. */
import type { Basemap, Shapes } from "./basemap.ts";
import type { CodedNetwork } from "./coded_network.ts";
import type { ColumnLayer } from "./columns.ts";
import type { ElementData, PathStyle } from "./elements.ts";
import type { Catchment, Filter } from "./facets.ts";
import type { Profile } from "./profile.ts";
import type { Multiples, Series, Slot } from "./series.ts";
import type { StoryStep } from "./story.ts";
import type { Dates, Pattern, Status, Words } from "./vocabulary.ts";

/** West, south, east, north in degrees. */
export type Bounds = [west: number, south: number, east: number, north: number];

/** Rows as columns: null where a row has no such property. */
export type Columns<T> = { [K in keyof T]: (NonNullable<T[K]> | null)[] };

export interface Quantity {
  value: number;
  unit?: string | undefined;
  digits?: number | undefined;
  about?: boolean;
  more?: boolean;
}

/** A figure at the head of a card. It names its sources by indices in the feature's list. */
export interface Figure extends Quantity {
  label: string;
  date?: string;
  later?: boolean;
  cites?: number[];
  /** The year that it is quoted for, if it may be an earlier figure. */
  until?: number;
}

/** A line in a list of facts: a quantity or a range, words of the catalogue, names, or plain text. */
export interface Fact extends Partial<Quantity> {
  label?: string;
  of?: string | Words;
  to?: number;
  date?: string;
  later?: boolean;
  key?: string;
  keys?: string[];
  country?: string | string[];
  name?: string | Words;
  feature?: string;
  km?: number | null;
  bearing?: string;
  differs?: number | null;
  misfit?: number;
  said?: Words;
  text?: string | null;
  /** The page about what the text identifies. */
  href?: string;
  sources?: string[];
  by?: StatisticKey;
}

/** Property and value that a statistic counts. */
export type StatisticKey = [property: string, value: string];

export interface Feature extends Dates {
  id: string;
  class: string;
  kind: string;
  name: Words;
  country?: string[];
  rank?: number;
  headline?: Figure[];
  facts?: Fact[];
  series?: Series[];
  /** The years of its charts. */
  axis?: Slot[];
  sources?: string[];
  /** The number of sources of the feature itself. The others are sources of single figures. */
  own?: number;
  status?: Status;
  /** The class in each year, and as "" in other years, if it is not always the same. */
  classes?: Record<string, string | undefined>;
  /** The class before the year of `since`, if it was there already. */
  before?: string;
  /** Whether it is in operation since an unknown date. */
  undated?: boolean;
  later?: string;
  basis?: string;
  confidence?: string;
  accuracy_m?: number;
  electrified?: string;
  hollow?: boolean;
  symbol?: string;
  size?: number;
  /** Kilometres by country. */
  km?: Record<string, number>;
  /** Kilometres of the whole line, as its layer has them. */
  whole?: number;
  km2?: number;
  gauge?: string;
  mode?: string[];
  operator?: string[];
  corridor?: string[];
  /** Indices of its stops in the catchment. */
  serves?: number[];
  codes?: string[];
  /** Vertices that are stations. */
  stops?: number[];
  /** Parts that are straight from stop to stop: their first and their last vertex. */
  straight?: [first: number, last: number][];
  note?: Words;
  /** Whether the name of a ribbon stands along it. */
  tag?: boolean;
  /** Of a scenario: its id, the change, the share before and after, the routes before and after as indices in map.nodes. */
  scenario?: string;
  change?: string;
  nth?: number;
  share?: [before: number, after: number];
  shut?: boolean;
  ways?: [before: number[], after: number[]];
  profile?: Profile;
}

export interface Style {
  color?: string;
  width?: number;
  dash?: string | null;
  casing?: boolean;
  opacity?: number;
  offset?: number;
  hollow?: boolean;
  fill?: string | null;
  hatch?: boolean;
  symbol?: string;
  size?: number;
  /** Leaflet's own options in place of these rules, and those while the pointer is on a feature. */
  path?: PathStyle;
  highlight?: PathStyle;
}

export interface FeatureClass {
  geometry: "line" | "point" | "area";
  style: Style;
  /** Its colour in the dark theme. */
  dark?: string | null;
  title?: Words;
  z?: number;
  on?: boolean;
  /** The values of the group's column that its features have. */
  values?: (string | number)[];
}

export interface Group {
  id: string;
  layer: string;
  title: Words;
  classes: string[];
  /** Whether its classes have one row of the legend. */
  together?: boolean;
  by?: string; // the column of a reader's own data that gives its classes
  column?: string; // the column of a layer that gives its classes; without one, commands cannot measure them
  whole?: boolean; // whether all features of the layer have a class
  stats: Fact[];
  open?: boolean;
  precision?: Words;
  licence?: string;
  credit?: string;
}

export interface Scenario {
  id: string;
  title: Words;
  bounds: Bounds;
  narrow?: Bounds;
  ends: Words[];
  totals: Record<
    "pairs" | "better" | "worse" | "same" | "joined" | "cut" | "apart" | "saved_km" | "saved_hours",
    number
  >;
}

export interface Summary {
  ways: { title: Words; headline: Figure[]; profile: Profile; legs: string[]; facts: Fact[] }[];
  asked: Fact[];
  assumed: Fact[];
  sources: string[];
}

export interface AboutMap {
  id?: string;
  title?: Words;
  statement?: Words;
  /**
   * The numbers of the statement by language: start, end, and an index in "grounds"; and as "grounds" the indices of their
   * sources in the page's list.
   */
  quoted?: Record<string, number[][] | undefined>;
  ground?: number[];
  dated?: Words | null;
  asOf?: string | null;
  year?: number;
  credit?: string | null;
  view?: { bounds?: Bounds; narrow?: Bounds };
  groups?: Group[];
  filters?: Filter[];
  charts?: Multiples[];
  patterns?: Pattern[];
  maps?: { id: string; href: string; title: Words }[];
  scenarios?: Scenario[];
  nodes?: Shapes;
  story?: StoryStep[];
  summary?: Summary;
  /** How the page is cited, and the code that embeds it; with {link}, and {page}, in place of its address. */
  cited?: { version: string; hash: string; text: Words; bibtex: Words; ris: Words };
  embed?: Words;
  /** The area that figures can show. */
  frame?: Bounds;
}

export interface Source {
  title?: string | Words;
  producer?: string;
  date?: string;
  url?: string;
}

/** Least and greatest published kilometres, and the difference of the computed length in percent. */
export type Published = [from: number, to: number | null, differs: number | null];

export interface ComparisonRow {
  id: string;
  from: Words;
  to: Words;
  km: number;
  days: number;
  countries: string[];
  borders: number;
  breaks: number;
  double: number | null;
  electrified: number | null;
  cities: number;
  people: number;
  basis: number;
  published: Published[];
}

/** The rule for positions of names: see corridors.content.label_rule. Lengths are in pixels. */
export interface LabelRule {
  pointZoom: number[];
  countryZoom: number[];
  places: [ax: number, ay: number, dx: number, dy: number][];
  costs: [step: number, ring: number, line: number];
  rings: number[];
  ledRings: number[];
  gap: number;
  led: number;
  dots: number;
  touch: number;
  apart: number;
  aside: [x: number, y: number];
  twice: number;
  step: number;
}

/** A first zoom, the factor there, its increase per zoom, and its greatest value. */
export type Scale = [start: number, least: number, more: number, most: number];

/** The look of lines and points: see corridors.content.look. */
export interface Look {
  dashes: Partial<Record<Status | "transfer" | "disputed", string>>;
  suspended: number;
  faint: [width: number, opacity: number];
  soft: [opacity: number, wider: number, rimOpacity: number];
  casing: [wider: number, opacity: number];
  hollow: [wider: number, core: number];
  cross: [step: number, half: number];
  tick: number;
  mark: number;
  symbol: [box: number, stroke: number, rim: number];
  unready: number;
  sample: [length: number, width: number, size: number, largest: number];
  lineScale: Scale;
  pointScale: Scale;
  cityAhead: number;
  reach: number;
  /** Least population and size in pixels, the largest first. */
  citySizes: [people: number, size: number][];
  capitalRing: number;
  chart: [share: number, widest: number, outline: number];
  later: [asOf: number, year: number];
  stationsFrom: number;
}

/** An SVG primitive with its attributes. Colours are "current", "paper" or the name of a colour of the page. */
export type Primitive = [tag: string, attributes: Record<string, string>];

/** How texts are folded for comparison: letters with what they count as, signs that count as nothing or as a space. */
export interface Folding {
  letters: Record<string, string | undefined>;
  dropped: string;
  spaced: string;
}

/** The whole content of a page: see corridors.web.page. */
export interface Payload {
  lang: string;
  langs: string[];
  /** Messages as columns: their keys, and their texts in each language. */
  messages: { key: string[]; [lang: string]: (string | null)[] | undefined };
  formats: Record<string, { decimal: string; group: string; percent?: string } | undefined>;
  folding: Folding;
  years: [first: number, last: number]; // that an atlas can show
  map: AboutMap;
  classes: Record<string, FeatureClass>;
  features: Columns<Feature> | Record<string, never>;
  /** The geometry of the features of each kind, in the order of the features. */
  shapes: Shapes[];
  symbols: Record<string, Primitive[] | undefined>;
  labels: LabelRule;
  look: Look;
  sources: Record<string, Source | undefined>;
  countries: Record<string, Words | undefined>;
  basemap: Basemap;
  /** Degrees of one step of the positions of the network. */
  step: number;
  network?: CodedNetwork;
  catchment?: Catchment;
  comparison?: { rows: ComparisonRow[]; limit: number };
  elements?: ElementData[];
  /** Layers of a reader's own data, whose columns are in a stream of their own. */
  columns?: ColumnLayer[];
}

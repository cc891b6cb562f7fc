/* The types of the network: encoded, and decoded. */
import type { Feature, Status, Words } from "./payload.ts";

/** The attributes of a line of the network, as indices in the lists of the network. */
export type CodedLine = [
  id: string,
  mode: number,
  status: number,
  opened: number,
  closed: number,
  gauge: number,
  confidence: number,
  sources?: number[],
];

/** The encoded network: see corridors.web.network_payload. Texts contain whole numbers. */
export interface CodedNetwork {
  places: [layer: Place["layer"], ids: string | number][];
  names: Record<string, (string | number)[]>;
  codes: Record<number, string[] | undefined>;
  passed: number[];
  nodes: { place: string; gauge: string; country: number[]; lon: string; lat: string };
  edges: {
    a: string;
    b: string;
    metres: string;
    measuredMore: string;
    basis: string;
    kind: number[];
    line: number[];
    country: Record<number, string | undefined>;
    seconds: Record<number, number | undefined>;
  };
  lines: CodedLine[];
  lineNames: Record<string, string[] | undefined>;
  railways: Record<string, string[] | undefined>;
  ports: Record<string, number[] | undefined>;
  modes: Mode[];
  statuses: Status[];
  kinds: EdgeKind[];
  bases: string[];
  gauges: number[];
  confidences: string[];
  countries: string[];
  sources: string[];
  openBorders: string[];
  others: [longest: number, mostShared: number];
  /** How a place is found by a name or a position: layers in order, and how far away and how many it may be. */
  finding: [layers: Place["layer"][], snapKm: number, most: number];
  /** How goods go where nothing else is asked. */
  usual: Mode[];
  years: [first: number, last: number];
  far: number;
  transferMetres: number;
  assumptions: { values: Record<string, number | undefined> };
  assumptionSources: string[];
}

export type Mode = "rail" | "road" | "sea" | "air" | "transfer";
export type EdgeKind = "leg" | "transfer" | "border" | "gauge_change";

export interface Place {
  id: string;
  layer: "cities" | "stations" | "ports" | "airports";
  name: Words;
  feature: Feature | undefined;
  codes: string[];
  /** Whether it can be chosen as start, end or via of a route. */
  choosable: boolean;
  nodes: number[];
}

/** A position in degrees. */
export interface Position {
  lon: number;
  lat: number;
}

export interface Node extends Position {
  place: Place | null;
  name: string;
  gauge: number | undefined;
  country: string;
  edges: Edge[];
}

export interface Line {
  id: string;
  name: Words | undefined;
  english: string;
  mode: Mode;
  status: Status;
  opened: number | null;
  closed: number | null;
  gauge: number | null;
  confidence: number;
  sources: string[];
}

export interface Edge {
  nth: number;
  a: number;
  b: number;
  kind: EdgeKind;
  basis: string;
  line: Line;
  metres: number;
  measured: number;
  country: string;
  seconds: number;
}

export interface Network {
  places: Place[];
  nodes: Node[];
  edges: Edge[];
  /** The places that can be chosen. */
  byId: Map<string, Place>;
}

/** A found route: its edges in order, the nodes between them, and the allowed edges. */
export interface Way {
  path: Edge[];
  nodes: Node[];
  places: Place[];
  allowed: boolean[];
}

/** Consecutive edges of one line. */
export interface Leg {
  line: Line;
  edges: Edge[];
  nodes: Node[];
  km: number;
  countries: Record<string, number>;
  start: Node | undefined;
  end: Node | undefined;
}

/* The types of the decoded network, and of routes over it. */
import type { Feature } from "./payload.ts";
import type { EdgeKind, Mode, PlaceLayer, Status, Words } from "./vocabulary.ts";

export interface Place {
  id: string;
  layer: PlaceLayer;
  name: Words;
  feature: Feature | undefined;
  codes: string[];
  /** Inhabitants of a city; 0 if they are unknown, and for other places. */
  people: number;
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
  tracks: string | undefined;
  electrified: string | undefined;
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
  /** The part of its line's course that it passes: from this position, up to and without that one. */
  rows: [first: number, end: number];
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
  /** One more than edges. */
  nodes: Node[];
  km: number;
  countries: Record<string, number>;
  start: Node | undefined;
  end: Node | undefined;
}

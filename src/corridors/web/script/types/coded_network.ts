/* The types of the network as it is encoded in the page. */

import type { Shapes } from "./basemap.ts";
import type { Block } from "./columns.ts";
import type { EdgeKind, Mode, PlaceLayer, Status } from "./vocabulary.ts";

/** The attributes of a line of the network, as indices in the lists of the network. */
export type CodedLine = [
  id: string,
  mode: number,
  status: number,
  opened: number,
  closed: number,
  gauge: number,
  confidence: number,
  tracks: number,
  electrified: number,
  sources?: number[],
];

/** The encoded network: see corridors.web.network_payload. */
export interface CodedNetwork {
  places: [layer: PlaceLayer, ids: string | number][];
  names: Record<string, (string | null)[]>;
  codes: Record<number, string[] | undefined>;
  passed: number[];
  /** Inhabitants of cities, by the place's number. */
  people: Record<number, number | undefined>;
  /** Whole numbers of each node. Only those that the page has not elsewhere are placed. */
  nodes: { count: number; place: Block; gauge: Block; country: Block; placed: number; lon: Block; lat: Block };
  /** Whole numbers of each edge, and the exceptions from the rules for countries and hours. */
  edges: {
    count: number;
    a: Block;
    b: Block;
    kind: Block;
    line: Block;
    basis: Block;
    metres: Block;
    more: Block;
    country: Record<number, string | undefined>;
    seconds: Record<number, number | undefined>;
  };
  /** Courses of lines that the page does not draw. Of each edge: its first position on its line's course, and how many. */
  courses: { lines: string[]; shapes: Shapes; first: Block; passed: Block };
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
  /** Words for tracks and electrification; the first is empty, for what is not known. */
  tracks: string[];
  electrified: string[];
  countries: string[];
  sources: string[];
  openBorders: string[];
  others: [longest: number, mostShared: number];
  /** How a place is found by a name or a position: layers in order, and how far away and how many it may be. */
  finding: [layers: PlaceLayer[], snapKm: number, most: number];
  /** How goods go where nothing else is asked. */
  usual: Mode[];
  far: number;
  transferMetres: number;
  assumptions: { values: Record<string, number | undefined>; overridden: string[] };
  assumptionSources: string[];
}

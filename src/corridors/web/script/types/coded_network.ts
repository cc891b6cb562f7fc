/* The types of the network as it is encoded in the page. */
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
  sources?: number[],
];

/** The encoded network: see corridors.web.network_payload. Texts contain whole numbers. */
export interface CodedNetwork {
  places: [layer: PlaceLayer, ids: string | number][];
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
  finding: [layers: PlaceLayer[], snapKm: number, most: number];
  /** How goods go where nothing else is asked. */
  usual: Mode[];
  years: [first: number, last: number];
  far: number;
  transferMetres: number;
  assumptions: { values: Record<string, number | undefined> };
  assumptionSources: string[];
}

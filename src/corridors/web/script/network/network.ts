/* The network of the page, decoded once at first use: places, nodes, lines, edges. */
import { positionOf } from "../columns/positions.ts";
import { readNumbers, readSums } from "../columns/varints.ts";
import { blocks, data } from "../payload/data.ts";
import { byId } from "../payload/features.ts";
import type { CodedLine, CodedNetwork } from "../types/coded_network.ts";
import type { Edge, Line, Network, Node, Place } from "../types/network.ts";
import type { Feature } from "../types/payload.ts";
import type { Words } from "../types/vocabulary.ts";

/** The encoded network. Only a page that has one is asked for places and routes. */
export const coded = data.network as CodedNetwork;

const POSITION_STEP = Math.round(1 / data.step); // steps of a degree
// Whether a node belongs to the next place or to none; otherwise it belongs to that of the node before.
const [NEW, NONE] = [1, 2];
let network: Network | null = null;

const nameFromId = (id: string): string =>
  id
    .split("-")
    .slice(1)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");

const readPlaces = (): Place[] => {
  const ids = coded.places.flatMap(([layer, names]) =>
    (typeof names === "number" ? Array<string>(names).fill("") : names.split(" ")).map((id) => ({ layer, id })),
  );
  const passed = new Set(coded.passed);
  return ids.map(({ layer, id }, nth) => {
    const feature = byId.get(`${layer}/${id}`);
    const own: Words = { en: nameFromId(id) };
    for (const [language, { [nth]: given }] of Object.entries(coded.names)) if (given) own[language] = given;
    const name = feature ? feature.name : own;
    return {
      id: `${layer}/${id}`,
      layer,
      name,
      feature,
      codes: coded.codes[nth] ?? [],
      people: coded.people[nth] ?? 0,
      choosable: !passed.has(nth),
      nodes: [],
    };
  });
};

/** Longitude and latitude of a point of the page, in steps. */
const stepsOf = (feature: Feature): number[] => {
  const [lat, lon] = positionOf(feature);
  return [lon, lat].map((degrees) => Math.round(degrees * POSITION_STEP));
};

const readNodes = (places: Place[]): Node[] => {
  const { count, placed } = coded.nodes;
  const [steps, gauges, countries] = (["place", "gauge", "country"] as const).map((key) =>
    readNumbers(blocks, coded.nodes[key], count),
  );
  const [lons, lats] = (["lon", "lat"] as const).map((key) => readSums(blocks, coded.nodes[key], placed));
  let [at, next] = [-1, 0];
  return Array.from(steps, (step, nth) => {
    if (step === NEW) at += 1;
    const own = step === NONE ? null : places[at];
    if (own) own.nodes.push(nth);
    const [x, y] = own?.feature ? stepsOf(own.feature) : [lons[next], lats[next++]];
    return {
      place: own,
      name: own?.name.en ?? "",
      gauge: coded.gauges[gauges[nth]],
      country: coded.countries[countries[nth]],
      lon: x / POSITION_STEP,
      lat: y / POSITION_STEP,
      edges: [],
    };
  });
};

/** The names of a line: those in the data, or else those of its feature. */
const lineNames = (id: string): Words | undefined => {
  const told = coded.lineNames[id];
  return told
    ? Object.fromEntries(Object.keys(coded.names).map((language, nth) => [language, told[nth]]))
    : byId.get(id)?.name;
};

const readLine = (
  [id, mode, status, opened, closed, gauge, confidence, tracks, electrified, sources = []]: CodedLine,
  ends: Node[],
): Line => {
  const name = lineNames(id);
  return {
    id,
    name,
    // A flight has no name of its own. As in the command, its ends give its name.
    english: id.startsWith("flights/") ? ends.map((end) => end.name).join(" – ") : (name?.en ?? ""),
    mode: coded.modes[mode],
    status: coded.statuses[status],
    opened: opened || null,
    closed: closed || null,
    gauge: coded.gauges[gauge] || null,
    confidence,
    tracks: coded.tracks[tracks] || undefined,
    electrified: coded.electrified[electrified] || undefined,
    sources: sources.map((source) => coded.sources[source]),
  };
};

/** Estimated hours of an edge, by the rules of network.costs.hours_of. */
const hoursOf = ({ kind, line, metres }: Pick<Edge, "kind" | "line" | "metres">): number => {
  const value = (key: string): number => coded.assumptions.values[key] ?? Number.NaN;
  if (kind === "border") return value(`border_hours.${line.mode}`);
  if (kind === "gauge_change") return value("fixed_hours.gauge_change");
  if (kind === "transfer") return value("fixed_hours.transfer");
  return metres / 1000 / value(`speeds_kmh.${line.mode}`) + (line.mode === "air" ? value("fixed_hours.flight") : 0);
};

/** The country of an edge whose ends are in one country; none at sea, in the air and at a border. */
const countryOf = ({ kind, line }: Pick<Edge, "kind" | "line">, one: Node, other: Node): string =>
  kind !== "border" && line.mode !== "sea" && line.mode !== "air" && one.country === other.country ? one.country : "";

const readEdges = (nodes: Node[]): Edge[] => {
  const { count, country, seconds } = coded.edges;
  const [starts, stops, more] = (["a", "b", "more"] as const).map((key) => readSums(blocks, coded.edges[key], count));
  const [kinds, bases, ofLine, lengths] = (["kind", "basis", "line", "metres"] as const).map((key) =>
    readNumbers(blocks, coded.edges[key], count),
  );
  const first = readSums(blocks, coded.courses.first, count);
  const passed = readNumbers(blocks, coded.courses.passed, count);
  const ends = coded.lines.map((): Node[] => []);
  ofLine.forEach((of, nth) => {
    ends[of] = [ends[of][0] ?? nodes[starts[nth]], nodes[stops[nth]]];
  });
  const lines = coded.lines.map((codes, nth) => readLine(codes, ends[nth]));
  return Array.from(starts, (a, nth) => {
    const own = { kind: coded.kinds[kinds[nth]], line: lines[ofLine[nth]], metres: lengths[nth] };
    const [start, stop] = [nodes[a], nodes[stops[nth]]];
    const edge: Edge = {
      ...own,
      nth,
      a,
      b: stops[nth],
      basis: coded.bases[bases[nth]],
      measured: lengths[nth] + more[nth],
      rows: [first[nth], first[nth] + passed[nth]],
      country: country[nth] ?? countryOf(own, start, stop),
      seconds: seconds[nth] ?? Math.floor(3600 * hoursOf(own) + 0.5),
    };
    start.edges.push(edge);
    stop.edges.push(edge);
    return edge;
  });
};

/** The network of the page. */
export const readNetwork = (): Network => {
  if (network) return network;
  const places = readPlaces();
  const nodes = readNodes(places);
  const choosable = places.filter((place) => place.choosable);
  network = { places, nodes, edges: readEdges(nodes), byId: new Map(choosable.map((place) => [place.id, place])) };
  return network;
};

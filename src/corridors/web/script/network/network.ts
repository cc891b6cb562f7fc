/* The network of the page, decoded once at first use: places, nodes, lines, edges. */
import { data } from "../payload/data.ts";
import { byId } from "../payload/features.ts";
import { numbers, runs, sums } from "../payload/numbers.ts";
import type { CodedLine, CodedNetwork } from "../types/coded_network.ts";
import type { Edge, Line, Network, Node, Place } from "../types/network.ts";
import type { Words } from "../types/vocabulary.ts";

/** The encoded network. Only a page that has one is asked for places and routes. */
export const coded = data.network as CodedNetwork;

const POSITION_STEP = Math.round(1 / data.step); // steps of a degree
let network: Network | null = null;

/** The names of one language. A number means so many places without a name. */
const column = (list: (string | number)[]): string[] =>
  list.flatMap((item) => (typeof item === "number" ? Array<string>(item).fill("") : [item]));

const nameFromId = (id: string): string =>
  id
    .split("-")
    .slice(1)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");

const readPlaces = (): Place[] => {
  const columns = Object.entries(coded.names).map(([language, list]) => ({ language, names: column(list) }));
  const ids = coded.places.flatMap(([layer, names]) =>
    (typeof names === "number" ? Array<string>(names).fill("") : names.split(" ")).map((id) => ({ layer, id })),
  );
  const passed = new Set(coded.passed);
  return ids.map(({ layer, id }, nth) => {
    const feature = byId.get(`${layer}/${id}`);
    const own: Words = { en: nameFromId(id) };
    for (const { language, names } of columns) if (names[nth]) own[language] = names[nth];
    const name = feature ? feature.name : own;
    return {
      id: `${layer}/${id}`,
      layer,
      name,
      feature,
      codes: coded.codes[nth] ?? [],
      choosable: !passed.has(nth),
      nodes: [],
    };
  });
};

const readNodes = (places: Place[]): Node[] => {
  const { place, gauge, country, lon, lat } = coded.nodes;
  const countries = runs(country);
  const [lons, lats] = [lon, lat].map((text) => sums(numbers(text)));
  let [at, next] = [-1, 0];
  return [...place].map((step, nth) => {
    if (step === "1") at += 1;
    const own = step === "-" ? null : places[at];
    if (own) own.nodes.push(nth);
    const [x, y] = own?.feature ? (own.feature.geometry.c as number[]) : [lons[next], lats[next++]];
    return {
      place: own,
      name: own?.name.en ?? "",
      gauge: coded.gauges[Number(gauge[nth])],
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
  [id, mode, status, opened, closed, gauge, confidence, sources = []]: CodedLine,
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
  const { kind, line, country, seconds, basis } = coded.edges;
  const starts = sums(numbers(coded.edges.a));
  const stops = numbers(coded.edges.b);
  const lengths = numbers(coded.edges.metres);
  const more = numbers(coded.edges.measuredMore);
  const kinds = runs(kind);
  const bases = runs(numbers(basis));
  const ofLine = runs(line);
  const ends = coded.lines.map((): Node[] => []);
  ofLine.forEach((of, nth) => {
    ends[of] = [ends[of][0] ?? nodes[starts[nth]], nodes[stops[nth]]];
  });
  const lines = coded.lines.map((codes, nth) => readLine(codes, ends[nth]));
  return starts.map((a, nth) => {
    const own = { kind: coded.kinds[kinds[nth]], line: lines[ofLine[nth]], metres: lengths[nth] };
    const [start, stop] = [nodes[a], nodes[stops[nth]]];
    const edge: Edge = {
      ...own,
      nth,
      a,
      b: stops[nth],
      basis: coded.bases[bases[nth]],
      measured: lengths[nth] + more[nth],
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

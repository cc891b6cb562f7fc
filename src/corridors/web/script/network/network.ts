/* The network that travels in the page, read back once, when it is first asked for: places, nodes, lines, edges. */
import { numbers, runs, sums } from "../payload/numbers.ts";
import { data } from "../payload/data.ts";
import { byId } from "../payload/features.ts";

const coded = data.network;
let network = null;

/** The names of one language; a number stands for so many places without one. */
const column = (list) => list.flatMap((item) => (typeof item === "number" ? Array(item).fill("") : [item]));

const nameFromId = (id) => id.split("-").slice(1).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");

const readPlaces = () => {
  const columns = Object.entries(coded.names).map(([language, list]) => [language, column(list)]);
  const ids = coded.places.flatMap(([layer, names]) =>
    (typeof names === "number" ? Array(names).fill("") : names.split(" ")).map((id) => ({ layer, id })));
  const passed = new Set(coded.passed);
  return ids.map(({ layer, id }, nth) => {
    const feature = byId.get(`${layer}/${id}`);
    const own = columns.map(([language, names]) => [language, names[nth]]).filter(([, name]) => name);
    const name = feature ? feature.name : { en: nameFromId(id), ...Object.fromEntries(own) };
    return { id: `${layer}/${id}`, layer, name, feature, codes: coded.codes[nth] || [], choosable: !passed.has(nth), nodes: [] };
  });
};

const readNodes = (places) => {
  const { place, gauge, country, lon, lat } = coded.nodes;
  const countries = runs(country);
  const [lons, lats] = [lon, lat].map((text) => sums(numbers(text)));
  let [at, next] = [-1, 0];
  return [...place].map((step, nth) => {
    if (step === "1") at += 1;
    const own = step === "-" ? null : places[at];
    if (own) own.nodes.push(nth);
    const where = own && own.feature ? own.feature.geometry.c : [lons[next], lats[next++]];
    return { place: own, name: own ? own.name.en : "", gauge: coded.gauges[gauge[nth]], country: coded.countries[countries[nth]], lon: where[0] / 1e5, lat: where[1] / 1e5, edges: [] };
  });
};

const readLine = ([id, mode, status, opened, closed, gauge, confidence, sources], nodes, ends) => {
  const feature = byId.get(id);
  const told = coded.lineNames[id];
  const name = told ? Object.fromEntries(Object.keys(coded.names).map((language, nth) => [language, told[nth]])) : feature && feature.name;
  // A flight has no name of its own: the command calls it after its ends.
  const english = id.startsWith("flights/") ? ends.map((end) => nodes[end].name).join(" – ") : name ? name.en : "";
  return {
    id, name, english, mode: coded.modes[mode], status: coded.statuses[status], opened: opened || null, closed: closed || null,
    gauge: coded.gauges[gauge] || null, confidence, sources: (sources || []).map((source) => coded.sources[source]),
  };
};

/** Estimated hours of an edge, by the rules of network.costs.hours_of. */
const hoursOf = ({ kind, line, metres }) => {
  const { values } = coded.assumptions;
  if (kind === "border") return values[`border_hours.${line.mode}`];
  if (kind === "gauge_change") return values["fixed_hours.gauge_change"];
  if (kind === "transfer") return values["fixed_hours.transfer"];
  return metres / 1000 / values[`speeds_kmh.${line.mode}`] + (line.mode === "air" ? values["fixed_hours.flight"] : 0);
};

const countryOf = ({ kind, line }, one, other) =>
  (kind !== "border" && line.mode !== "sea" && line.mode !== "air" && one.country === other.country ? one.country : "");

const readEdges = (nodes) => {
  const { kind, line, country, seconds } = coded.edges;
  const [a, b, metres, more] = ["a", "b", "metres", "measuredMore"].map((key) => numbers(coded.edges[key]));
  const starts = sums(a);
  const ends = new Map();
  const ofLine = runs(line);
  const bases = runs(numbers(coded.edges.basis)).map((of) => coded.bases[of]);
  const kinds = runs(kind).map((of) => coded.kinds[of]);
  ofLine.forEach((of, nth) => ends.set(of, [(ends.get(of) || [starts[nth]])[0], b[nth]]));
  const lines = coded.lines.map((codes, nth) => readLine(codes, nodes, ends.get(nth)));
  return starts.map((start, nth) => {
    const edge = { nth, a: start, b: b[nth], kind: kinds[nth], basis: bases[nth], line: lines[ofLine[nth]], metres: metres[nth], measured: metres[nth] + more[nth] };
    edge.country = country[nth] ?? countryOf(edge, nodes[edge.a], nodes[edge.b]);
    edge.seconds = seconds[nth] ?? Math.floor(3600 * hoursOf(edge) + 0.5);
    nodes[edge.a].edges.push(edge);
    nodes[edge.b].edges.push(edge);
    return edge;
  });
};

/** The network, or null where the page has none. */
export const readNetwork = () => {
  if (!coded || network) return network;
  const places = readPlaces();
  const nodes = readNodes(places);
  network = { places, nodes, edges: readEdges(nodes), byId: new Map(places.filter((place) => place.choosable).map((place) => [place.id, place])) };
  return network;
};

/* Ways to their cards, under the stable names of "corridors route --format json". */
import { reach } from "./reach.ts";
import { geodesicKm } from "./geodesic.ts";
import { readNetwork } from "./network.ts";
import { data } from "../payload/data.ts";

const coded = data.network;

/** The two stations, one of them an end, between which a line would shorten a way best; as network.missing_link. */
const missingLink = ({ places, allowed }, geodesic) => {
  if (places.length > 2) return null;
  const network = readNetwork();
  const [there, back] = places.map(({ nodes }) => reach(network, nodes, network.edges.map(({ metres }) => metres), allowed).cost);
  const bound = 1000 * coded.far * geodesic;
  const degree = new Map();
  for (const { nth, kind, line, a, b } of network.edges) {
    if (kind === "leg" && line.mode === "rail" && allowed[nth]) for (const end of [a, b]) degree.set(end, (degree.get(end) || 0) + 1);
  }
  const near = (metres) => [...degree.keys()].filter((nth) => metres[nth] < bound && (network.nodes[nth].place || {}).choosable).sort((one, other) => one - other);
  let best = null;
  for (const one of near(there)) {
    for (const other of near(back)) {
      if ((degree.get(one) !== 1 && degree.get(other) !== 1) || there[one] + back[other] >= bound) continue;
      const metres = Math.round(1000 * geodesicKm(network.nodes[one], network.nodes[other]));
      const total = there[one] + back[other] + metres;
      if (metres > 0 && total <= bound && (!best || total + metres < best.total + best.metres)) best = { metres, total, from: network.nodes[one], to: network.nodes[other] };
    }
  }
  return best && { from: best.from.name, to: best.to.name, from_id: best.from.place.id, to_id: best.to.place.id, km: km(best.metres), length_km: km(best.total) };
};

const km = (metres) => Math.floor((metres + 50) / 100) / 10;
const hours = (seconds) => Math.floor((seconds + 180) / 360) / 10;
const total = (edges, key) => edges.reduce((sum, edge) => sum + edge[key], 0);

const sums = (edges, keyOf) => {
  const metres = {};
  for (const edge of edges) metres[keyOf(edge)] = (metres[keyOf(edge)] || 0) + edge.metres;
  return Object.fromEntries(Object.entries(metres).map(([key, sum]) => [key, km(sum)]));
};

/** Kilometres by what their length rests on, from the best. */
const byBasis = (edges) => {
  const found = sums(edges.filter((edge) => edge.metres), (edge) => edge.basis);
  return Object.fromEntries(coded.bases.filter((basis) => basis in found).map((basis) => [basis, found[basis]]));
};

/** Edges of one line in a row as one leg, with the nodes that it runs through; borders and changes of gauge are none. */
export const legsOf = ({ path, nodes }) => {
  const legs = [];
  path.forEach((edge, nth) => {
    if (edge.kind !== "leg" && edge.kind !== "transfer") return;
    const last = legs[legs.length - 1];
    if (last && last.line.id === edge.line.id && last.line.mode === edge.line.mode) {
      last.edges.push(edge);
      last.nodes.push(nodes[nth + 1]);
    } else legs.push({ line: edge.line, edges: [edge], nodes: [nodes[nth], nodes[nth + 1]] });
  });
  return legs.map((leg) => ({
    ...leg, km: km(total(leg.edges, "metres")), countries: sums(leg.edges.filter((edge) => edge.country), (edge) => edge.country),
    start: leg.nodes.find((node) => node.name), end: [...leg.nodes].reverse().find((node) => node.name),
  })).filter((leg) => leg.km || leg.line.mode !== "transfer");
};

/** What edges rest on, each source once, in the order of the page's list. */
const sourcesOf = (edges) => [...new Set(edges.flatMap((edge) => edge.line.sources))].sort((one, other) => coded.sources.indexOf(one) - coded.sources.indexOf(other));

const legCard = (leg) => ({
  mode: leg.line.mode, line: leg.line.id || null, line_name: leg.line.english || null,
  from: leg.start ? leg.start.name : "", to: leg.end ? leg.end.name : "",
  length_km: leg.km, measured_km: km(total(leg.edges, "measured")), country: Object.keys(leg.countries).join(";") || null,
  gauge_mm: leg.line.gauge, status: leg.line.status, hours: hours(total(leg.edges, "seconds")),
  confidence: coded.confidences[Math.max(...leg.edges.map((edge) => edge.line.confidence))], km_by_basis: byBasis(leg.edges), sources: sourcesOf(leg.edges),
});

const isOpen = (line, ends) => ends.some((node) => coded.openBorders.includes(`${line}:${node.country}`));

/** The card of a way, under the stable names of "corridors route --format json". */
export const routeCard = (way) => {
  const { path, nodes, places } = way;
  const steps = path.map((edge, nth) => ({ edge, ends: [nodes[nth], nodes[nth + 1]] }));
  const [start, end] = [nodes[0], nodes[nodes.length - 1]];
  const geodesic = geodesicKm(start, end);
  const length = km(total(path, "metres"));
  const long = path.filter((edge) => edge.metres);
  const circuity = geodesic >= 1 ? Math.round((length / geodesic) * 1000) / 1000 : null;
  return {
    from: places[0].name.en, to: places[places.length - 1].name.en, from_id: places[0].id, to_id: places[places.length - 1].id,
    length_km: length, measured_km: km(total(path, "measured")), hours: hours(total(path, "seconds")),
    legs: legsOf(way).map(legCard),
    km_by_mode: sums(long, (edge) => edge.line.mode), km_by_basis: byBasis(path),
    countries: sums(long.filter((edge) => edge.country), (edge) => edge.country),
    borders: steps.filter(({ edge, ends: [one, other] }) => one.country !== other.country && !isOpen(edge.line.id, [one, other]))
      .map(({ edge, ends: [one, other] }) => ({ from: one.country, to: other.country, mode: edge.line.mode, line: edge.line.id })),
    gauge_breaks: steps.filter(({ edge }) => edge.kind === "gauge_change")
      .map(({ ends: [one, other] }) => ({ station: one.name, feature: one.place.id, from_mm: one.gauge, to_mm: other.gauge, country: one.country })),
    geodesic_km: Math.round(geodesic * 10) / 10, circuity, missing_link: circuity > coded.far ? missingLink(way, Math.round(geodesic * 10) / 10) : null,
    sources: sourcesOf(path),
    assumptions: coded.assumptions,
  };
};

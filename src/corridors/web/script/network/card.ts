/* Routes to their cards, under the stable names of "corridors route --format json". */
import type { Edge, Leg, Line, Node, Way } from "../types/network.ts";
import { geodesicKm } from "./geodesic.ts";
import { missingLink } from "./missing_link.ts";
import { coded } from "./network.ts";

/** Whole metres as km, and whole seconds as hours, to a tenth. */
const km = (metres: number): number => Math.floor((metres + 50) / 100) / 10;
const hours = (seconds: number): number => Math.floor((seconds + 180) / 360) / 10;

const total = (edges: Edge[], key: "metres" | "measured" | "seconds"): number =>
  edges.reduce((sum, edge) => sum + edge[key], 0);

const sums = (edges: Edge[], keyOf: (edge: Edge) => string): Record<string, number> => {
  const metres = new Map<string, number>();
  for (const edge of edges) metres.set(keyOf(edge), (metres.get(keyOf(edge)) ?? 0) + edge.metres);
  return Object.fromEntries([...metres].map(([key, sum]) => [key, km(sum)]));
};

const byCountry = (edges: Edge[]): Record<string, number> =>
  sums(
    edges.filter((edge) => edge.country),
    (edge) => edge.country,
  );

/** Kilometres by the basis of their length, the best first. */
const byBasis = (edges: Edge[]): Record<string, number> => {
  const found = sums(
    edges.filter((edge) => edge.metres),
    (edge) => edge.basis,
  );
  return Object.fromEntries(coded.bases.filter((basis) => basis in found).map((basis) => [basis, found[basis]]));
};

/** Consecutive edges of one line as one leg, with its nodes. Borders and changes of gauge are not legs. */
export const legsOf = ({ path, nodes }: Pick<Way, "path" | "nodes">): Leg[] => {
  const legs: Pick<Leg, "line" | "edges" | "nodes">[] = [];
  for (const [nth, edge] of path.entries()) {
    if (edge.kind !== "leg" && edge.kind !== "transfer") continue;
    const last = legs.at(-1);
    if (last && last.line.id === edge.line.id && last.line.mode === edge.line.mode) {
      last.edges.push(edge);
      last.nodes.push(nodes[nth + 1]);
    } else legs.push({ line: edge.line, edges: [edge], nodes: [nodes[nth], nodes[nth + 1]] });
  }
  const whole = legs.map((leg) => ({
    ...leg,
    km: km(total(leg.edges, "metres")),
    countries: byCountry(leg.edges),
    start: leg.nodes.find((node) => node.name),
    end: leg.nodes.findLast((node) => node.name),
  }));
  return whole.filter((leg) => leg.km || leg.line.mode !== "transfer");
};

/** The sources of edges, each once, in the order of the page's list. */
const sourcesOf = (edges: Edge[]): string[] =>
  [...new Set(edges.flatMap((edge) => edge.line.sources))].sort(
    (one, other) => coded.sources.indexOf(one) - coded.sources.indexOf(other),
  );

const legCard = ({ line, edges, ...leg }: Leg) => ({
  mode: line.mode,
  line: line.id || null,
  line_name: line.english || null,
  from: leg.start?.name ?? "",
  to: leg.end?.name ?? "",
  length_km: leg.km,
  measured_km: km(total(edges, "measured")),
  country: Object.keys(leg.countries).join(";") || null,
  gauge_mm: line.gauge,
  status: line.status,
  hours: hours(total(edges, "seconds")),
  confidence: coded.confidences[Math.max(...edges.map((edge) => edge.line.confidence))],
  km_by_basis: byBasis(edges),
  sources: sourcesOf(edges),
});

/** Whether a border on a line has no border control. */
export const isOpen = (line: Line, ends: Node[]): boolean =>
  ends.some((node) => coded.openBorders.includes(`${line.id}:${node.country}`));

const bordersOf = ({ path, nodes }: Way) =>
  path.flatMap(({ line }, nth) => {
    const [one, other] = [nodes[nth], nodes[nth + 1]];
    if (one.country === other.country || isOpen(line, [one, other])) return [];
    return [{ from: one.country, to: other.country, mode: line.mode, line: line.id }];
  });

const gaugeBreaksOf = ({ path, nodes }: Way) =>
  path.flatMap(({ kind }, nth) => {
    const [one, other] = [nodes[nth], nodes[nth + 1]];
    if (kind !== "gauge_change") return [];
    return [
      { station: one.name, feature: one.place?.id, from_mm: one.gauge, to_mm: other.gauge, country: one.country },
    ];
  });

const linkOf = (way: Way, directKm: number) => {
  const link = missingLink(way, directKm);
  if (!link) return null;
  const { from, to, metres } = link;
  return {
    from: from.name,
    to: to.name,
    from_id: from.place?.id,
    to_id: to.place?.id,
    km: km(metres),
    length_km: km(link.total),
  };
};

export type RouteCard = ReturnType<typeof routeCard>;

/** The card of a route, under the stable names of "corridors route --format json". */
export const routeCard = (way: Way) => {
  const { path, nodes, places } = way;
  const [first, last] = [places[0], places[places.length - 1]];
  const geodesic = geodesicKm(nodes[0], nodes[nodes.length - 1]);
  const direct = Math.round(geodesic * 10) / 10;
  const length = km(total(path, "metres"));
  const long = path.filter((edge) => edge.metres);
  const circuity = geodesic >= 1 ? Math.round((length / geodesic) * 1000) / 1000 : null;
  return {
    from: first.name.en,
    to: last.name.en,
    from_id: first.id,
    to_id: last.id,
    length_km: length,
    measured_km: km(total(path, "measured")),
    hours: hours(total(path, "seconds")),
    legs: legsOf(way).map(legCard),
    km_by_mode: sums(long, (edge) => edge.line.mode),
    km_by_basis: byBasis(path),
    countries: byCountry(long),
    borders: bordersOf(way),
    gauge_breaks: gaugeBreaksOf(way),
    geodesic_km: direct,
    circuity,
    missing_link: circuity !== null && circuity > coded.far ? linkOf(way, direct) : null,
    sources: sourcesOf(path),
    assumptions: coded.assumptions,
  };
};

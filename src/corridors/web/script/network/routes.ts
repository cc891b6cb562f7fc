/* Routes over the page's network: the same rules, costs and order between equals, and the same card, as the command's. */
import { routeCard } from "./card.ts";
import { reach, trace } from "./reach.ts";
import { readNetwork } from "./network.ts";
import { placeOf } from "./places.ts";
import { data } from "../payload/data.ts";
import { pick, t } from "../payload/text.ts";

const coded = data.network;
const [LONGEST, MOST_SHARED] = coded ? coded.others : [];
const MODES = ["rail", "road", "sea", "air"];
const CUTS = ["avoid", "status", "asOf", "closed", "modes"];

const usable = ({ status, opened, closed }, { asOf, include }) => {
  if (include.includes(status)) return true;
  if (asOf === null) return status === "operational";
  if (closed && closed < asOf) return false;
  if (opened) return opened <= asOf && status !== "suspended";
  return status === "operational";
};

const countriesOf = ({ nodes }, { country, a, b }) => [country, nodes[a].country, nodes[b].country];

/** The rules of network.routing.allows and network.graph.travelled. */
const allows = (network, request) => {
  const modes = new Set([...request.modes, "transfer"]);
  const may = network.edges.map((edge) => modes.has(edge.line.mode) && !request.closed.has(edge.nth)
    && !countriesOf(network, edge).some((code) => request.avoid.includes(code)) && (request.opened.has(edge.nth) || usable(edge.line, request)));
  const met = new Set(network.edges.flatMap(({ nth, line, a, b }) => (line.id && may[nth] ? [a, b] : [])));
  return network.edges.map(({ nth, line, kind, a, b }) => may[nth] && Boolean(line.id || kind === "transfer" || (met.has(a) && met.has(b))));
};

const refused = (name) => Object.assign(new Error(t("route.no_switch", name)), { cut: "switch" });

/** Numbers of the edges of lines, railways, parts of them (LINE:ISO) and, to close them, ports; as network.switches. */
const switched = (network, names, running) => new Set(names.flatMap((name) => {
  const [bare, iso] = name.split(":");
  const ids = coded.railways[bare] || [bare];
  const own = network.edges.filter((edge) => (ids.includes(edge.line.id) || ids.includes(edge.line.id.split("/")[1])) && (!iso || countriesOf(network, edge).includes(iso)));
  const lines = new Set(own.filter(({ line }) => (line.status === "operational") === running).map(({ line }) => line.id));
  const found = own.filter(({ line }) => lines.has(line.id)).map(({ nth }) => nth);
  const port = running && !own.length ? coded.ports[name.replace(/^ports\//, "")] : null;
  if (!port && !found.length) throw refused(name);
  return port || found;
}));

/** The best way through all places, section by section, or null. */
const through = (network, request, weight, allowed = allows(network, request)) => {
  const sections = [];
  let starts = request.places[0].nodes;
  for (const place of request.places.slice(1)) {
    const found = reach(network, starts, weight, allowed, place.nodes);
    if (found.end === null) return null;
    const path = trace(network, found, weight, allowed, found.end);
    sections.push({ path, starts, ends: place.nodes, nodes: passed(network, path, found.end) });
    starts = [found.end];
  }
  sections.slice(0, -1).forEach((section) => { section.ends = section.nodes.slice(-1); });
  return sections;
};

/** The nodes of a way, from its end. */
const passed = (network, path, end) => [...path].reverse().reduce((nodes, { a, b }) => [a === nodes[0] ? b : a, ...nodes], [end]);

const sumOf = (path, weight) => path.reduce((sum, edge) => sum + weight[edge.nth], 0);

/** Other ways, each the best one by way of some place, by the rules of network.routing.find_routes. */
const others = (network, request, sections, cost, allowed) => {
  const found = [sections.flatMap(({ path }) => path)];
  const whole = sumOf(found[0], cost);
  const ways = sections.flatMap(({ path, starts, ends }, nth) => {
    const [there, back] = [starts, ends].map((some) => reach(network, some, cost, allowed));
    const [rest, steps] = [whole - sumOf(path, cost), found[0].length - path.length];
    return network.nodes.map((_, node) => ({ nth, node, there, back, total: rest + there.cost[node] + back.cost[node], hops: steps + there.hops[node] + back.hops[node] }));
  }).filter(({ total }) => total <= LONGEST * whole).sort((one, other) => one.total - other.total || one.hops - other.hops || one.nth - other.nth || one.node - other.node);
  for (const { nth, node, there, back } of ways) {
    if (found.length >= request.alternatives) break;
    const [start, end] = [there, back].map((costs) => trace(network, costs, cost, allowed, node));
    const [before, after] = [passed(network, start, node), passed(network, end, node)];
    const nodes = [...sections.slice(0, nth).flatMap((section) => section.nodes.slice(0, -1)), ...before, ...after.slice(0, -1), ...sections.slice(nth + 1).flatMap((section) => section.nodes.slice(1))];
    if (new Set(nodes).size < nodes.length) continue;
    const path = sections.flatMap((section, at) => (at === nth ? [...start, ...end.reverse()] : section.path));
    const legs = path.filter(({ kind }) => kind === "leg");
    const held = new Set(found.flat());
    if (sumOf(legs.filter((edge) => held.has(edge)), cost) <= MOST_SHARED * sumOf(legs, cost)) found.push(path);
  }
  return found;
};

const costsOf = ({ edges }, by) =>
  edges.map(({ seconds, metres, kind }) => (by === "time" ? seconds : metres + (kind === "transfer" ? coded.transferMetres : 0)));

const textOf = (value) => String(value instanceof Set ? [...value] : value ?? "");

/** Which constraint cut the route: the first whose absence would leave one. */
const whyNone = (network, request, cost) => {
  const without = { avoid: [], include: ["under_construction", "planned", "suspended"], asOf: null, closed: new Set(), modes: MODES };
  const cut = CUTS.find((name) => {
    const key = name === "status" ? "include" : name;
    return textOf(request[key]) !== textOf(without[key]) && through(network, { ...request, [key]: without[key] }, cost);
  }) || "all";
  return noRoute(cut, request.places);
};

const noRoute = (cut, places) =>
  Object.assign(new Error(t(`route.none.${cut}`, pick(places[0].name), pick(places[places.length - 1].name))), { cut });

const listOf = (value) => (Array.isArray(value) ? value : String(value ?? "").split(",").map((part) => part.trim()).filter(Boolean));

const requestOf = (network, from, to, options) => {
  const places = [from, ...(Array.isArray(options.via) ? options.via : options.via ? [options.via] : []), to].map(placeOf);
  const modes = listOf(options.modes ?? options.mode);
  const asOf = options.asOf ?? options.as_of ?? null;
  const [first, last] = coded.years;
  if (asOf !== null && !(asOf >= first && asOf <= last)) throw Object.assign(new Error(t("route.no_year", asOf, first, last)), { cut: "year" });
  const twice = places.find((place, nth) => places.indexOf(place) < nth);
  if (twice) throw Object.assign(new Error(t("route.twice", pick(twice.name))), { cut: "twice" });
  const avoid = listOf(options.avoid);
  if (places.some((place) => avoid.includes(network.nodes[place.nodes[0]].country))) throw noRoute("avoid", places);
  const request = {
    places, modes: modes.length ? modes : ["rail", "sea"], by: options.by === "time" ? "time" : "distance", asOf: asOf === null ? null : Number(asOf),
    include: listOf(options.include), avoid, alternatives: Math.max(1, Math.min(9, Number(options.alternatives) || 1)),
    opened: switched(network, listOf(options.opened), false), closed: switched(network, listOf(options.closed), true),
  };
  const changed = [...request.opened, ...request.closed];
  if (changed.some((nth) => request.opened.has(nth) && request.closed.has(nth)) || (changed.length && !changed.some((nth) => request.modes.includes(network.edges[nth].line.mode)))) {
    throw refused([...listOf(options.opened), ...listOf(options.closed)].join(", "));
  }
  return request;
};

/**
 * The best ways between two places, each with its nodes and edges. Options: modes (or mode), by ("distance" or "time"),
 * asOf (year), include (statuses), avoid (alpha-3), via (places), opened (lines, railways), closed (also ports), alternatives.
 */
export const findRoutes = (from, to, options = {}) => {
  const network = readNetwork();
  const request = requestOf(network, from, to, options);
  const cost = costsOf(network, request.by);
  const allowed = allows(network, request);
  const sections = through(network, request, cost, allowed);
  if (!sections) throw whyNone(network, request, cost);
  return (request.alternatives > 1 ? others(network, request, sections, cost, allowed) : [sections.flatMap(({ path }) => path)])
    .map((path) => ({ path, nodes: nodesOf(network, request.places[0], path), places: request.places, allowed }));
};

const nodesOf = ({ nodes }, start, path) => {
  if (!path.length) return [nodes[start.nodes[0]], nodes[start.nodes[0]]];
  let here = start.nodes.includes(path[0].a) ? path[0].a : path[0].b;
  return [nodes[here], ...path.map((edge) => nodes[(here = edge.a === here ? edge.b : edge.a)])];
};

/** A promise of {routes: […]}, the same object as the command's; it fails with a message in the reader's language. */
export const route = async (from, to, options = {}) => ({ routes: findRoutes(from, to, options).map(routeCard) });

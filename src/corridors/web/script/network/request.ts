/* A request for routes: its options, checked against the network, and the edges that it allows. */
import { data } from "../payload/data.ts";
import { pick, t } from "../payload/text.ts";
import { isYear } from "../payload/years.ts";
import type { Edge, Line, Network, Place } from "../types/network.ts";
import type { Status } from "../types/vocabulary.ts";
import { routeModes } from "./asked.ts";
import { coded } from "./network.ts";
import { placeOf } from "./places.ts";

/** The options of a route, as an embedder, an address or a control writes them. Lists may be texts with commas. */
export interface Options {
  mode?: string | string[];
  modes?: string | string[];
  by?: string;
  /** A year. */
  asOf?: number | string | null;
  as_of?: number | string | null;
  /** Further statuses in addition to "in operation". */
  include?: string | string[];
  /** Countries that the route must not enter, in ISO 3166 alpha-3. */
  avoid?: string | string[];
  via?: string | string[];
  /** Lines and railways to treat as open or as closed; ports can be closed too. */
  opened?: string | string[];
  closed?: string | string[];
  alternatives?: number | string;
}

export interface Request {
  places: Place[];
  modes: string[];
  by: "distance" | "time";
  asOf: number | null;
  include: string[];
  avoid: string[];
  opened: Set<number>;
  closed: Set<number>;
  alternatives: number;
}

/** Why there is no route: a message for the reader, and the constraint that excludes it. */
export class NoRoute extends Error {
  readonly cut: string;

  constructor(cut: string, message: string) {
    super(message);
    this.cut = cut;
  }
}

/** The error that no route leads from the first place to the last. */
export const noWay = (cut: string, places: Place[]): NoRoute =>
  new NoRoute(cut, t(`route.none.${cut}`, pick(places[0].name), pick(places[places.length - 1].name)));

const noSwitch = (names: string): NoRoute => new NoRoute("switch", t("route.no_switch", names));

const usable = ({ status, opened, closed }: Line, { asOf, include }: Request): boolean => {
  if (include.includes(status)) return true;
  if (asOf === null) return status === "operational";
  if (closed && closed < asOf) return false;
  if (opened) return opened <= asOf && status !== "suspended";
  return status === "operational";
};

const countriesOf = ({ nodes }: Network, { country, a, b }: Edge): string[] => [
  country,
  nodes[a].country,
  nodes[b].country,
];

/** The edges that a request may use, by the rules of network.routing.allows and network.graph.travelled. */
export const allows = (network: Network, request: Request): boolean[] => {
  const modes = new Set<string>([...request.modes, "transfer"]);
  const may = network.edges.map(
    (edge) =>
      modes.has(edge.line.mode) &&
      !request.closed.has(edge.nth) &&
      !countriesOf(network, edge).some((code) => request.avoid.includes(code)) &&
      (request.opened.has(edge.nth) || usable(edge.line, request)),
  );
  const met = new Set(network.edges.flatMap(({ nth, line, a, b }) => (line.id && may[nth] ? [a, b] : [])));
  return network.edges.map(
    ({ nth, line, kind, a, b }) => may[nth] && Boolean(line.id || kind === "transfer" || (met.has(a) && met.has(b))),
  );
};

/** Numbers of the edges of a line, a railway, a part of one (LINE:ISO) or, to close it, a port; as network.switches. */
const switchedBy = (network: Network, name: string, running: boolean): number[] => {
  const [bare, iso] = name.split(":");
  const ids = coded.railways[bare] ?? [bare];
  const own = network.edges.filter(
    (edge) =>
      (ids.includes(edge.line.id) || ids.includes(edge.line.id.split("/")[1])) &&
      (!iso || countriesOf(network, edge).includes(iso)),
  );
  const is = (status: Status) => (status === "operational") === running;
  const lines = new Set(own.filter(({ line }) => is(line.status)).map(({ line }) => line.id));
  const found = own.filter(({ line }) => lines.has(line.id)).map(({ nth }) => nth);
  const port = running && !own.length ? coded.ports[name.replace(/^ports\//, "")] : null;
  if (!port && !found.length) throw noSwitch(name);
  return port ?? found;
};

const switches = (network: Network, opened: string[], closed: string[], modes: string[]) => {
  const numbers = (names: string[], running: boolean) =>
    new Set(names.flatMap((name) => switchedBy(network, name, running)));
  const switched = { opened: numbers(opened, false), closed: numbers(closed, true) };
  const changed = [...switched.opened, ...switched.closed];
  const both = [...switched.opened].some((nth) => switched.closed.has(nth));
  const travelled = changed.some((nth) => modes.includes(network.edges[nth].line.mode));
  if (both || (changed.length && !travelled)) throw noSwitch([...opened, ...closed].join(", "));
  return switched;
};

const listOf = (value: string | string[] | undefined): string[] =>
  Array.isArray(value)
    ? value
    : (value ?? "")
        .split(",")
        .map((part) => part.trim())
        .filter(Boolean);

const yearOf = (asked: number | string | null): number | null => {
  if (asked === null) return null;
  if (!isYear(asked)) throw new NoRoute("year", t("route.no_year", asked, ...data.years));
  return Number(asked);
};

/** The request with defaults, checked; fails with a message for the reader. */
export const requestOf = (network: Network, from: string, to: string, options: Options): Request => {
  const places = [from, ...[options.via || []].flat(), to].map(placeOf);
  const modes = listOf(options.modes ?? options.mode);
  const asOf = yearOf(options.asOf ?? options.as_of ?? null);
  const twice = places.find((place, nth) => places.indexOf(place) < nth);
  if (twice) throw new NoRoute("twice", t("route.twice", pick(twice.name)));
  const avoid = listOf(options.avoid);
  if (places.some((place) => avoid.includes(network.nodes[place.nodes[0]].country))) throw noWay("avoid", places);
  const asked = {
    places,
    modes: modes.length ? modes : coded.usual,
    by: options.by === "time" ? ("time" as const) : ("distance" as const),
    asOf,
    include: listOf(options.include),
    avoid,
    alternatives: Math.max(1, Math.min(9, Number(options.alternatives) || 1)),
  };
  return { ...asked, ...switches(network, listOf(options.opened), listOf(options.closed), asked.modes) };
};

const ANY = { include: coded.statuses.slice(1), modes: [...routeModes] };

/** The same request without one of its constraints, each with its name, in the order of the checks. */
export const loosened = (request: Request): [cut: string, request: Request][] => {
  const ways: [string, Request, boolean][] = [
    ["avoid", { ...request, avoid: [] }, request.avoid.length > 0],
    ["status", { ...request, include: ANY.include }, String(request.include) !== String(ANY.include)],
    ["asOf", { ...request, asOf: null }, request.asOf !== null],
    ["closed", { ...request, closed: new Set() }, request.closed.size > 0],
    ["modes", { ...request, modes: ANY.modes }, String(request.modes) !== String(ANY.modes)],
  ];
  return ways.filter(([, , differs]) => differs).map(([cut, without]) => [cut, without]);
};

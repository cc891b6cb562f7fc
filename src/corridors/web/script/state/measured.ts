/* What the shown features add up to, by kind: the numbers that corridors stats gives under the same condition. */
import { data } from "../payload/data.ts";
import type { Feature } from "../types/payload.ts";
import type { State } from "../types/state.ts";
import { shownFeatures } from "./filter.ts";
import { isUnsure } from "./years.ts";

type Sums = Map<string, number>;

/** The totals of a kind of feature; null if it has no such number. */
export interface Total {
  kind: string;
  features: number;
  km: number | null;
  km2: number | null;
  /** Of the features and kilometres, those of which it is not known whether they existed in the year. */
  undated: { features: number; km: number } | null;
  stations: number | null;
  people: number | null;
  /** Kilometres by country and by gauge, the most first. */
  country: [iso: string, km: number][];
  gauge: [gauge: string, km: number][];
}

const { country: given = [], station = [], near = [], people = [] } = data.catchment ?? {};
const countries = given.map((text) => text.split(";"));

const metresOf = (km: number): number => Math.round(km * 1000);

/** Metres as kilometres, to a tenth: `sum_km` of Python has the same rule. */
export const sumKm = (metres: number): number => Math.floor((metres + 50) / 100) / 10;

const [SMALL, DIGITS, FINE_DIGITS] = [10, 1, 3]; // sums below ten have three decimals

/** A sum of metres, or square metres, in units of so many: `size_of` of Python has the same rule. */
export const sizeOf = (sum: number, per: number): { value: number; digits: number } => {
  const digits = sum < SMALL * per ? FINE_DIGITS : DIGITS;
  const unit = per / 10 ** digits;
  return { value: Math.floor((sum + unit / 2) / unit) / 10 ** digits, digits };
};

const add = (sums: Sums, key: string, metres: number) => sums.set(key, (sums.get(key) ?? 0) + metres);

const ranked = (sums: Sums): [string, number][] =>
  [...sums].map(([key, metres]): [string, number] => [key, sumKm(metres)]).sort((a, b) => b[1] - a[1]);

/** The parts of a line that count: those in the wanted countries, or all. */
const partsOf = ({ km = {}, whole, country = [] }: Feature, wanted: string[] | null) => {
  const inside = wanted && country.filter((code) => wanted.includes(code));
  const codes = Object.keys(km).filter((code) => !inside || inside.includes(code));
  const sum = codes.reduce((all, code) => all + metresOf(km[code]), 0);
  return { inside, codes, metres: inside || whole === undefined ? sum : metresOf(whole) };
};

/** The stops and their people, of some lines or of their parts in the wanted countries. */
const reachOf = (lines: Feature[], wanted: string[] | null): Pick<Total, "stations" | "people"> => {
  if (!lines.some(({ serves }) => serves)) return { stations: null, people: null };
  const stops = new Set<number>();
  for (const line of lines) {
    const { inside } = partsOf(line, wanted);
    for (const stop of line.serves ?? [])
      if (!inside || countries[stop].some((code) => inside.includes(code))) stops.add(stop);
  }
  const cities = new Set([...stops].flatMap((stop) => near[stop]));
  return {
    stations: lines[0].kind === "rail" ? [...stops].filter((stop) => station[stop]).length : null,
    people: [...cities].reduce((sum, city) => sum + people[city], 0),
  };
};

/** The numbers of some features of a kind; of lines, those of their parts in the wanted countries. */
const totalOf = (kind: string, features: Feature[], wanted: string[] | null, year: number | null): Total => {
  const [country, gauge]: Sums[] = [new Map(), new Map()];
  const areas = features.flatMap(({ km2 }) => (km2 === undefined ? [] : Math.round(km2 * 10)));
  const lengths: number[] = [];
  for (const line of features) {
    const { codes, metres } = partsOf(line, wanted);
    for (const code of codes) add(country, code, metresOf(line.km?.[code] ?? 0));
    if (codes.length) lengths.push(metres);
    if (codes.length && line.gauge) add(gauge, line.gauge, metres);
  }
  const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
  const unsure = features.filter((feature) => isUnsure(feature, year));
  const unsureKm = sumKm(sum(unsure.map((line) => partsOf(line, wanted).metres)));
  return {
    kind,
    features: features.length,
    km: lengths.length ? sumKm(sum(lengths)) : null,
    km2: areas.length ? sum(areas) / 10 : null,
    undated: unsure.length ? { features: unsure.length, km: unsureKm } : null,
    ...reachOf(features, wanted),
    country: ranked(country),
    gauge: ranked(gauge),
  };
};

/** The totals of what a state shows, by kind in the order of the page. */
export const totalsOf = (state: State): Total[] => {
  const kinds = new Map<string, Feature[]>();
  for (const feature of shownFeatures(state)) {
    const own = kinds.get(feature.kind);
    if (own) own.push(feature);
    else kinds.set(feature.kind, [feature]);
  }
  const wanted = Array.isArray(state.filters.country) ? state.filters.country : null;
  return [...kinds].map(([kind, features]) => totalOf(kind, features, wanted, state.year));
};

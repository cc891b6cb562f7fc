/* Features as rows of their layers' columns, and rows as CSV, JSON and GeoJSON. A text of data stays a text. */
import { csvLine, digitsOf, type FileCell, geometryOf } from "../columns/files.ts";
import type { Path } from "../columns/positions.ts";
import { positionsOf } from "../columns/positions.ts";
import { data } from "../payload/data.ts";
import { classOf, kilometres } from "../payload/features.ts";
import { hasMessage } from "../payload/text.ts";
import { ownYear, statusIn } from "../state/filter.ts";
import type { Feature } from "../types/payload.ts";
import type { State } from "../types/state.ts";

/** The columns of a layer that the page has, the features' layer, and kilometres by country. */
type Row = Record<string, FileCell>;

const LANGUAGES = [...data.langs, "local"];

/** The row of a feature. In another year than the map's own, it has its status in that year too. */
const rowOf = (feature: Feature, year: number | null): Row => {
  const at = feature.id.indexOf("/");
  const isMode = hasMessage(`mode.${feature.kind}`); // of lines of the atlas the page has the mode in place of the kind
  const { name, note, own, sources = [], electrified, km } = feature;
  return {
    id: feature.id.slice(at + 1),
    layer: feature.id.slice(0, at),
    [isMode ? "mode" : "kind"]: feature.kind,
    ...Object.fromEntries(LANGUAGES.map((code) => [`name_${code}`, name[code]])),
    status: feature.status,
    ...(ownYear(year) ? {} : { [`status_${year}`]: statusIn(feature, year) }),
    works_started: feature.works_started,
    opened: feature.opened,
    closed: feature.closed,
    country: feature.country?.join(";") || null,
    source: sources.slice(0, own).join(";") || null,
    confidence: feature.confidence,
    geometry_basis: feature.basis,
    accuracy_m: feature.accuracy_m,
    note: note?.en,
    electrified: electrified === "unknown" ? null : electrified,
    track_km: km && Math.round((kilometres(feature) ?? 0) * 1000) / 1000,
    country_km: km,
    area_km2: feature.km2,
  };
};

/** Rows with one order of columns: those that one of them has. */
const even = (rows: Row[]): Row[] => {
  const keys = [...new Set(rows.flatMap(Object.keys))].filter((key) => rows.some((row) => (row[key] ?? null) !== null));
  return rows.map((row) => Object.fromEntries(keys.map((key) => [key, row[key] ?? null])));
};

/** The rows of features. */
const rowsOf = (shown: Feature[], { year }: Pick<State, "year">): Row[] =>
  even(shown.map((feature) => rowOf(feature, year)));

/** The geometry of a feature (RFC 7946), in the positions of the page. */
const placed = (feature: Feature): { type: string; coordinates: unknown[] } => {
  const { geometry } = classOf(feature);
  const digits = digitsOf(data.shapes.find(({ kind }) => kind === geometry)?.step ?? 1);
  const paths = positionsOf(feature).map((path: Path) =>
    path.map(([lat, lng]) => [lng, lat].map((degrees) => Number(degrees.toFixed(digits)))),
  );
  return geometryOf(geometry, paths);
};

/** Features as CSV (RFC 4180), with the positions of points. A text that looks like a formula gets an apostrophe. */
export const csvText = (shown: Feature[], { year }: Pick<State, "year">): string => {
  const rows = even(
    shown.map((feature) => {
      const { type, coordinates } = placed(feature);
      const [lon, lat] = (type === "Point" ? coordinates : []) as number[];
      return { ...rowOf(feature, year), lon, lat };
    }),
  );
  return [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))].map(csvLine).join("");
};

/** What a file of rows says about itself. */
const about = ({ map }: typeof data) => ({
  generator: "corridors",
  name: map.id,
  title: map.title,
  as_of: map.asOf,
  attribution: map.credit,
});

/** Features as GeoJSON (RFC 7946, EPSG:4326), and how exact their positions are on the page. */
export const geojsonText = (shown: Feature[], state: Pick<State, "year">): string => {
  const rows = rowsOf(shown, state);
  const features = shown.map((feature, nth) => ({
    type: "Feature",
    id: feature.id,
    properties: rows[nth],
    geometry: placed(feature),
  }));
  const steps = Object.fromEntries(data.shapes.map(({ kind, step }) => [kind, step]));
  return JSON.stringify({ type: "FeatureCollection", ...about(data), step_degrees: steps, features });
};

/** Features as one JSON object: their rows, the state of the page, and their sources in full. */
export const jsonText = (shown: Feature[], state: State): string => {
  const ids = [...new Set(shown.flatMap(({ sources = [], own }) => sources.slice(0, own)))].sort();
  const sources = Object.fromEntries(ids.map((id) => [id, data.sources[id]]));
  return `${JSON.stringify({ ...about(data), state, features: rowsOf(shown, state), sources }, null, 1)}\n`;
};

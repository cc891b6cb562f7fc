/* What is shown, as conditions on layers: the commands that measure the same. */
import { columnLayers } from "../payload/columns.ts";
import { data } from "../payload/data.ts";
import { features } from "../payload/features.ts";
import { filters } from "../payload/filters.ts";
import type { Filter } from "../types/facets.ts";
import type { Feature } from "../types/payload.ts";
import type { State } from "../types/state.ts";
import { ownYear, valuesOf } from "./filter.ts";
import { among, literal, quoted } from "./literals.ts";
import { rowCommandsOf } from "./row_condition.ts";

type Selection = Pick<State, "layers" | "filters" | "year">;

/** A layer, and the condition that gives its shown features; empty: all. */
export interface Condition {
  layer: string;
  where: string;
}

const measured = (data.map.groups ?? []).filter(({ column }) => column);
const layers = new Set(measured.map(({ layer }) => layer));
const layerOf = ({ id }: Feature): string => id.slice(0, id.indexOf("/"));

/** Whether a feature can be measured by a command. On a page without such features: every one. */
export const isMeasured = (feature: Feature): boolean => !layers.size || layers.has(layerOf(feature));

/** The condition of a filter. "unknown" stands for no value, so it is all but the values that are not wanted. */
const clause = ({ property, column = property, values = [], many }: Filter, wanted: string[]): string => {
  if (many && wanted.length) {
    const any = wanted.map((value) => `${literal(value)} in ${column}`).join(" or ");
    return wanted.length > 1 ? `(${any})` : any;
  }
  if (wanted.includes("unknown")) {
    const others = values.filter((value) => !wanted.includes(value));
    return among(column, others, true);
  }
  return among(column, property === "gauge" ? wanted.map(Number) : wanted);
};

/** Whether some features of a layer have a property; a layer without it cannot be asked for it. */
const has = (layer: string, property: string): boolean =>
  features.some((feature) => layerOf(feature) === layer && valuesOf(feature, property, null).length > 0);

/** The condition of each layer that shows something. */
export const conditionsOf = ({ layers: on, filters: asked }: Selection): Condition[] => {
  const chosen = filters.filter(({ property }) => Array.isArray(asked[property]));
  const every = chosen.map((filter) => clause(filter, asked[filter.property] as string[]));
  return measured.flatMap(({ layer, column = "", whole, classes }) => {
    const shown = classes.filter((id) => on.includes(id));
    if (!shown.length || !chosen.every(({ property }) => has(layer, property))) return [];
    const part = whole && shown.length === classes.length;
    const own = part
      ? []
      : [
          among(
            column,
            shown.flatMap((id) => data.classes[id].values ?? []),
          ),
        ];
    return { layer, where: [...own, ...every].join(" and ") };
  });
};

/** The commands that measure what is shown; layers with the same condition are in one. Null if no commands can. */
export const commandsOf = (state: Selection): string[] | null => {
  if (OWN && columnLayers.length) return rowCommandsOf(state);
  const together = new Map<string, string[]>();
  for (const { layer, where } of conditionsOf(state)) together.set(where, [...(together.get(where) ?? []), layer]);
  const year = ownYear(state.year) ? "" : ` --as-of ${state.year}`;
  return [...together].map(
    ([where, of]) =>
      `corridors stats${of.map((layer) => ` --layer ${layer}`).join("")}${where && ` --where ${quoted(where)}`}${year}`,
  );
};

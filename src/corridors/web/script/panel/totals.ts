/* The totals of what is shown: features; of an atlas, sizes by mode, by declared kind and by country; of own data, sizes. */
import { el, present } from "../dom.ts";
import { columnLayers } from "../payload/columns.ts";
import { data } from "../payload/data.ts";
import { countedMessage, countryName, formatNumber, formatQuantity, pick, t } from "../payload/text.ts";
import { type Counts, countsNow, followCounts } from "../state/counts.ts";
import { shownFeatures, sumsOf } from "../state/filter.ts";
import { follow, getState } from "../state/state.ts";
import type { Feature } from "../types/payload.ts";
import { sizeDigits } from "./cells.ts";
import { sourcedNumber, sourcesOf } from "./sources.ts";

const MODES = ["rail", "road", "pipeline", "ferry"];
let box: HTMLElement;
let open = false;

/** A row of a sum of kilometres or square kilometres. `counts` says which features belong to it. */
const rowOf = (
  identity: Record<string, string>,
  words: string,
  [value, unit]: [value: number, unit: "km" | "km2"],
  counts: (feature: Feature) => unknown,
): HTMLElement => {
  const sources = () => sourcesOf(shownFeatures(getState()).filter((feature) => feature[unit] && counts(feature)));
  const sum = formatQuantity({ value, unit, digits: 0 });
  return el(
    "tr",
    identity,
    el("th", { scope: "row" }, words),
    el("td", { class: "figure" }, sourcedNumber(sum, sources)),
  );
};

const tallyWords = ({ all, shown }: Counts): string =>
  shown.features ? countedMessage("totals.shown", all, formatNumber(shown.features, 0)) : t("totals.empty");

const table = (rows: HTMLElement[]): HTMLElement => el("table", {}, el("tbody", {}, rows));

const countryTotals = (sums: [iso: string, km: number][]): HTMLElement => {
  const rows = sums.map(([iso, km]) =>
    rowOf(
      { "data-country": iso },
      countryName(iso),
      [km, "km"],
      ({ kind, km: own = {} }) => kind === "rail" && iso in own,
    ),
  );
  const toggle = (): void => {
    open = details.open;
  };
  const details = el("details", { open, toggle }, el("summary", {}, t("totals.country")), table(rows));
  return details;
};

/** The rows of modes, and of declared kinds of lines and areas. */
const kindTotals = (km: Map<string, number>, km2: Map<string, number>): HTMLElement | null => {
  const declared = (data.map.groups ?? []).filter(({ layer }) => !MODES.includes(layer));
  const modes = MODES.map((name) => ({ name, words: t(`mode.${name}`) }));
  const kinds = [...modes, ...declared.map(({ layer, title }) => ({ name: layer, words: pick(title) }))];
  const rows = kinds.flatMap(({ name, words }) =>
    [[km.get(name), "km"] as const, [km2.get(name), "km2"] as const].flatMap(([sum, unit]) =>
      sum === undefined ? [] : rowOf({ "data-mode": name }, words, [sum, unit], ({ kind }) => kind === name),
    ),
  );
  return rows.length ? table(rows) : null;
};

/** The sizes of shown rows: those that some layer has. */
const sizeTotals = ({ shown }: Counts): HTMLElement | null => {
  const kinds = new Set(columnLayers.filter(({ size }) => size).map(({ geometry }) => geometry.kind));
  const sums = [
    kinds.has("line") ? { name: "length", value: shown.metres / 1e3, unit: "km" } : null,
    kinds.has("area") ? { name: "area", value: shown.squareMetres / 1e6, unit: "km2" } : null,
  ];
  const rows = present(sums).map(({ name, value, unit }) =>
    el(
      "tr",
      { "data-size": name },
      el("th", { scope: "row" }, t(`totals.${name}`)),
      el("td", { class: "figure" }, formatQuantity({ value, unit, digits: sizeDigits(value) })),
    ),
  );
  return rows.length ? table(rows) : null;
};

const render = (): void => {
  const counts = countsNow();
  if (!counts) return;
  const { kinds, areas, country } = sumsOf(shownFeatures(getState()));
  const { features } = counts.shown;
  const tally = el("p", { class: "tally", "data-count": features }, tallyWords(counts));
  box.setAttribute("aria-label", t("ui.totals"));
  box.replaceChildren(
    ...present([
      tally,
      OWN ? sizeTotals(counts) : null,
      kindTotals(kinds, areas),
      country.length ? countryTotals(country) : null,
    ]),
  );
};

export const buildTotals = (): HTMLElement => {
  box = el("section", { class: "totals", "data-totals": true });
  follow(["lang"], render);
  followCounts(render);
  return box;
};

/* The totals of what is shown: features; of an atlas, kilometres by mode and country; of own data, length and area. */
import { el, present } from "../dom.ts";
import { columnLayers } from "../payload/columns.ts";
import { countedMessage, countryName, formatNumber, formatQuantity, t } from "../payload/text.ts";
import { type Counts, countsNow, followCounts } from "../state/counts.ts";
import { shownFeatures, sumsOf } from "../state/filter.ts";
import { follow, getState } from "../state/state.ts";
import type { Feature } from "../types/payload.ts";
import { sizeDigits } from "./cells.ts";
import { sourcedNumber, sourcesOf } from "./sources.ts";

const MODES = ["rail", "road", "pipeline", "ferry"];
let box: HTMLElement;
let open = false;

/** A row of a sum. `counts` says which features belong to it. */
const rowOf = (
  data: Record<string, string>,
  words: string,
  km: number,
  counts: (feature: Feature) => unknown,
): HTMLElement => {
  const sources = () => sourcesOf(shownFeatures(getState()).filter((feature) => feature.km && counts(feature)));
  const sum = formatQuantity({ value: km, unit: "km", digits: 0 });
  return el("tr", data, el("th", { scope: "row" }, words), el("td", { class: "figure" }, sourcedNumber(sum, sources)));
};

const tallyWords = ({ all, shown }: Counts): string =>
  shown.features ? countedMessage("totals.shown", all, formatNumber(shown.features, 0)) : t("totals.empty");

const table = (rows: HTMLElement[]): HTMLElement => el("table", {}, el("tbody", {}, rows));

const countryTotals = (sums: [iso: string, km: number][]): HTMLElement => {
  const rows = sums.map(([iso, km]) =>
    rowOf({ "data-country": iso }, countryName(iso), km, ({ kind, km: own = {} }) => kind === "rail" && iso in own),
  );
  const toggle = (): void => {
    open = details.open;
  };
  const details = el("details", { open, toggle }, el("summary", {}, t("totals.country")), table(rows));
  return details;
};

const modeTotals = (sums: Map<string, number>): HTMLElement | null => {
  const rows = MODES.filter((name) => sums.has(name)).map((name) =>
    rowOf({ "data-mode": name }, t(`mode.${name}`), sums.get(name) ?? 0, ({ kind }) => kind === name),
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
  const { mode, country } = sumsOf(shownFeatures(getState()));
  const { features } = counts.shown;
  const tally = el("p", { class: "tally", "data-count": features }, tallyWords(counts));
  box.setAttribute("aria-label", t("ui.totals"));
  box.replaceChildren(
    ...present([
      tally,
      OWN ? sizeTotals(counts) : null,
      modeTotals(mode),
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

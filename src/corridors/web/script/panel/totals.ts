/* The totals of what is shown: features, kilometres by mode, kilometres of railway by country. */
import { el, present } from "../dom.ts";
import { features } from "../payload/features.ts";
import { countedMessage, countryName, formatNumber, formatQuantity, t } from "../payload/text.ts";
import { shownFeatures, sumsOf } from "../state/filter.ts";
import { follow, getState } from "../state/state.ts";
import type { Feature } from "../types/payload.ts";
import type { State } from "../types/state.ts";
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

const tallyWords = (shown: number): string =>
  shown ? countedMessage("totals.shown", features.length, formatNumber(shown, 0)) : t("totals.empty");

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

const render = (state: State): void => {
  const shown = shownFeatures(state);
  const { mode, country } = sumsOf(shown);
  const modes = MODES.filter((name) => mode.has(name)).map((name) =>
    rowOf({ "data-mode": name }, t(`mode.${name}`), mode.get(name) ?? 0, ({ kind }) => kind === name),
  );
  const tally = el("p", { class: "tally", "data-count": shown.length }, tallyWords(shown.length));
  box.setAttribute("aria-label", t("ui.totals"));
  box.replaceChildren(
    ...present([tally, modes.length ? table(modes) : null, country.length ? countryTotals(country) : null]),
  );
};

export const buildTotals = (): HTMLElement => {
  box = el("section", { class: "totals", "data-totals": true });
  follow(["lang", "layers", "filters", "year", "scenario"], render);
  return box;
};

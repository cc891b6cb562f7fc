/* The totals of what is shown: features; of an atlas, sizes by mode, by declared kind and by country; of own data, sizes. */
import { aria, el, present } from "../dom.ts";
import { columnLayers } from "../payload/columns.ts";
import { data } from "../payload/data.ts";
import { countedMessage, countryName, formatNumber, formatQuantity, pick, t } from "../payload/text.ts";
import { commandsOf, isMeasured } from "../state/condition.ts";
import { type Counts, countsNow, followCounts } from "../state/counts.ts";
import { shownFeatures } from "../state/filter.ts";
import { sizeOf, type Total, totalsOf } from "../state/measured.ts";
import { hasOrigin } from "../state/row_condition.ts";
import { follow, getState } from "../state/state.ts";
import { isUnsure } from "../state/years.ts";
import type { Tally } from "../types/columns.ts";
import type { Feature } from "../types/payload.ts";
import { layerTitle } from "./cells.ts";
import { buildConditions, remedies } from "./conditions.ts";
import { copyButton } from "./copy.ts";
import { folded } from "./folds.ts";
import { sourcedNumber, sourcesOf } from "./sources.ts";

const MODES = ["rail", "road", "pipeline", "ferry"];

/** A row of a sum of kilometres or square kilometres. `counts` says which features belong to it. */
const rowOf = (
  identity: Record<string, string>,
  words: string,
  [value, unit]: [value: number, unit: "km" | "km2"],
  counts: (feature: Feature) => unknown,
): HTMLElement => {
  const sources = () => sourcesOf(shownFeatures(getState()).filter((feature) => feature[unit] && counts(feature)));
  const sum = formatQuantity({ value, unit, digits: 1 });
  return el(
    "tr",
    identity,
    el("th", { scope: "row" }, words),
    el("td", { class: "figure" }, sourcedNumber(sum, sources)),
  );
};

/** How much of a number opened in an unknown year. */
const undatedWords = (value: number, unit: string): string =>
  t("totals.undated", formatQuantity({ value, unit, digits: unit === "km" ? 1 : 0 }));

const tallyWords = ({ all, shown }: Counts): string =>
  shown.features ? countedMessage("totals.shown", all, formatNumber(shown.features, 0)) : t("totals.empty");

/** How many of the shown features it is not known of whether they existed in the year. */
const undatedTally = (): HTMLElement | null => {
  const state = getState();
  const unsure = shownFeatures(state).filter((feature) => isMeasured(feature) && isUnsure(feature, state.year));
  return unsure.length ? el("p", { class: "fine" }, undatedWords(unsure.length, "features")) : null;
};

const table = (rows: HTMLElement[]): HTMLElement => el("table", {}, el("tbody", {}, rows));

const part = (key: string, ...content: HTMLElement[]): HTMLElement =>
  folded(`totals:${key}`, t(`totals.${key}`), content);

/** The railways by country and by gauge. */
const railTotals = (totals: Total[]): HTMLElement[] => {
  const { country = [], gauge = [] } = totals.find(({ kind }) => kind === "rail") ?? {};
  const isRail = ({ kind, km = {} }: Feature, iso?: string) => kind === "rail" && (iso === undefined || iso in km);
  const countries = country.map(([iso, km]) =>
    rowOf({ "data-country": iso }, countryName(iso), [km, "km"], (feature) => isRail(feature, iso)),
  );
  const gauges = gauge.map(([width, km]) =>
    rowOf({ "data-gauge": width }, pick(data.classes[`rail.${width}`]?.title) || width, [km, "km"], (feature) =>
      Boolean(isRail(feature) && feature.gauge === width),
    ),
  );
  return present([
    countries.length && part("country", table(countries)),
    gauges.length && part("gauge", table(gauges)),
  ]) as HTMLElement[];
};

const fineRow = (words: string): HTMLElement => el("tr", {}, el("td", { class: "fine", colspan: 2 }, words));

/** The kilometres of which it is not known whether they were there in the year. */
const undatedRow = ({ undated }: Total): HTMLElement | null =>
  undated?.km ? fineRow(undatedWords(undated.km, "km")) : null;

/** The stations on lines and the people near them. */
const reachRow = ({ stations, people }: Total): HTMLElement | null => {
  const words = [
    stations === null ? null : t("totals.stations", formatNumber(stations, 0)),
    people === null ? null : t("totals.people", formatNumber(people, 0)),
  ];
  return people === null ? null : fineRow(present(words).join(" · "));
};

/** The rows of modes, and of declared kinds of lines and areas. */
const kindTotals = (totals: Total[]): HTMLElement | null => {
  const declared = (data.map.groups ?? []).filter(({ layer }) => !MODES.includes(layer));
  const modes = MODES.map((name) => ({ name, words: t(`mode.${name}`) }));
  const kinds = [...modes, ...declared.map(({ layer, title }) => ({ name: layer, words: pick(title) }))];
  const rows = kinds.flatMap(({ name, words }) => {
    const total = totals.find(({ kind }) => kind === name);
    if (!total) return [];
    const sums = [[total.km, "km"] as const, [total.km2, "km2"] as const].flatMap(([sum, unit]) =>
      sum === null ? [] : rowOf({ "data-mode": name }, words, [sum, unit], ({ kind }) => kind === name),
    );
    return present([...sums, sums.length && undatedRow(total), sums.length && reachRow(total)]) as HTMLElement[];
  });
  return rows.length ? table(rows) : null;
};

/** The commands that give the same numbers, or that there are none. */
const commands = (): HTMLElement | null => {
  const found = commandsOf(getState());
  const lines = found?.join("\n");
  if (OWN && !found && hasOrigin) return el("p", { class: "fine", "data-command": "" }, t("totals.no_command"));
  return lines
    ? part(
        "command",
        el("pre", { tabindex: 0, "data-command": true }, lines),
        copyButton(() => lines),
      )
    : null;
};

/** A row of the size of some shown rows: kilometres of lines, or square kilometres of areas. */
const sizeRow = (identity: Record<string, string | number>, words: string, kind: string, tally: Tally): HTMLElement => {
  const size =
    kind === "area"
      ? { ...sizeOf(tally.squareMetres, 1e6), unit: "km2" }
      : { ...sizeOf(tally.metres, 1e3), unit: "km" };
  const value = kind === "point" ? formatNumber(tally.features, 0) : formatQuantity(size);
  return el("tr", identity, el("th", { scope: "row" }, words), el("td", { class: "figure" }, value));
};

/** The sizes of shown rows: those that some layer has. */
const sizeTotals = ({ shown }: Counts): HTMLElement | null => {
  const kinds = new Set(columnLayers.filter(({ size }) => size).map(({ geometry }) => geometry.kind));
  const sums = present([
    kinds.has("line") && (["line", "length"] as const),
    kinds.has("area") && (["area", "area"] as const),
  ]);
  const rows = sums.map(([kind, name]) => sizeRow({ "data-size": name }, t(`totals.${name}`), kind, shown));
  return rows.length ? table(rows) : null;
};

/** The shown rows of each layer, where there are several: features of points, sizes of others. */
const layerTotals = ({ layers }: Counts): HTMLElement | null => {
  const rows = columnLayers.flatMap(({ geometry }, nth) =>
    layers[nth]?.features ? sizeRow({ "data-layer": nth }, layerTitle(nth), geometry.kind, layers[nth]) : [],
  );
  return rows.length > 1 ? part("layer", table(rows)) : null;
};

const render = (status: HTMLElement, rest: HTMLElement): void => {
  const counts = countsNow();
  if (!counts) return;
  const totals = ATLAS ? totalsOf(getState()) : [];
  const { features } = counts.shown;
  const stops = (): HTMLElement[] =>
    [status, rest].flatMap((part) => [...part.querySelectorAll<HTMLElement>("button, summary")]);
  const held = stops().indexOf(document.activeElement as HTMLElement);
  const tally = el("p", { class: "tally", "data-count": features }, tallyWords(counts));
  status.replaceChildren(
    ...present([tally, ATLAS ? undatedTally() : null, OWN ? sizeTotals(counts) : null, kindTotals(totals)]),
  );
  const more = [...(ATLAS ? railTotals(totals) : []), OWN ? layerTotals(counts) : null, commands()];
  rest.replaceChildren(...present(features ? more : remedies(getState())));
  stops()[held]?.focus({ preventScroll: true });
};

export const buildTotals = (): HTMLElement => {
  const [status, rest] = [el("div", { role: "status" }), el("div", {})];
  const box = el("section", { class: "totals", "data-totals": true }, buildConditions(), status, rest);
  follow(["lang"], () => {
    aria(box, "label", t("ui.totals"));
    render(status, rest);
  });
  followCounts(() => render(status, rest));
  return box;
};

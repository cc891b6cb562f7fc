/* The totals of what is shown: features; of an atlas, sizes by mode, by declared kind and by country; of own data, sizes. */
import { el, present } from "../dom.ts";
import { columnLayers } from "../payload/columns.ts";
import { data } from "../payload/data.ts";
import { countedMessage, countryName, formatNumber, formatQuantity, pick, t } from "../payload/text.ts";
import { commandsOf, isMeasured } from "../state/condition.ts";
import { type Counts, countsNow, followCounts } from "../state/counts.ts";
import { shownFeatures } from "../state/filter.ts";
import { type Total, totalsOf } from "../state/measured.ts";
import { follow, getState, propose } from "../state/state.ts";
import type { Feature } from "../types/payload.ts";
import { sizeDigits } from "./cells.ts";
import { buildConditions, conditionsNow } from "./conditions.ts";
import { copyButton } from "./copy.ts";
import { sourcedNumber, sourcesOf } from "./sources.ts";

const MODES = ["rail", "road", "pipeline", "ferry"];
const open = new Set<string>();

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

const tallyWords = ({ all, shown }: Counts): string =>
  shown.features ? countedMessage("totals.shown", all, formatNumber(shown.features, 0)) : t("totals.empty");

const table = (rows: HTMLElement[]): HTMLElement => el("table", {}, el("tbody", {}, rows));

/** A part that the reader can open, and which stays as it is when the totals change. */
const folded = (key: string, ...content: HTMLElement[]): HTMLElement => {
  const toggle = (): void => {
    if (details.open) open.add(key);
    else open.delete(key);
  };
  const details = el("details", { open: open.has(key), toggle }, el("summary", {}, t(`totals.${key}`)), content);
  return details;
};

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
    countries.length && folded("country", table(countries)),
    gauges.length && folded("gauge", table(gauges)),
  ]) as HTMLElement[];
};

/** The stations on lines and the people near them. */
const reachRow = ({ stations, people }: Total): HTMLElement | null => {
  const words = [
    stations === null ? null : t("totals.stations", formatNumber(stations, 0)),
    people === null ? null : t("totals.people", formatNumber(people, 0)),
  ];
  return people === null ? null : el("tr", {}, el("td", { class: "fine", colspan: 2 }, present(words).join(" · ")));
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
    return present([...sums, sums.length && reachRow(total)]) as HTMLElement[];
  });
  return rows.length ? table(rows) : null;
};

/** The commands that give the same numbers. */
const commands = (): HTMLElement | null => {
  const lines = commandsOf(getState()).join("\n");
  return lines
    ? folded(
        "command",
        el("pre", { tabindex: 0, "data-command": true }, lines),
        copyButton(() => lines),
      )
    : null;
};

/** If nothing is shown: what each condition hides. */
const remedies = (): HTMLElement[] => {
  const state = getState();
  return conditionsNow(state).flatMap(({ words, end }) => {
    const count = shownFeatures({ ...state, ...end } as typeof state).filter(isMeasured).length;
    const more = t("filter.without", words, formatNumber(count, 0));
    return count
      ? el("button", { type: "button", class: "link", "data-without": true, click: () => propose(end) }, more)
      : [];
  });
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

const render = (status: HTMLElement, rest: HTMLElement): void => {
  const counts = countsNow();
  if (!counts) return;
  const totals = ATLAS ? totalsOf(getState()) : [];
  const { features } = counts.shown;
  const stops = (): HTMLElement[] => [
    ...(status.parentElement?.querySelectorAll<HTMLElement>("button, summary") ?? []),
  ];
  const held = stops().indexOf(document.activeElement as HTMLElement);
  const tally = el("p", { class: "tally", "data-count": features }, tallyWords(counts));
  status.replaceChildren(...present([tally, OWN ? sizeTotals(counts) : null, kindTotals(totals)]));
  if (ATLAS) rest.replaceChildren(...present([...(features ? [...railTotals(totals), commands()] : remedies())]));
  stops()[held]?.focus({ preventScroll: true });
};

export const buildTotals = (): HTMLElement => {
  const [status, rest] = [el("div", { role: "status" }), el("div", {})];
  const box = el("section", { class: "totals", "data-totals": true }, buildConditions(), status, rest);
  follow(["lang"], () => {
    box.setAttribute("aria-label", t("ui.totals"));
    render(status, rest);
  });
  followCounts(() => render(status, rest));
  return box;
};

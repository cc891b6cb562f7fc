/* The panel beside the map: title, statement, date, search, legend, totals, sources, other maps. */
import { type Child, type Children, el, present } from "../dom.ts";
import { layoutOf } from "../map/room.ts";
import { hasContent } from "../payload/columns.ts";
import { data } from "../payload/data.ts";
import { features } from "../payload/features.ts";
import { currentLanguage, formatDate, pick, t } from "../payload/text.ts";
import { ownYear } from "../state/filter.ts";
import { follow } from "../state/state.ts";
import { shownYear } from "../state/years.ts";
import type { State } from "../types/state.ts";
import { buildCharts } from "./charts.ts";
import { folded } from "./folds.ts";
import { buildPlanner } from "./planner.ts";
import { results } from "./results.ts";
import { buildSearch } from "./search.ts";
import { sourcedNumber, sourceList, sourcesAt, sourcesTitle } from "./sources.ts";
import { buildStory } from "./story.ts";
import { buildDates } from "./time.ts";
import { buildTotals } from "./totals.ts";
import { buildTree } from "./tree.ts";

// What stays on a number's line: signs before it, a unit or a point after it. A button alone would be on a line of its own.
const BEFORE = /[(（+−≈~]*$/;
const AFTER = /^(?:[\s\u00a0]?%)?[)）,.;:，。；]*/;
const HREF = /^(https?:\/\/|[\w.-]+\.html$)/; // of another map
const { map } = data;

/** The statement; each of its numbers links to its own sources. */
const statement = (): Child[] => {
  const text = pick(map.statement);
  const grounds = map.quoted?.grounds ?? [];
  const numbers = map.quoted?.[currentLanguage()] ?? [];
  let at = 0;
  const parts = numbers.flatMap(([start, end, ground], nth): Child[] => {
    const [from, before] = [at, text.slice(at, start)];
    const [sign] = BEFORE.exec(before) ?? [""];
    const [unit] = AFTER.exec(text.slice(end, numbers[nth + 1]?.[0])) ?? [""];
    at = end + unit.length;
    const number = sourcedNumber(text.slice(start, end), sourcesAt(grounds[ground]));
    return [text.slice(from, start - sign.length), el("span", {}, sign, number, unit)];
  });
  return [...parts, text.slice(at)];
};

/** Whether the map has a title for other years, and another year is shown. */
const isDated = (year: number | null): boolean => Boolean(map.dated) && !ownYear(year);

/** The years of a state, if the map is not that of its own date alone. */
const datedYears = ({ year, against }: Pick<State, "year" | "against">): string => {
  const years = [shownYear({ year }), against].filter((one): one is number => typeof one === "number");
  return years.some(isDated) ? years.join(" / ") : "";
};

/** The title of the map; for another year, the title that only names the year. */
export const mapTitle = (state: Pick<State, "year" | "against">): string => {
  const years = datedYears(state);
  return years ? pick(map.dated).replace("{year}", years) : pick(map.title);
};

/** The date of the map, and the year shown, with the sources of both. */
const dateNodes = (dated: string): Children => {
  if (!map.asOf) return null;
  const day = formatDate(map.asOf);
  const shown = dated || map.year;
  const words = shown ? t("page.year", shown, day) : t("page.asof", day);
  const ground = dated ? [] : sourcesAt(map.ground);
  return ground.length ? [words, " · ", sourcedNumber(t("page.ground"), ground)] : words;
};

const headNodes = (state: State): HTMLElement[] => {
  const dated = datedYears(state);
  const date = dateNodes(dated);
  return present([
    el("h1", {}, mapTitle(state)),
    map.statement && !dated ? el("p", { class: "statement" }, statement()) : null,
    date ? el("p", { class: "fine" }, date) : null,
  ]);
};

const sources = (): HTMLElement | null => {
  const used = new Set(features.flatMap((feature) => feature.sources ?? []));
  const ids = Object.keys(data.sources).filter((id) => !used.size || used.has(id));
  if (!ids.length) return null;
  return folded("sources", sourcesTitle(ids), sourceList(ids));
};

/** The credits of the visible layers, each once. */
export const creditWords = ({ layers }: State): string => {
  if (map.credit) return map.credit;
  const on = (map.groups ?? []).filter((group) => group.classes.some((id) => layers.includes(id)));
  const parts = on.flatMap(({ credit }) => (credit ? credit.split(/\s*[;·]\s*/) : []));
  return [...new Set(parts)].join(" · ");
};

const otherMaps = ({ lang, theme }: State): HTMLElement | null => {
  const others = (map.maps ?? []).filter(({ id, href }) => id !== map.id && HREF.test(href));
  if (!others.length) return null;
  const carry = `#lang=${lang}${theme === "dark" ? "&theme=dark" : ""}`;
  const items = others.map(({ href, title }) => el("li", {}, el("a", { href: href + carry }, pick(title))));
  return el("nav", { "aria-label": t("page.maps") }, el("h2", {}, t("page.maps")), el("ul", {}, items));
};

const footNodes = (state: State): HTMLElement[] => {
  const credit = creditWords(state);
  return present([
    sources(),
    otherMaps(state),
    el("p", { class: "fine" }, t("page.disclaimer")),
    credit ? el("p", { class: "fine" }, `${t("card.credit")}: `, el("span", { lang: "en" }, credit)) : null,
  ]);
};

/** Beside the map, what is selected and its totals stand above the text of a story; else, and their rest, below it. */
const placeTotals = (totals: HTMLElement, scroll: HTMLElement): void => {
  const [article, rest] = [scroll.firstElementChild, totals.lastElementChild];
  if (!article || !rest) return;
  rest.classList.add("totals");
  article.after(rest);
  const place = (): void => {
    if (layoutOf() === "beside") scroll.before(totals);
    else article.after(totals);
  };
  window.addEventListener("resize", place);
  follow(["lang"], place);
};

export const buildPanel = (): HTMLElement => {
  const head = el("header", { class: "head" });
  const foot = el("footer", { class: "foot", role: "contentinfo" });
  const full = hasContent;
  const { buildSummary, buildScenario } = results();
  const totals = full ? buildTotals() : null;
  const [summary, scenario] = full ? [buildSummary?.(), buildScenario?.()] : [];
  const tree = full ? buildTree(ATLAS ? buildCharts() : null) : null;
  const parts = full
    ? [ATLAS ? buildDates() : null, summary, totals, scenario, ROUTES ? buildPlanner() : null, tree]
    : [];
  const scroll = el("div", { class: "scroll" }, parts, foot);
  const story = STORY ? buildStory(scroll) : null;
  if (STORY && story && totals) placeTotals(totals, scroll);
  follow(["lang", "year", "against"], (state) => head.replaceChildren(...headNodes(state)));
  follow(["lang", "theme", "layers"], (state) => foot.replaceChildren(...footNodes(state)));
  return el(
    "div",
    { class: "panel", id: "panel", "data-blocks": true },
    head,
    full ? buildSearch() : null,
    scroll,
    story,
  );
};

/** The line of credits on the map. */
export const buildCredits = (): HTMLElement => {
  const line = el("p", { class: "credits", "data-blocks": true });
  follow(["layers", "lang"], (state) => {
    const credit = creditWords(state);
    const viewpoint = data.basemap.disputes?.length ? ` · ${t("page.viewpoint")}` : null;
    line.replaceChildren(...present([el("span", { lang: "en" }, credit), viewpoint]));
    line.hidden = !credit;
  });
  return line;
};

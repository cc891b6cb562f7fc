/* The panel beside the map: what the map says, as of when, search, legend, totals, sources, other maps. */
import { el } from "../dom.ts";
import { buildPlanner } from "./planner.ts";
import { buildScenario } from "./scenarios.ts";
import { buildSearch } from "./search.ts";
import { sourceItem, sourcedNumber, sourcesAt } from "./sources.ts";
import { buildSummary } from "./summary.ts";
import { buildTotals } from "./totals.ts";
import { buildTree } from "./tree.ts";
import { data } from "../payload/data.ts";
import { features } from "../payload/features.ts";
import { currentLanguage, formatDate, formatNumber, pick, t } from "../payload/text.ts";
import { ownYear } from "../state/filter.ts";
import { follow } from "../state/state.ts";

const map = data.map || {};
let sourcesOpen = false;

/** The statement, each number of it with a way to its own sources. */
const statement = () => {
  const text = pick(map.statement);
  const { grounds, [currentLanguage()]: numbers } = map.quoted || {};
  let at = 0;
  const parts = (numbers || []).flatMap(([start, end, ground]) => {
    const part = [text.slice(at, start), sourcedNumber(text.slice(start, end), sourcesAt(grounds[ground]))];
    at = end;
    return part;
  });
  return [...parts, text.slice(at)];
};

/** What the map is called: where another year is shown, only that it is of that year. */
export const mapTitle = ({ year }) => (map.dated && !ownYear(year) ? pick(map.dated).replace("{year}", year) : pick(map.title));

const fillHead = (head, { year }) => {
  const own = !map.dated || ownYear(year);
  const shown = own ? map.year : year;
  const day = map.asOf && formatDate(map.asOf);
  const date = day ? (shown ? t("page.year", shown, day) : t("page.asof", day)) : null;
  const ground = own ? sourcesAt(map.ground) : [];
  head.replaceChildren(
    el("h1", {}, mapTitle({ year })),
    ...[map.statement && own ? el("p", { class: "statement" }, statement()) : null, date ? el("p", { class: "fine" }, date, ground.length ? [" · ", sourcedNumber(t("page.ground"), ground)] : null) : null].filter(Boolean));
};

const sources = () => {
  const used = new Set(features.flatMap((feature) => feature.sources || []));
  const ids = Object.keys(data.sources || {}).filter((id) => !used.size || used.has(id));
  if (!ids.length) return null;
  return el("details", { open: sourcesOpen, toggle: (event) => { sourcesOpen = event.target.open; } }, el("summary", {}, t("page.sources", formatNumber(ids.length, 0))), el("ul", { class: "sources" }, ids.map(sourceItem)));
};

const credits = (state) => {
  const on = (map.groups || []).filter((group) => group.classes.some((id) => state.layers.includes(id)));
  if (map.credit) return map.credit;
  const parts = on.map((group) => group.credit).filter(Boolean).flatMap((credit) => credit.split(/\s*[;·]\s*/));
  return [...new Set(parts)].join(" · ");
};

const otherMaps = (state) => {
  const others = (map.maps || []).filter((entry) => entry.id !== map.id && /^(https?:\/\/|[\w.-]+\.html$)/.test(entry.href));
  if (!others.length) return null;
  const carry = `#lang=${state.lang}${state.theme === "dark" ? "&theme=dark" : ""}`;
  return el("nav", { "aria-label": t("page.maps") }, el("h2", {}, t("page.maps")),
    el("ul", {}, others.map((entry) => el("li", {}, el("a", { href: entry.href + carry }, pick(entry.title))))));
};

export const buildPanel = () => {
  const head = el("header", { class: "head" });
  const foot = el("footer", { class: "foot" });
  const full = features.length > 0;
  const scroll = el("div", { class: "scroll" }, full ? [buildScenario(), buildSummary(), buildPlanner(), buildTree(), buildTotals()] : null, foot);
  follow(["lang", "year"], (state) => fillHead(head, state));
  follow(["lang", "theme", "layers"], (state) => {
    const credit = credits(state);
    const thanks = credit ? el("p", { class: "fine" }, `${t("card.credit")}: `, el("span", { lang: "en" }, credit)) : null;
    foot.replaceChildren(...[sources(), otherMaps(state), el("p", { class: "fine" }, t("page.disclaimer")), thanks].filter(Boolean));
  });
  return el("div", { class: "panel", id: "panel", "data-blocks": true }, head, full ? buildSearch() : null, scroll);
};

/** The credits of the layers that are on, each once. */
export const buildCredits = () => {
  const line = el("p", { class: "credits", "data-blocks": true, lang: "en" });
  follow(["layers", "lang"], (state) => {
    line.textContent = credits(state);
    line.hidden = !line.textContent;
  });
  return line;
};

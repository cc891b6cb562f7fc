/* What a page of one answer says beside its map: of each route its figures, legs and facts; what was asked and assumed. */
import { el } from "../dom.ts";
import { factList, featureLink, headlineList } from "./facts.ts";
import { sourceItem } from "./sources.ts";
import { data } from "../payload/data.ts";
import { byId, kilometres } from "../payload/features.ts";
import { countryName, formatNumber, formatQuantity, nameOf, pick, t } from "../payload/text.ts";
import { follow } from "../state/state.ts";

const told = (data.map || {}).summary;

const legRow = (id) => {
  const leg = byId.get(id);
  const mode = t(leg.facts.find((fact) => fact.label === "answer.mode").key);
  const status = leg.status === "operational" ? null : t(`status.${leg.status}`);
  const words = [mode, ...leg.country.map(countryName), status].filter(Boolean).join(" · ");
  return el("li", {}, el("span", { class: "words" }, featureLink(id, nameOf(leg)), el("small", {}, words)),
    el("span", { class: "figure" }, formatQuantity({ value: kilometres(leg), unit: "km", digits: 0 })));
};

const part = (open, title, ...inside) => el("details", { open }, el("summary", {}, title), inside);

/** The summary of the answer, or null where the page is no answer. */
export const buildSummary = () => {
  if (!told) return null;
  const box = el("section", { class: "plan answer", "data-summary": true });
  follow(["lang"], () => {
    const open = [...box.children].map((node) => node.open);
    const ways = told.ways.map(({ title, headline, legs, facts }, nth) => part(open[nth] ?? nth === 0, pick(title), headlineList(headline),
      el("ol", { class: "legs", "aria-label": t("route.legs") }, legs.map(legRow)), factList(facts)));
    box.replaceChildren(...ways, part(open[ways.length] ?? true, t("answer.asked"), factList(told.asked)),
      part(open[ways.length + 1] ?? true, t("route.assumptions"), el("p", {}, t("route.precision")), factList(told.assumed), part(false, t("page.sources", formatNumber(told.sources.length, 0)), el("ul", { class: "sources" }, told.sources.map(sourceItem)))));
  });
  return box;
};

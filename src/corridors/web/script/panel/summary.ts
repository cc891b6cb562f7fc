/* The summary of a page with one result: figures, legs and facts of each route, the request, and the assumptions. */
import { type Children, el } from "../dom.ts";
import { data } from "../payload/data.ts";
import { featureOf, kilometres } from "../payload/features.ts";
import { countryName, formatQuantity, nameOf, pick, t } from "../payload/text.ts";
import { follow } from "../state/state.ts";
import type { Summary } from "../types/payload.ts";
import { factList, featureLink, headlineList } from "./facts.ts";
import { profileNode } from "./profile.ts";
import { sourceList, sourcesTitle } from "./sources.ts";

const legRow = (id: string): HTMLElement | null => {
  const leg = featureOf(id);
  if (!leg) return null;
  const mode = leg.facts?.find((fact) => fact.label === "answer.mode")?.key;
  const status = leg.status === "operational" ? null : t(`status.${leg.status}`);
  const words = [mode && t(mode), ...(leg.country ?? []).map(countryName), status].filter(Boolean).join(" · ");
  const km = formatQuantity({ value: kilometres(leg) ?? Number.NaN, unit: "km", digits: 0 });
  return el(
    "li",
    {},
    el("span", { class: "words" }, featureLink(id, nameOf(leg)), el("small", {}, words)),
    el("span", { class: "figure" }, km),
  );
};

const part = (open: boolean, title: string, ...inside: Children[]): HTMLDetailsElement =>
  el("details", { open }, el("summary", {}, title), ...inside);

/** The parts of a summary. `open` says for each part whether the reader has it open, if it existed before. */
const partsOf = ({ ways, asked, assumed, sources }: Summary, open: boolean[]): HTMLElement[] => [
  ...ways.map(({ title, headline, profile, legs, facts }, nth) =>
    part(
      open[nth] ?? nth === 0,
      pick(title),
      headlineList(headline),
      profileNode(profile),
      el("ol", { class: "legs", "aria-label": t("route.legs") }, legs.map(legRow)),
      factList(facts),
    ),
  ),
  part(open[ways.length] ?? true, t("answer.asked"), factList(asked)),
  part(
    open[ways.length + 1] ?? true,
    t("route.assumptions"),
    el("p", {}, t("route.precision")),
    factList(assumed),
    part(false, sourcesTitle(sources), sourceList(sources)),
  ),
];

/** The summary of the result, or null if the page is not a result. */
export const buildSummary = (): HTMLElement | null => {
  const { summary } = data.map;
  if (!summary) return null;
  const box = el("section", { class: "plan answer", "data-summary": true });
  follow(["lang"], () => {
    const open = [...box.children].map((node) => (node as HTMLDetailsElement).open);
    box.replaceChildren(...partsOf(summary, open));
  });
  return box;
};

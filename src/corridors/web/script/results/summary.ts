/* The summary of a page with one result: figures, legs and facts of each route, the request, and the assumptions. */
import { el } from "../dom.ts";
import { factList, featureLink, headlineList } from "../panel/facts.ts";
import { folded } from "../panel/folds.ts";
import { profileNode } from "../panel/profile.ts";
import { sourceList, sourcesTitle } from "../panel/sources.ts";
import { data } from "../payload/data.ts";
import { featureOf, kilometres } from "../payload/features.ts";
import { countryName, formatQuantity, nameOf, pick, t } from "../payload/text.ts";
import { follow } from "../state/state.ts";
import type { Summary } from "../types/payload.ts";

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

const partsOf = ({ ways, asked, assumed, sources }: Summary): HTMLElement[] => [
  ...ways.map(({ title, headline, profile, legs, facts }, nth) => {
    const list = el("ol", { class: "legs", "aria-label": t("route.legs") }, legs.map(legRow));
    const content = [headlineList(headline), profileNode(profile), list, factList(facts)];
    return folded(`way:${nth + 1}`, pick(title), content, nth === 0);
  }),
  folded("answer:asked", t("answer.asked"), factList(asked), true),
  folded(
    "answer:assumed",
    t("route.assumptions"),
    [
      el("p", {}, t("route.precision")),
      factList(assumed),
      folded("answer:sources", sourcesTitle(sources), sourceList(sources)),
    ],
    true,
  ),
];

/** The summary of the result, or null if the page is not a result. */
export const buildSummary = (): HTMLElement | null => {
  const { summary } = data.map;
  if (!summary) return null;
  const box = el("section", { class: "plan answer", "data-summary": true });
  follow(["lang"], () => box.replaceChildren(...partsOf(summary)));
  return box;
};

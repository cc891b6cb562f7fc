/* The planner's result for a route: its length and time, its legs, its borders, its assumptions. */

import { el, present } from "../dom.ts";
import { routeModes } from "../network/asked.ts";
import type { RouteCard } from "../network/card.ts";
import { isOpen, legsOf, routeCard } from "../network/card.ts";
import { coded, readNetwork } from "../network/network.ts";
import { profileOf } from "../network/profile.ts";
import { factList, featureLink, headlineList } from "../panel/facts.ts";
import { folded } from "../panel/folds.ts";
import { profileNode } from "../panel/profile.ts";
import { sourcedNumber, sourceList, sourcesTitle } from "../panel/sources.ts";
import { countriesOf, countryName, formatNumber, formatQuantity, pick, t } from "../payload/text.ts";
import type { Leg, Node, Way } from "../types/network.ts";
import type { Fact } from "../types/payload.ts";

const kilometresWords = (value: number): string => formatQuantity({ value, unit: "km", digits: 0 });
const nodeName = (node: Node | undefined): string => (node?.place ? pick(node.place.name) : "");
const modeWords = (mode: string): string => t(`route.mode.${mode}`);

const legRow = (leg: Leg): HTMLElement => {
  const { line } = leg;
  const name = line.name && line.mode !== "air" ? pick(line.name) : null;
  const status = line.status === "operational" ? null : t(`status.${line.status}`);
  const words = [modeWords(line.mode), name, countriesOf(Object.keys(leg.countries)), status]
    .filter(Boolean)
    .join(" · ");
  const title = featureLink(line.id, `${nodeName(leg.start)} → ${nodeName(leg.end)}`);
  return el(
    "li",
    { "data-leg": line.mode },
    el("span", { class: "words" }, title, el("small", {}, words)),
    el("span", { class: "figure" }, sourcedNumber(kilometresWords(leg.km), line.sources)),
  );
};

/** Facts with one label, or the text that there are none. */
const orNowhere = (label: string, facts: Fact[]): Fact[] => (facts.length ? facts : [{ label, key: "route.nowhere" }]);

const borderFacts = ({ borders }: RouteCard): Fact[] =>
  borders.map(({ from, to }) => ({ label: "route.borders", name: `${countryName(from)} → ${countryName(to)}` }));

const gaugeFacts = (card: RouteCard, { nodes }: Way): Fact[] =>
  card.gauge_breaks.map(({ feature, from_mm: from, to_mm: to }) => {
    const station = nodes.find((node) => node.place && node.place.id === feature);
    const change = `${from} → ${formatQuantity({ value: to ?? Number.NaN, unit: "mm", digits: 0 })}`;
    return { label: "route.gauge_breaks", feature, name: `${nodeName(station)}, ${change}` };
  });

/** The basis of the length in whole percent. Parts below half a percent are left out. */
const basisFacts = ({ km_by_basis: parts }: RouteCard): Fact[] => {
  const whole = Object.values(parts).reduce((sum, km) => sum + km, 0);
  return Object.entries(parts)
    .map(([basis, km]) => ({
      label: `length.${basis}`,
      value: Math.floor((100 * km) / whole + 0.5),
      unit: "percent",
      digits: 0,
    }))
    .filter(({ value }) => value);
};

const numbers = (card: RouteCard, way: Way): Fact[] => {
  const km = (label: string, value: number, of?: string): Fact => ({ label, of, value, unit: "km", digits: 0 });
  const circuity =
    card.circuity === null ? [] : [{ label: "route.circuity", value: card.circuity, unit: "times", digits: 2 }];
  return [
    ...Object.entries(card.km_by_mode).map(([mode, value]) => km("route.by_mode", value, modeWords(mode))),
    ...Object.entries(card.countries).map(([iso, value]) => km("route.by_country", value, countryName(iso))),
    ...orNowhere("route.borders", borderFacts(card)),
    ...orNowhere("route.gauge_breaks", gaugeFacts(card, way)),
    ...basisFacts(card),
    km("fact.measured_km", card.measured_km),
    km("route.straight", card.geodesic_km),
    ...circuity,
  ];
};

/** The assumptions that count for this route, each with its amount. */
const assumed = ({
  km_by_mode: kilometres,
  borders,
  gauge_breaks: breaks,
  assumptions: { values },
}: RouteCard): Fact[] => {
  const fact = (label: string, key: string, unit: string, mode?: string): Fact[] => {
    const value = values[key];
    const of = mode && modeWords(mode);
    return value === undefined ? [] : [{ label: `route.assume.${label}`, value, unit, of }];
  };
  const modes = routeModes.filter((mode) => kilometres[mode]);
  const crossing = modes.filter((mode) => borders.some((border) => border.mode === mode));
  return [
    ...modes.flatMap((mode) => fact("speed", `speeds_kmh.${mode}`, "km_h", mode)),
    ...crossing.flatMap((mode) => fact("border", `border_hours.${mode}`, "hours", mode)),
    ...(breaks.length ? fact("gauge", "fixed_hours.gauge_change", "hours") : []),
    ...(kilometres.transfer ? fact("transfer", "fixed_hours.transfer", "hours") : []),
    ...(kilometres.air ? fact("flight", "fixed_hours.flight", "hours") : []),
  ];
};

/** The text about a long detour and its missing link. */
const farAround = ({ circuity, missing_link: link }: RouteCard): HTMLElement | null => {
  if (circuity === null || circuity <= coded.far) return null;
  const times = formatNumber(circuity, 2);
  if (!link) return el("p", {}, t("route.far", times));
  const name = (id: string | undefined): string => pick(readNetwork().places.find((place) => place.id === id)?.name);
  const lengths = [link.km, link.length_km].map(kilometresWords);
  return el("p", {}, t("route.far.link", times, name(link.from_id), name(link.to_id), ...lengths));
};

/** The confidence of the weakest part of a route, in words. */
const doubtWords = ({ path }: Way): string => {
  const rank = Math.max(0, ...path.map((edge) => edge.line.confidence));
  return t("route.weakest", t(`confidence.text.${coded.confidences[rank]}`));
};

/** The result of the planner. */
export const answerNodes = (way: Way): HTMLElement[] => {
  const card = routeCard(way);
  const figures = [
    { label: "route.length", value: card.length_km, unit: "km", digits: 0, about: true },
    { label: "route.time", value: card.hours / 24, unit: "days", digits: 1, about: true },
  ];
  const sources = card.sources.length
    ? folded("answer:sources", sourcesTitle(card.sources), sourceList(card.sources))
    : null;
  return present([
    headlineList(figures, card.sources),
    farAround(card),
    profileNode(profileOf(way, readNetwork().nodes, isOpen)),
    el("ol", { class: "legs", "aria-label": t("route.legs") }, legsOf(way).map(legRow)),
    factList(numbers(card, way), card.sources),
    el("h3", {}, t("card.precision")),
    el("p", {}, t("route.precision")),
    el("p", {}, doubtWords(way)),
    folded("answer:assumed", t("route.assumptions"), [factList(assumed(card)), sourceList(coded.assumptionSources)]),
    sources,
  ]);
};

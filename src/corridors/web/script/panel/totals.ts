/* The totals of what is shown: features, kilometres by mode, kilometres of railway by country. */
import { el } from "../dom.ts";
import { sourcedNumber, sourcesOf } from "./sources.ts";
import { features } from "../payload/features.ts";
import { countedMessage, countryName, formatNumber, formatQuantity, t } from "../payload/text.ts";
import { shownFeatures, sumsOf } from "../state/filter.ts";
import { follow, getState } from "../state/state.ts";

const MODES = ["rail", "road", "pipeline", "ferry"];
let box = null;
let open = false;

const rowOf = (words, km, name, holds) => {
  const sources = () => sourcesOf(shownFeatures(getState()).filter((feature) => feature.km && holds(feature)));
  return el("tr", { [`data-${name[0]}`]: name[1] }, el("th", { scope: "row" }, words), el("td", { class: "figure" }, sourcedNumber(formatQuantity({ value: km, unit: "km", digits: 0 }), sources)));
};

const render = (state) => {
  const shown = shownFeatures(state);
  const { mode, country } = sumsOf(shown);
  const modes = MODES.filter((name) => mode.has(name)).map((name) => rowOf(t(`mode.${name}`), mode.get(name), ["mode", name], (feature) => feature.kind === name));
  const count = el("p", { class: "tally", "data-count": shown.length }, shown.length ? countedMessage("totals.shown", features.length, formatNumber(shown.length, 0)) : t("totals.empty"));
  const byCountry = country.length ? el("details", { toggle: (event) => { open = event.target.open; } },
    el("summary", {}, t("totals.country")),
    el("table", {}, el("tbody", {}, country.map(([iso, km]) => rowOf(countryName(iso), km, ["country", iso], (feature) => feature.kind === "rail" && iso in feature.km))))) : null;
  if (byCountry) byCountry.open = open;
  box.setAttribute("aria-label", t("ui.totals"));
  box.replaceChildren(...[count, modes.length ? el("table", {}, el("tbody", {}, modes)) : null, byCountry].filter(Boolean));
};

export const buildTotals = () => {
  box = el("section", { class: "totals", "data-totals": true });
  follow(["lang", "layers", "filters", "year", "scenario"], render);
  return box;
};

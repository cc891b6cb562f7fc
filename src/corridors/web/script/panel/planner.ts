/* The route planner of the panel: from, to, by what means; below it the route's card, or why there is none. */
import { el, signButton } from "../dom.ts";
import { showRoute } from "../map/route.ts";
import { routeModes } from "../network/asked.ts";
import { legsOf, routeCard } from "../network/card.ts";
import { readNetwork } from "../network/network.ts";
import { placeOf } from "../network/places.ts";
import { plannedRoute } from "../network/planned.ts";
import { buildCombobox } from "./combobox.ts";
import { factList, featureLink, headlineList } from "./facts.ts";
import { searcher } from "./search.ts";
import { sourceItem, sourcedNumber } from "./sources.ts";
import { data } from "../payload/data.ts";
import { countryName, currentLanguage, formatNumber, formatQuantity, pick, t } from "../payload/text.ts";
import { follow, getState, propose } from "../state/state.ts";

const KINDS = { cities: "city", stations: "station", ports: "port", airports: "airport" };
const RANKS = { cities: 2, stations: 6, ports: 5, airports: 4 };
const draft = { from: "", to: "", modes: ["rail", "sea"], by: "distance", include: [], avoid: [], via: [] };
let open = false;

/** The places of the network as features that can be searched; what the page has on its map is among them. */
const places = () => [...readNetwork().byId.values()].map((place) => {
  const codes = [...((place.feature || {}).codes || []), ...place.codes];
  if (place.feature) return { ...place.feature, codes };
  const country = [...new Set(place.nodes.map((node) => readNetwork().nodes[node].country))];
  return { id: place.id, name: place.name, codes, country, kind: KINDS[place.layer], rank: RANKS[place.layer], geometry: { t: "Point" } };
});
const find = searcher(places);

const idAt = (end, route) => (end === "via" ? route.via[0] : route[end]) || "";
const put = (end, id) => ({ [end]: end === "via" ? [id].filter(Boolean) : id });
const nameOf = (id) => (id ? pick(readNetwork().byId.get(id).name) : "");

const ask = (change, move) => {
  Object.assign(draft, change);
  propose({ route: draft.from || draft.to ? { ...draft } : null });
  if (!move || !draft.from || !draft.to) return;
  showRoute();
  if (document.documentElement.dataset.layout !== "beside") box.querySelector(".told").scrollIntoView({ block: "start" });
};

/** What was typed and not chosen: a name that means one place is taken, all else gives way to what was there. */
const leave = (end, input) => (text) => {
  const before = idAt(end, draft);
  if (text.trim() === nameOf(before)) return;
  let id = "";
  try { id = text.trim() ? placeOf(text).id : ""; } catch { id = before; }
  if (id === before) input().value = nameOf(id);
  else ask(put(end, id), true);
};

const endField = (end) => {
  const field = buildCombobox({ id: `route-${end}`, type: "text", find, choose: (feature) => ask(put(end, feature.id), true), leave: leave(end, () => field.input) });
  const words = el("span", { class: "end" });
  field.input.addEventListener("focus", () => field.input.select());
  follow(["lang", "route"], (state) => {
    words.textContent = t(`route.${end}`);
    field.name(t(`route.${end}`));
    field.input.placeholder = t("route.place");
    if (data.network && (state.route || field.input.value)) field.input.value = state.route ? nameOf(idAt(end, state.route)) : "";
  });
  return el("div", { class: "pick" }, words, field.input, field.list, field.empty);
};

/** A labelled box that is ticked where on() holds. */
const tick = (type, key, on, change, identity) => {
  const input = el("input", { type, ...identity, change: () => change(input.checked) });
  const words = el("span", {});
  follow(["lang", "route"], () => {
    words.textContent = t(key);
    input.checked = on();
  });
  return el("label", {}, input, words);
};

const modeBox = (mode) => tick("checkbox", `route.mode.${mode}`, () => draft.modes.includes(mode),
  (on) => ask({ modes: routeModes.filter((other) => (other === mode ? on : draft.modes.includes(other))) }), { "data-way": mode });

const byBox = (by) => tick("radio", `route.by.${by}`, () => draft.by === by, () => ask({ by }), { name: "route-by", value: by });

const listBox = (list, key, value) => tick("checkbox", key, () => draft[list].includes(value),
  (on) => ask({ [list]: on ? [...draft[list], value] : draft[list].filter((other) => other !== value) }), { [`data-${list}`]: value });

/** A box for each country of the network, in the order of their names. */
const countryBoxes = () => {
  const boxes = data.network.countries.map((iso) => [iso, listBox("avoid", iso, iso)]);
  const node = group("route.avoid", "group", boxes.map(([, box]) => box));
  follow(["lang", "route"], (state, changed) => {
    for (const [iso, box] of boxes) box.lastChild.textContent = countryName(iso);
    if (changed.has("lang")) node.append(...boxes.sort(([one], [other]) => countryName(one).localeCompare(countryName(other), currentLanguage())).map(([, box]) => box));
  });
  return node;
};

const yearField = () => {
  const words = el("span", { class: "end" });
  const input = el("input", { type: "number", min: data.network.years[0], max: data.network.years[1], change: () => (input.checkValidity() ? propose({ year: input.value }) : fill(getState())) });
  const fill = ({ year }) => {
    words.textContent = t("route.year");
    input.setAttribute("aria-label", t("route.year"));
    input.placeholder = String(data.map.asOf || "").slice(0, 4);
    input.value = year ?? "";
  };
  follow(["lang", "year"], fill);
  return el("div", { class: "pick" }, words, input);
};

/** What is asked for less often, folded until some of it is. */
const more = () => {
  const title = el("summary", {});
  const avoid = el("p", {});
  const node = el("details", { class: "more" }, title, endField("via"), yearField(),
    el("div", { class: "ways" }, listBox("include", "route.construction", "under_construction"), listBox("include", "route.planned", "planned")), avoid, countryBoxes());
  follow(["lang"], () => {
    title.textContent = t("route.more");
    avoid.textContent = t("route.avoid");
  });
  follow(["route", "year"], ({ route, year }) => { node.open ||= year !== null || Boolean(route && [...route.include, ...route.avoid, ...route.via].length); });
  return node;
};

const group = (key, role, ...children) => {
  const node = el("div", { class: "ways", role }, ...children.flat());
  follow(["lang"], () => node.setAttribute("aria-label", t(key)));
  return node;
};

const swap = () => {
  const button = signButton("swap", { class: "icon", click: () => ask({ from: draft.to, to: draft.from }) });
  follow(["lang"], () => {
    button.setAttribute("aria-label", t("route.swap"));
    button.title = t("route.swap");
  });
  return button;
};

const figure = (value, digits = 0) => formatQuantity({ value, unit: "km", digits });
const nodeName = (node) => (node && node.place ? pick(node.place.name) : "");

const legRow = (leg) => {
  const { line } = leg;
  const mode = t(`route.mode.${line.mode}`);
  const name = line.name && line.mode !== "air" ? pick(line.name) : null;
  const where = Object.keys(leg.countries).map(countryName).join(t("list.and"));
  const status = line.status === "operational" ? null : t(`status.${line.status}`);
  const title = featureLink(line.id, `${nodeName(leg.start)} → ${nodeName(leg.end)}`);
  return el("li", { "data-leg": line.mode },
    el("span", { class: "words" }, title, el("small", {}, [mode, name, where, status].filter(Boolean).join(" · "))),
    el("span", { class: "figure" }, sourcedNumber(figure(leg.km), line.sources)));
};

const numbers = (card, way) => {
  const list = [];
  const parts = (label, entries) => entries.forEach(([of, value]) => list.push({ label, of, value, unit: "km", digits: 0 }));
  parts("route.by_mode", Object.entries(card.km_by_mode).map(([mode, km]) => [t(`route.mode.${mode}`), km]));
  parts("route.by_country", Object.entries(card.countries).map(([iso, km]) => [countryName(iso), km]));
  for (const { from, to } of card.borders) list.push({ label: "route.borders", name: `${countryName(from)} → ${countryName(to)}` });
  if (!card.borders.length) list.push({ label: "route.borders", key: "route.nowhere" });
  for (const stop of card.gauge_breaks) {
    const station = way.nodes.find((node) => node.place && node.place.id === stop.feature);
    list.push({ label: "route.gauge_breaks", feature: stop.feature, name: `${nodeName(station)}, ${formatNumber(stop.from_mm, 0)} → ${formatQuantity({ value: stop.to_mm, unit: "mm", digits: 0 })}` });
  }
  if (!card.gauge_breaks.length) list.push({ label: "route.gauge_breaks", key: "route.nowhere" });
  const whole = Object.values(card.km_by_basis).reduce((sum, km) => sum + km, 0);
  for (const [basis, km] of Object.entries(card.km_by_basis)) {
    const value = Math.floor((100 * km) / whole + 0.5);
    if (value) list.push({ label: `length.${basis}`, value, unit: "percent", digits: 0 });
  }
  return [...list, { label: "fact.measured_km", value: card.measured_km, unit: "km", digits: 0 }, { label: "route.straight", value: card.geodesic_km, unit: "km", digits: 0 },
    ...(card.circuity === null ? [] : [{ label: "route.circuity", value: card.circuity, unit: "times", digits: 2 }])];
};

/** The assumptions that count for this route, each with its amount. */
const assumed = (card) => {
  const { values } = card.assumptions;
  const list = [];
  const add = (label, key, unit, of) => {
    if (values[key] !== undefined) list.push({ label: `route.assume.${label}`, value: values[key], unit, ...(of ? { of: t(`route.mode.${of}`) } : {}) });
  };
  const modes = routeModes.filter((mode) => card.km_by_mode[mode]);
  modes.forEach((mode) => add("speed", `speeds_kmh.${mode}`, "km_h", mode));
  modes.filter((mode) => card.borders.some((border) => border.mode === mode)).forEach((mode) => add("border", `border_hours.${mode}`, "hours", mode));
  if (card.gauge_breaks.length) add("gauge", "fixed_hours.gauge_change", "hours");
  if (card.km_by_mode.transfer) add("transfer", "fixed_hours.transfer", "hours");
  if (card.km_by_mode.air) add("flight", "fixed_hours.flight", "hours");
  return list;
};

/** That a way goes far around, and the line that it lacks. */
const farAround = ({ circuity, missing_link: link }) => {
  if (circuity === null || circuity <= data.network.far) return null;
  const name = (id) => pick(readNetwork().places.find((place) => place.id === id).name);
  const told = link ? [name(link.from_id), name(link.to_id), figure(link.km), figure(link.length_km)] : [];
  return el("p", {}, t(link ? "route.far.link" : "route.far", formatNumber(circuity, 2), ...told));
};

const answer = (way) => {
  const card = routeCard(way);
  const rank = Math.max(0, ...way.path.map((edge) => edge.line.confidence));
  const doubt = t("route.weakest", t(`confidence.text.${data.network.confidences[rank]}`));
  const sources = (ids) => el("ul", { class: "sources" }, ids.map(sourceItem));
  return [
    headlineList([
      { label: "route.length", value: card.length_km, unit: "km", digits: 0, about: true },
      { label: "route.time", value: card.hours / 24, unit: "days", digits: 1, about: true },
    ], card.sources),
    farAround(card),
    el("ol", { class: "legs", "aria-label": t("route.legs") }, legsOf(way).map(legRow)),
    factList(numbers(card, way), card.sources),
    el("h3", {}, t("card.precision")), el("p", {}, t("route.precision")), el("p", {}, doubt),
    el("details", {}, el("summary", {}, t("route.assumptions")), factList(assumed(card)), sources(data.network.assumptionSources)),
    card.sources.length ? el("details", {}, el("summary", {}, t("page.sources", formatNumber(card.sources.length, 0))), sources(card.sources)) : null,
  ].filter(Boolean);
};

let box = null;

const render = (state) => {
  const told = box.querySelector(".told");
  const result = plannedRoute(state);
  const { way, error } = result || {};
  told.textContent = error || (way ? t("route.told", nameOf(state.route.from), nameOf(state.route.to)) : t("route.ask"));
  told.classList.toggle("none", Boolean(error));
  box.querySelector(".answer").replaceChildren(...(way ? answer(way) : []));
  box.querySelector(".clear").hidden = !state.route;
};

const unfold = (on) => {
  open = on;
  box.querySelector(".plan").hidden = !on;
  box.querySelector(".fold").setAttribute("aria-expanded", String(on));
};

/** The planner, folded; null where the page has no network. */
export const buildPlanner = () => {
  if (!data.network) return null;
  follow(["route"], (state) => Object.assign(draft, state.route || { from: "", to: "" }));
  const title = el("span", { class: "words" });
  const fold = el("button", { type: "button", class: "fold", "data-fold": "planner", click: () => unfold(!open) }, el("span", { class: "arrow", "aria-hidden": "true" }), title);
  const clear = el("button", { type: "button", class: "link clear", click: () => ask({ from: "", to: "" }) });
  box = el("section", { class: "group planner" }, el("div", { class: "group-head" }, fold),
    el("div", { class: "plan" },
      el("div", { class: "ends" }, endField("from"), endField("to"), swap()),
      group("route.modes", "group", routeModes.map(modeBox)),
      group("route.by", "radiogroup", ["distance", "time"].map(byBox)),
      more(),
      el("p", { class: "told", role: "status" }), el("div", { class: "answer" }), clear));
  follow(["lang"], () => {
    title.textContent = t("route.title");
    box.setAttribute("aria-label", t("route.title"));
    clear.textContent = t("route.clear");
  });
  follow(["route", "year", "lang"], (state, changed) => {
    render(state);
    if (changed.has("route") && state.route) unfold(true);
  });
  unfold(false);
  return box;
};

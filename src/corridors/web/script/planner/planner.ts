/* The route planner of the panel: from, to, means of transport; below it the route's card, or why there is no route.
 *
 * A bundle of its own, which the page has as text and runs when it is first needed. */
import type { Attributes } from "../dom.ts";
import { aria, el, find, signButton } from "../dom.ts";
import { showRoute } from "../map/route.ts";
import { INCLUDABLE, routeModes } from "../network/asked.ts";
import { coded, readNetwork } from "../network/network.ts";
import { placeOf } from "../network/places.ts";
import { plannedRoute } from "../network/planned.ts";
import type { Hit } from "../panel/combobox.ts";
import { buildCombobox, hitOf } from "../panel/combobox.ts";
import { keepDetails, settle } from "../panel/folds.ts";
import { box, draw } from "../panel/planner.ts";
import { data } from "../payload/data.ts";
import { searcher } from "../payload/search.ts";
import { countryName, currentLanguage, pick, t } from "../payload/text.ts";
import { getState, propose } from "../state/state.ts";
import type { Place } from "../types/network.ts";
import type { Feature } from "../types/payload.ts";
import type { AskedRoute, Change, State } from "../types/state.ts";
import { answerNodes } from "./answer.ts";

type End = "from" | "to" | "via";

const KINDS: Record<string, string> = { cities: "city", stations: "station", ports: "port", airports: "airport" };
const RANKS: Record<string, number> = { cities: 2, stations: 6, ports: 5, airports: 4 };
const draft: AskedRoute = {
  from: "",
  to: "",
  modes: [...coded.usual],
  by: "distance",
  include: [],
  avoid: [],
  via: [],
};

/** A place of the network as a feature for the search. A place on the page's map is one already. */
const asFeature = ({ feature, codes: own, nodes, layer, id, name }: Place): Feature => {
  const codes = [...(feature?.codes ?? []), ...own];
  if (feature) return { ...feature, codes };
  const country = [...new Set(nodes.map((node) => readNetwork().nodes[node].country))];
  return {
    id,
    class: "",
    name,
    codes,
    country,
    kind: KINDS[layer],
    rank: RANKS[layer],
  };
};

const findPlaces = searcher(() => [...readNetwork().byId.values()].map(asFeature));

const idAt = (end: End, route: AskedRoute): string => (end === "via" ? (route.via[0] ?? "") : route[end]);
const put = (end: End, id: string): Partial<AskedRoute> => ({ [end]: end === "via" ? [id].filter(Boolean) : id });
const nameOfPlace = (id: string): string => pick(readNetwork().byId.get(id)?.name);

/** Request the draft with a change; with move, bring the result into view. */
const ask = (change: Partial<AskedRoute>, move = false): void => {
  Object.assign(draft, change);
  propose({ route: draft.from || draft.to ? { ...draft } : null });
  if (!move || !draft.from || !draft.to) return;
  showRoute();
  if (document.documentElement.dataset.layout !== "beside") find(".told", box).scrollIntoView({ block: "start" });
};

/** The id of the place for a text, or the one before. */
const idOf = (text: string, before: string): string => {
  try {
    return text.trim() ? placeOf(text).id : "";
  } catch {
    return before;
  }
};

const endField = (end: End): HTMLElement => {
  /** Typed text without a choice: a name of exactly one place is accepted, otherwise the place before comes back. */
  const leave = (text: string): void => {
    const before = idAt(end, draft);
    if (text.trim() === nameOfPlace(before)) return;
    const id = idOf(text, before);
    if (id === before) input.value = nameOfPlace(id);
    else ask(put(end, id), true);
  };
  const choose = ({ id }: Hit): void => ask(put(end, id), true);
  const { input, list, empty, name } = buildCombobox({
    id: `route-${end}`,
    type: "text",
    find: (text) => findPlaces(text).map(hitOf),
    choose,
    leave,
  });
  const words = el("span", { class: "end" });
  input.addEventListener("focus", () => input.select());
  draw(["lang", "route"], (state) => {
    words.textContent = t(`route.${end}`);
    name(t(`route.${end}`));
    input.placeholder = t("route.place");
    if (state.route || input.value) input.value = state.route ? nameOfPlace(idAt(end, state.route)) : "";
  });
  return el("div", { class: "pick" }, words, input, list, empty);
};

/** A labelled checkbox that is checked if on() is true. */
const tick = (
  type: "checkbox" | "radio",
  on: () => boolean,
  change: (on: boolean) => void,
  identity: Attributes,
  words: () => string,
) => {
  const input = el("input", { type, ...identity, change: () => change(input.checked) });
  const label = el("span", {});
  draw(["lang", "route"], () => {
    label.textContent = words();
    input.checked = on();
  });
  return el("label", {}, input, label);
};

const modeBox = (mode: string): HTMLElement => {
  const change = (on: boolean): void =>
    ask({ modes: routeModes.filter((other) => (other === mode ? on : draft.modes.includes(other))) });
  return tick(
    "checkbox",
    () => draft.modes.includes(mode),
    change,
    { "data-way": mode },
    () => t(`route.mode.${mode}`),
  );
};

const byBox = (by: AskedRoute["by"]): HTMLElement =>
  tick(
    "radio",
    () => draft.by === by,
    () => ask({ by }),
    { name: "route-by", value: by },
    () => t(`route.by.${by}`),
  );

const listBox = (list: "include" | "avoid", value: string, words: () => string): HTMLElement => {
  const change = (on: boolean): void =>
    ask({ [list]: on ? [...draft[list], value] : draft[list].filter((other) => other !== value) });
  return tick("checkbox", () => draft[list].includes(value), change, { [`data-${list}`]: value }, words);
};

const group = (key: string, role: "group" | "radiogroup", boxes: HTMLElement[]): HTMLElement => {
  const node = el("div", { class: "ways", role }, boxes);
  draw(["lang"], () => aria(node, "label", t(key)));
  return node;
};

/** A box for each country of the network, in the order of their names. */
const countryBoxes = (): HTMLElement => {
  const boxes = coded.countries.map((iso) => ({ iso, box: listBox("avoid", iso, () => countryName(iso)) }));
  const node = group(
    "route.avoid",
    "group",
    boxes.map((entry) => entry.box),
  );
  draw(["lang"], () => {
    const collator = new Intl.Collator(currentLanguage());
    boxes.sort((one, other) => collator.compare(countryName(one.iso), countryName(other.iso)));
    node.append(...boxes.map((entry) => entry.box));
  });
  return node;
};

const yearField = (): HTMLElement => {
  const words = el("span", { class: "end" });
  const [min, max] = data.years;
  const change = (): void => {
    if (input.checkValidity()) propose({ year: input.value });
    else fill(getState());
  };
  const input = el("input", { type: "number", min, max, change });
  const fill = ({ year }: State): void => {
    words.textContent = t("route.year");
    aria(input, "label", t("route.year"));
    input.placeholder = (data.map.asOf ?? "").slice(0, 4);
    input.value = String(year ?? "");
  };
  draw(["lang", "year"], fill);
  return el("div", { class: "pick" }, words, input);
};

/** The less common options, folded until one of them is used. */
const more = (): HTMLElement => {
  const title = el("summary", {});
  const avoid = el("p", {});
  const includes = [
    listBox("include", "under_construction", () => t("route.construction")),
    listBox("include", "planned", () => t("route.planned")),
  ];
  const node = el(
    "details",
    { class: "more" },
    title,
    endField("via"),
    yearField(),
    el("div", { class: "ways" }, includes),
    avoid,
    countryBoxes(),
  );
  draw(["lang"], () => {
    title.textContent = t("route.more");
    avoid.textContent = t("route.avoid");
  });
  const isUsed = (): boolean => {
    const { route, year } = getState();
    return year !== null || (route ? [...route.include, ...route.avoid, ...route.via] : []).length > 0;
  };
  keepDetails(node, "planner:more", isUsed);
  draw(["route", "year"], () => settle("planner:more", isUsed, node.open));
  return node;
};

const swapButton = (): HTMLElement => {
  const button = signButton("swap", { class: "icon", click: () => ask({ from: draft.to, to: draft.from }) });
  draw(["lang"], () => {
    button.title = t("route.swap");
    aria(button, "label", button.title);
  });
  return button;
};

const toldWords = (state: State, error: string | undefined, found: boolean): string => {
  if (error || !found || !state.route) return error || t("route.ask");
  return t("route.told", nameOfPlace(state.route.from), nameOfPlace(state.route.to));
};

/** The changes that lift a constraint, each in words. */
const LIFTED: Record<string, () => [words: string, change: Change]> = {
  avoid: () => [t("route.try.avoid"), { route: { ...draft, avoid: [] } }],
  status: () => [t("route.try.status"), { route: { ...draft, include: [...INCLUDABLE] } }],
  modes: () => [t("route.try.modes"), { route: { ...draft, modes: [...routeModes] } }],
  asOf: () => [t("route.try.year", (data.map.asOf ?? "").slice(0, 4)), { year: null }],
};

/** If no route leads there: a button for the change after which one does. */
const remedy = (state: State, cut: string): HTMLElement[] => {
  const [words, change] = LIFTED[cut === "year" ? "asOf" : cut]?.() ?? [];
  if (!words || !plannedRoute({ ...state, ...change } as State)?.way) return [];
  const click = (): void => {
    propose(change ?? {});
    find(".told", box).focus();
  };
  return [el("button", { class: "link", click }, words)];
};

const render = (state: State): void => {
  const { way, error, cut = "" } = plannedRoute(state) ?? {};
  const told = find(".told", box);
  told.textContent = toldWords(state, error, Boolean(way));
  told.classList.toggle("none", Boolean(error));
  find(".answer", box).replaceChildren(...(way ? answerNodes(way) : []));
  find(".remedy", box).replaceChildren(...remedy(state, cut));
  find(".clear", box).hidden = !state.route;
};

/** Fill the place of the planner. */
const fillPlanner = (): void => {
  draw(["route"], (state) => Object.assign(draft, state.route ?? { from: "", to: "" }));
  const clear = el("button", { class: "link clear", click: () => ask({ from: "", to: "" }) });
  box.append(
    el("div", { class: "ends" }, endField("from"), endField("to"), swapButton()),
    group("route.modes", "group", routeModes.map(modeBox)),
    group("route.by", "radiogroup", (["distance", "time"] as const).map(byBox)),
    more(),
    el("p", { class: "told", role: "status", tabindex: -1 }),
    el("div", { class: "answer" }),
    el("p", { class: "remedy" }),
    clear,
  );
  draw(["lang"], () => {
    clear.textContent = t("route.clear");
  });
  draw(["route", "year", "lang"], render);
};

fillPlanner();

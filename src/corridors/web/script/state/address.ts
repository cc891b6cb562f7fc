/* The state of the page as the fragment of its address, and back. */

import { present } from "../dom.ts";
import { routeFromText, routeText } from "../network/asked.ts";
import { data } from "../payload/data.ts";
import type { Change, State } from "../types/state.ts";
import { note } from "./note.ts";
import { listOfRows, rowsFromList } from "./rows.ts";
import { firstScenario } from "./scenario.ts";
import { storyIn } from "./story.ts";
import { wholeParts } from "./whole.ts";

const NONE = "~"; // in a list: the value that stands for no value
const ROOM = 700; // width in pixels, and 600 of height, from which on the comparison is open at first

/** The classes that the map shows at first. */
export const defaultLayers = Object.keys(data.classes).filter((id) => data.classes[id].on);

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

const viewOf = (text: string): Change => {
  const numbers = text.split("/").map(Number);
  const [zoom, lat, lng] = numbers;
  if (numbers.length === 3 && numbers.every(Number.isFinite)) return { view: { zoom, lat, lng } };
  note(`the address is ignored where it asks for view ${JSON.stringify(text)}`);
  return {};
};

/** A point from "43.25/76.95". What is no number is none of its parts. */
const pointOf = (text: string): unknown[] =>
  text.split("/").map((part) => (/^-?\d+(\.\d+)?$/.test(part) ? Number(part) : null));

/** Whether a text is the origin of a web page, written as browsers write it. */
const isOrigin = (text: string): boolean => {
  return URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text);
};

// Parsers of the parts of the fragment: from a part's text and its list to a part of a change.
const READERS: Record<string, (text: string, list: string[]) => Change> = {
  map: viewOf,
  layers: (_, list) => ({ layers: list }),
  lang: (text) => ({ lang: text }),
  year: (text) => ({ year: text }),
  against: (text) => ({ against: text }),
  split: (text) => ({ split: text }),
  strip: (text) => ({ strip: { 0: false, 1: true }[text] ?? text }),
  measure: (text) => ({ measured: text ? text.split(",").map(pointOf) : [] }),
  select: (text) => ({ selected: text }),
  theme: (text) => ({ theme: text }),
  table: (_, list) => ({ table: true, ...(list.length ? { rows: rowsFromList(list) } : {}) }),
  compare: (text) => ({ compare: text !== "0" }),
  route: (text) => ({ route: ROUTES ? routeFromText(text) : (text as never) }),
  scenario: (text) => ({ scenario: text }),
  after: (text) => ({ after: text }),
  sheet: (text) => ({ sheet: text }),
  folds: (_, list) => ({ folds: list }),
  ...(STORY ? { story: (text: string) => storyIn({ story: text }) as Change } : {}),
  embed: () => ({ embed: true }),
  host: (_, list) => ({ hosts: list.filter(isOrigin) }),
};
/** The name of a filter in the address. A column may be called as another part is. */
const partOf = (property: string): string => (Object.hasOwn(READERS, property) ? `filter:${property}` : property);
const properties = new Map((data.map.filters ?? []).map(({ property }) => [partOf(property), property]));

/** The change that a fragment requests, from "#map=4.2/43.1/76.2&layers=a,b&lang=nl&select=ports/x". */
export const readFragment = (fragment: string): Change => {
  const change: Change = {};
  const filters: [property: string, list: string[]][] = [];
  for (const part of fragment.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    const name = decoded(at < 0 ? part : part.slice(0, at));
    if (name === null) continue;
    const list = (at < 0 ? "" : part.slice(at + 1))
      .split(",")
      .filter(Boolean)
      .map((item) => (item === NONE ? "" : (decoded(item) ?? item)));
    const property = properties.get(name);
    if (Object.hasOwn(READERS, name)) Object.assign(change, READERS[name](list.join(","), list));
    else if (property !== undefined) filters.push([property, list]);
  }
  return filters.length ? { ...change, filters: Object.fromEntries(filters) } : change;
};

/** The same, without what cannot be taken over whole. */
export const readAddress = (fragment: string): Change => wholeParts(readFragment(fragment));

// A page in a frame's attribute (srcdoc) has no address. Its root element has the first state.
/** The change that the address requested when the page opened. */
export const askedFirst = readAddress(window.location.hash || document.documentElement.dataset.fragment || "");

/** Whether the page has no panel, as in a frame. */
export const embedded = Boolean(askedFirst.embed);

/** The origins of the pages around this one that may ask for its state and change it. */
export const hosts: readonly string[] = askedFirst.hosts ?? [];

/** Whether the comparison is open at first: if there is space for map and table. */
export const comparesAtFirst = (): boolean =>
  Boolean(data.comparison?.rows.length) && !embedded && window.innerWidth >= ROOM && window.innerHeight >= 600;

/** A value of a list; no comma in it can be taken for the end. */
const item = (text: string): string =>
  text === ""
    ? NONE
    : encodeURIComponent(text)
        .replace(/%(2F|3A)/g, decodeURIComponent)
        .replaceAll(NONE, "%7E");

const plain = (text: string): string => encodeURIComponent(text).replace(/%(2F|3A|2C)/g, decodeURIComponent);

const stepOf = ({ story }: State): string[] => (story ? [`story=${story}`] : []);
/** The parts of the address that say how the page is framed. They never change. */
const FRAME = [...(embedded ? ["embed"] : []), ...(hosts.length ? [`host=${hosts.map(item).join(",")}`] : [])];

/** Whether a state has its strip of years open, if nobody has opened or closed it. */
export const asksForStrip = ({ year, against }: State): boolean => !embedded && (year !== null || against !== null);

/** A part with a list, or without an empty one. */
const listed = (name: string, list: string[]): string => [name, list.join(",")].filter(Boolean).join("=");

/** What was opened or closed, and the points that are measured. */
const toolParts = (state: State): string[] => {
  const { strip, measured, sheet, folds } = state;
  const points = measured?.map((point) => point.join("/"));
  return present([
    strip !== null && strip !== asksForStrip(state) && `strip=${Number(strip)}`,
    points && listed("measure", points),
    sheet && `sheet=${sheet}`,
    folds.length > 0 && listed("folds", folds.map(item)),
  ]);
};

/** The fragment of a state, as short as possible. */
export const fragmentOf = (state: State): string => {
  const parts: string[] = [];
  if (state.view) parts.push(`map=${state.view.zoom}/${state.view.lat}/${state.view.lng}`);
  if (state.layers.join() !== defaultLayers.join()) parts.push(`layers=${state.layers.map(item).join(",")}`);
  for (const [part, property] of properties)
    if (Object.hasOwn(state.filters, property))
      parts.push(`${plain(part)}=${[state.filters[property]].flat().map(item).join(",")}`);
  parts.push(`lang=${state.lang}`);
  if (state.year !== null) parts.push(`year=${state.year}`);
  if (state.against !== null) parts.push(`against=${state.against}`);
  if (state.against !== null && state.split !== 50) parts.push(`split=${state.split}`);
  parts.push(...toolParts(state));
  if (state.selected) parts.push(`select=${plain(state.selected)}`);
  if (state.theme === "dark") parts.push("theme=dark");
  if (state.table) parts.push(listed("table", listOfRows(state.rows).map(item)));
  if (data.comparison && state.compare !== comparesAtFirst()) parts.push(`compare=${Number(state.compare)}`);
  if (ROUTES && state.route) parts.push(`route=${plain(routeText(state.route))}`);
  if (state.scenario && state.scenario !== firstScenario) parts.push(`scenario=${plain(state.scenario)}`);
  if (STORY) parts.push(...stepOf(state));
  if (state.after !== 100) parts.push(`after=${state.after}`);
  return `#${[...parts, ...FRAME].join("&")}`;
};

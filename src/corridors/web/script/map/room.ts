/* The room that the window leaves the map: how the page is laid out, what covers the map, whether it is paper. */
import { present } from "../dom.ts";
import { data } from "../payload/data.ts";
import { pick } from "../payload/text.ts";
import { embedded } from "../state/address.ts";

const NARROW = 700; // pixels of width under which the panel no longer stands beside the map
const LOW = 520; // pixels of height under which a sheet would leave no map
const SMALL = 560; // pixels of width under which a card beside the map would cover most of it
const FLAT = 300; // pixels of height under which an open key would

/** How the panel stands: beside the map, as a sheet from below, folded away, or not at all. */
export type Layout = "beside" | "sheet" | "folded" | "bare";

let panel: HTMLElement | null = null;
let covers: HTMLElement[] = [];
let map: L.Map;
let paper = false;

/** Whether the page stands in a frame of another. */
export const framed = window.self !== window.top;

/** Whether there is anything to put in a panel; a bare map has none. */
export const hasPanel = (): boolean => Boolean(pick(data.map.title) || data.map.groups?.length);

/** Say what may cover the map: the panel and others, as far as the page has them. */
export const setCovers = (panelNode: HTMLElement | null, ...others: (HTMLElement | null)[]): void => {
  panel = panelNode;
  covers = present([panelNode, ...others]);
};

/** Say whose room it is. */
export const setRoomMap = (leaflet: L.Map): void => {
  map = leaflet;
};

/** Whether the page is laid for paper now, and its map shows no view of the reader's. */
export const onPaper = (): boolean => paper;

export const setPaper = (on: boolean): void => {
  paper = on;
};

/** The layout that the present window asks for. */
export const layoutOf = (): Layout => {
  if (embedded || !panel) return "bare";
  if (window.innerWidth >= NARROW) return "beside";
  return framed || window.innerHeight < LOW ? "folded" : "sheet";
};

/** Whether the window has no room for a card or a key beside the map: they are sheets from below then. */
export const isSmall = (): boolean => window.innerWidth < SMALL || window.innerHeight < FLAT || layoutOf() === "sheet";

/** How much of the map is covered, in pixels from its top left and bottom right corners. */
export const freeArea = (): { topLeft: L.PointTuple; bottomRight: L.PointTuple } => {
  const size = map.getSize();
  const field = map.getContainer().getBoundingClientRect();
  let [right, bottom] = [0, 24];
  for (const node of covers) {
    const rect = node.getBoundingClientRect();
    if (!rect.height || rect.right <= field.left || rect.top >= field.bottom) continue; // not there, or beside the map
    if (rect.width > size.x * 0.7) bottom = Math.max(bottom, field.bottom - rect.top);
    else if (rect.left > field.left) right = Math.max(right, field.right - rect.left);
  }
  return { topLeft: [0, Math.min(40, size.y * 0.2)], bottomRight: [right, Math.min(bottom, size.y * 0.7)] };
};

/* The free area of the map in the window: the layout of the page, the parts that cover the map, and print. */
import { present } from "../dom.ts";
import { data } from "../payload/data.ts";
import { pick } from "../payload/text.ts";
import { embedded } from "../state/address.ts";
import { steps } from "../state/story.ts";

const NARROW = 700; // pixels of width below which the panel is not beside the map
export const LOW = 520; // pixels of height under which a sheet would leave no map
export const SMALL = 560; // pixels of width under which a card beside the map would cover most of it
const FLAT = 300; // pixels of height below which an open key would

/** The place of the panel: beside the map; below it as a sheet, or as a strip; folded over it; or not shown. */
export type Layout = "beside" | "sheet" | "strip" | "folded" | "bare";

let panel: HTMLElement | null = null;
let covers: HTMLElement[] = [];
let map: L.Map;
let paper = false;

/** Whether the page is in a frame of another page. */
export const framed = window.self !== window.top;

/** Whether a panel would have content; a bare map has none. */
export const hasPanel = (): boolean => Boolean(pick(data.map.title) || data.map.groups?.length);

/** Set the elements that may cover the map: the panel and others, if the page has them. */
export const setCovers = (panelNode: HTMLElement | null, ...others: (HTMLElement | null)[]): void => {
  panel = panelNode;
  covers = present([panelNode, ...others]);
};

/** Set the map. */
export const setRoomMap = (leaflet: L.Map): void => {
  map = leaflet;
};

/** Whether the page has its layout for print now, so that its map does not show the reader's view. */
export const onPaper = (): boolean => paper;

export const setPaper = (on: boolean): void => {
  paper = on;
};

/** Whether the page has a story. Its text is read wherever the map is seen, so it never covers the map. */
export const tellsStory = (): boolean => STORY && steps.length > 0;

/** The layout for the current window. */
export const layoutOf = (): Layout => {
  const { innerWidth: width, innerHeight: height } = window;
  if (!panel || (embedded && !tellsStory())) return "bare";
  if (width >= NARROW && !embedded) return "beside";
  if (tellsStory()) return width < SMALL ? "sheet" : "strip";
  return framed || height < LOW ? "folded" : "sheet";
};

/** Whether the panel is below the map now, so that its height is taken from the map. */
export const isBelow = (): boolean => ["sheet", "strip"].includes(document.documentElement.dataset.layout ?? "");

/** Whether the window has no space for a card or a key beside the map. Then they are sheets from below. */
export const isSmall = (): boolean => window.innerWidth < SMALL || window.innerHeight < FLAT || layoutOf() === "sheet";

/** The height in pixels of the part of the map that continues below its field: under the strip of years. */
const underField = (): number => {
  const node = map.getContainer();
  return node.getBoundingClientRect().bottom - (node.parentElement as Element).getBoundingClientRect().bottom;
};

/** The size of the map in its field. */
export const sizeInField = (): L.Point => map.getSize().subtract([0, underField()]);

/** What of the map is in its field. */
export const boundsInField = (): L.LatLngBounds => {
  const { x, y } = sizeInField();
  return L.latLngBounds(map.containerPointToLatLng([0, y]), map.containerPointToLatLng([x, 0]));
};

/** The covered parts of the map, in pixels from its top left and bottom right corners. */
export const freeArea = (): { topLeft: L.PointTuple; bottomRight: L.PointTuple } => {
  const size = sizeInField();
  const field = (map.getContainer().parentElement as Element).getBoundingClientRect();
  let [left, right, bottom] = [0, 0, 24];
  for (const node of covers) {
    const rect = node.getBoundingClientRect();
    // Not shown, beside the map, or below it.
    if (!rect.height || rect.right <= field.left || rect.top >= field.bottom || (node === panel && isBelow())) continue;
    // What is given up is a strip along that edge of the map where it costs the least.
    const [low, west, east] = [field.bottom - rect.top, rect.right - field.left, field.right - rect.left];
    const least = Math.min(low * size.x, west * size.y, east * size.y);
    if (low * size.x === least) bottom = Math.max(bottom, low);
    else if (west * size.y === least) left = Math.max(left, west);
    else right = Math.max(right, east);
  }
  return {
    topLeft: [left, Math.min(40, size.y * 0.2)],
    bottomRight: [Math.min(right, size.x * 0.8 - left), Math.min(bottom, size.y * 0.7) + underField()],
  };
};

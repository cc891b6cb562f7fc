/* The pointer over a reader's own data: the worker says what it meets. Hover, tooltip, click. */
import { ask } from "../columns/client.ts";
import { el } from "../dom.ts";
import { inkOf } from "../look/colours.ts";
import { columnLayers, idOf } from "../payload/columns.ts";
import { data } from "../payload/data.ts";
import { isolated } from "../payload/isolated.ts";
import { pick } from "../payload/text.ts";
import { getState, propose } from "../state/state.ts";
import type { Answer } from "../types/columns.ts";
import { chooseAt } from "./chosen.ts";
import { clickRow, highlightPaths, rowTooltip } from "./column_labels.ts";
import { columnOrder } from "./column_look.ts";
import { outlinePaths } from "./column_outline.ts";
import { lineScale } from "./scale.ts";

type Hit = NonNullable<Answer<"hit">>;

const TOLERANCE = 6; // pixels around the pointer
const TOUCH = 12; // pixels around a finger
const MOST = 20_000; // positions of an outline that is shown while the pointer is on it

let map: L.Map;
let tip: L.Tooltip;
let shownTip: L.Tooltip | null = null;
let asking = false;
/** The position of the pointer, until the worker is asked for it; null outside the map. */
let pointer: L.LatLng | null = null;
let met: Hit | null = null;
let shown: L.Path[] = [];

const hitAt = (at: L.LatLng, tolerance: number): Promise<Answer<"hit">> => {
  const zoom = map.getZoom();
  const { x, y } = map.project(at, zoom);
  return ask("hit", { x, y, zoom, tolerance, order: columnOrder(getState().layers) });
};

/** The name of a feature, and what it is. */
export const hint = ({ name, class: id, layer }: Hit): HTMLElement => {
  const group = data.map.groups?.find((entry) => entry.id === columnLayers[layer].id);
  const kind = pick(data.classes[id]?.title) || pick(group?.title);
  return el("span", { class: "hint" }, el("b", {}, isolated(name ?? kind)), name ? ` · ${kind}` : "");
};

/** The tooltip at a feature; null if it has none. */
const tipOf = async (found: Hit, at: L.LatLng): Promise<L.Tooltip | null> =>
  columnLayers[found.layer].pointer ? rowTooltip(found, at) : tip.setLatLng(at).setContent(hint(found));

/** Show what the pointer is on. */
const mark = (found: Hit | null): void => {
  if (found?.layer === met?.layer && found?.row === met?.row) return;
  for (const path of shown) path.remove();
  met = found;
  map.getContainer().classList.toggle("meets", Boolean(met));
  const length = met?.outline.reduce((sum, part) => sum + part.length / 2, 0) ?? 0;
  shown = met && length <= MOST ? pathsOf(met) : [];
  for (const path of shown) path.addTo(map);
};

const pathsOf = (found: Hit): L.Path[] => {
  const zoom = map.getZoom();
  if (columnLayers[found.layer].pointer) return highlightPaths(found, zoom);
  return outlinePaths(found.outline, data.classes[found.class], hoverStyle(found.class), zoom);
};

const hoverStyle = (id: string): L.PathOptions => {
  const { geometry, style } = data.classes[id];
  if (geometry === "area") return { className: "met area", weight: 1.4 };
  const weight = geometry === "line" ? (style.width ?? 2) * lineScale(map.getZoom()) + 1.5 : 1.5;
  return { className: `met ${geometry}`, weight, color: inkOf(id) };
};

/** Ask the worker for the pointer's last position: one question at a time. */
const look = async (): Promise<void> => {
  if (asking) return;
  asking = true;
  while (pointer) {
    const at = pointer;
    pointer = null;
    await pointAt(await hitAt(at, TOLERANCE), at);
  }
  asking = false;
};

/** Show what a feature is, at a position; null: show nothing. */
export const pointAt = async (found: Hit | null, at: L.LatLng): Promise<void> => {
  mark(found);
  const next = found && (await tipOf(found, at));
  if (shownTip && shownTip !== next) map.closeTooltip(shownTip);
  if (next) map.openTooltip(next);
  shownTip = next;
};

export const leavePointer = (): void => {
  pointer = null;
  mark(null);
  if (shownTip) map.closeTooltip(shownTip);
  shownTip = null;
};

const isTouch = ({ originalEvent }: L.LeafletMouseEvent): boolean =>
  originalEvent instanceof PointerEvent && originalEvent.pointerType === "touch";

/** Let the pointer find features. */
export const followPointer = (leaflet: L.Map): void => {
  map = leaflet;
  tip = L.tooltip({ direction: "top", offset: [0, -8], opacity: 1, className: "tip" });
  map.on("mousemove", ({ latlng }: L.LeafletMouseEvent) => {
    pointer = latlng;
    look();
  });
  map.on("mouseout movestart", leavePointer);
  map.on("click", async (event: L.LeafletMouseEvent) => {
    const found = await hitAt(event.latlng, isTouch(event) ? TOUCH : TOLERANCE);
    if (found && (await clickRow(map, found, event.latlng))) return;
    if (found) chooseAt(idOf(found), event.latlng);
    else propose({ selected: null });
  });
};

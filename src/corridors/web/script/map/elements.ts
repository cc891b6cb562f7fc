/* Draws folium's elements from their data: layers in order, then the control, the view, and open or front layers. */
import { el } from "../dom.ts";
import type { ElementData, LayerData, RichText, ViewData } from "../types/elements.ts";
import { addMousePosition } from "./element_controls.ts";
import { layerMaker, PANE } from "./element_layers.ts";
import { DEEPEST_ZOOM } from "./heat.ts";
import { setHome } from "./home.ts";
import { layerControl } from "./leaflet.ts";
import { addMeasureControl } from "./measure.ts";
import { addMiniMap } from "./minimap.ts";
import { richBox } from "./rich_text.ts";
import { freeArea, hasPanel } from "./room.ts";

// The page's own controls are in the corners of the map too. Leaflet's keep away from them. In pixels.
const CORNERS: [top: "top" | "bottom", side: "left" | "right", room: number][] = [
  ["top", "left", 104],
  ["top", "right", 44],
  ["bottom", "left", 36],
  ["bottom", "right", 20],
];

interface Drawn {
  data: LayerData;
  layer: L.Layer;
}

const isLayer = (data: ElementData): data is LayerData =>
  !["view", "fit_bounds", "layer_control", "mouse_position", "fullscreen", "mini_map", "measure_control"].includes(
    data.type,
  );

const isView = (data: ElementData): data is ViewData => data.type === "view" || data.type === "fit_bounds";

const clearCorners = (map: L.Map): void => {
  for (const [end, side, room] of CORNERS) {
    const node = map.getContainer().querySelector<HTMLElement>(`.leaflet-${end}.leaflet-${side}`);
    if (node) node.style[end] = `${room}px`;
  }
};

/** Credits of the layers on the map, as nodes, since Leaflet's own control would parse them as markup. */
const creditControl = (map: L.Map) => {
  const list = el("div", { class: "leaflet-control-attribution" });
  const credits = new L.Control({ position: "bottomright" });
  credits.onAdd = () => list;
  return (layer: L.Layer, tree: RichText[]): void => {
    const line = richBox(tree);
    layer.on({ add: () => list.append(line), remove: () => line.remove() });
    if (!list.isConnected) credits.addTo(map);
  };
};

const setUp = (map: L.Map, { minZoom, maxZoom, maxBounds, zoomControl, ...handlers }: L.MapOptions): void => {
  if (minZoom !== undefined) map.setMinZoom(minZoom);
  map.setMaxZoom(maxZoom ?? DEEPEST_ZOOM);
  if (maxBounds) map.setMaxBounds(maxBounds);
  for (const [name, on] of Object.entries(handlers)) {
    const handler: unknown = Reflect.get(map, name);
    if (handler instanceof L.Handler) handler[on ? "enable" : "disable"]();
  }
  if (zoomControl === false) document.querySelector(".controls.zoom")?.remove();
};

const look = (map: L.Map, data: ViewData): void => {
  if (data.type === "view") {
    map.setView(data.center, data.zoom, { animate: false });
    return;
  }
  const free = hasPanel() && !data.options.padding ? freeArea() : null;
  const padding = free ? { paddingTopLeft: free.topLeft, paddingBottomRight: free.bottomRight } : {};
  map.fitBounds(data.bounds, { ...padding, ...data.options, animate: false });
};

const addControl = (map: L.Map, data: ElementData & { type: "layer_control" }, layers: Drawn[]): void => {
  const control = layerControl(data.options);
  for (const { data: entry, layer } of layers) {
    if (entry.control) control[entry.overlay ? "addOverlay" : "addBaseLayer"](layer, entry.name ?? "");
  }
  control.addTo(map);
  if (data.draggable) new L.Draggable(control.getContainer() as HTMLElement).enable();
};

const addControls = (map: L.Map, elements: ElementData[], layers: Drawn[]): void => {
  for (const data of elements) {
    if (data.type === "layer_control") addControl(map, data, layers);
    if (data.type === "mouse_position") addMousePosition(map, data);
    if (data.type === "mini_map") addMiniMap(map, data.options);
    if (data.type === "measure_control") addMeasureControl(map, data.options);
  }
};

/** Draw folium's elements on the map. */
export const drawElements = (map: L.Map, elements: ElementData[]): void => {
  if (!map.getPane(PANE)) map.createPane(PANE).style.zIndex = "590";
  clearCorners(map);
  const make = layerMaker(map, L.svg({ pane: PANE, padding: 0.3 }));
  const showCredit = creditControl(map);
  const opened: L.Layer[] = [];
  const front: ((L.Layer & { bringToFront?: () => void }) | undefined)[] = []; // by their places

  const draw = (data: LayerData): L.Layer | null => {
    const layer = make(data, draw);
    if (!layer) return null;
    if (data.attribution) showCredit(layer, data.attribution);
    if (data.popup?.show) opened.push(layer);
    if (data.front !== undefined) front[data.front] = layer;
    return layer;
  };

  const views = elements.filter(isView);
  for (const data of views) if (data.type === "view") setUp(map, data.options);
  const layers: Drawn[] = [];
  for (const data of elements) {
    const layer = isLayer(data) ? draw(data) : null;
    if (layer) layers.push({ data: data as LayerData, layer });
  }
  for (const { data, layer } of layers) if (data.show !== false) layer.addTo(map);
  addControls(map, elements, layers);

  const home = (): void => {
    for (const data of views) look(map, data);
  };
  if (views.length) {
    setHome(home);
    home();
  }
  const toFront = (): void => {
    for (const layer of front) layer?.bringToFront?.();
  };
  map.on("overlayadd", toFront);
  toFront();
  for (const layer of opened) if (map.hasLayer(layer)) layer.openPopup();
};

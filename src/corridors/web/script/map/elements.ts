/* Draws folium's elements from their data. Every word of theirs becomes a text node; nothing here parses markup. */
import { el, svg } from "../dom.ts";
import { goHome, setHome } from "./home.ts";
import { freeArea, hasPanel } from "./room.ts";
import { formatNumber } from "../payload/text.ts";

const TAGS = new Set(("a b br caption code div em h1 h2 h3 h4 h5 h6 hr i li ol p pre small span strong sub sup table"
  + " tbody td tfoot th thead tr u ul").split(" "));
const LINK = /^(https?:\/\/|mailto:)/i;
const PIN_COLOURS = {
  red: "#c9302c", darkred: "#8f2626", lightred: "#ea6f5f", orange: "#e8862a", beige: "#d9a877", green: "#5c9a1f",
  darkgreen: "#5a6e2c", lightgreen: "#8fbf5a", blue: "#2a81cb", darkblue: "#1f5c8d", cadetblue: "#3f6776",
  lightblue: "#66a9d9", purple: "#a63bb0", darkpurple: "#563a61", pink: "#e07fc0", white: "#f7f7f7", gray: "#6f6f6f",
  lightgray: "#a3a3a3", black: "#2b2b2b",
};
const PANE = "corridors-elements"; // above the atlas's own lines, below the markers
const DEEPEST_ZOOM = 18; // folium's; the atlas's own data stops making sense much earlier

/** Document nodes of a tree of rich text; what is not on the list of tags is never made. */
const nodesOf = (tree) => (tree || []).map((node) => {
  if (typeof node === "string") return node;
  if ("number" in node) return formatNumber(node.number);
  if (!TAGS.has(node.tag)) return null;
  const made = el(node.tag, {}, ...nodesOf(node.children));
  for (const [property, value] of Object.entries(node.style || {})) made.style.setProperty(property, value);
  if (node.tag === "a" && LINK.test(node.href || "")) {
    made.setAttribute("href", node.href);
    made.setAttribute("rel", "noopener noreferrer");
    made.setAttribute("target", "_blank");
  }
  return made;
});

const box = (tree, tag = "div") => el(tag, {}, ...nodesOf(tree));

const pin = (colour, dot) => {
  const shape = svg("path", { d: "M13 1C6 1 1 6.300 1 13c0 8 8.500 12.500 12 22 3.500-9.500 12-14 12-22C25 6.300 20 1 13 1z", fill: PIN_COLOURS[colour] || colour, stroke: "#fff", "stroke-width": "1.500" });
  const eye = svg("circle", { cx: 13, cy: 13, r: 4.5, fill: PIN_COLOURS[dot] || dot });
  return svg("svg", { viewBox: "0 0 26 36", width: 26, height: 36, "aria-hidden": "true", focusable: "false" }, shape, eye);
};

const iconOf = (icon, style = {}) => {
  if (icon.type === "image") return L.icon(icon.options);
  if (icon.type === "div") {
    return L.divIcon({ ...icon.options, html: box(style.html || icon.html), className: icon.boxed ? "leaflet-div-icon" : "corridors-div-icon" });
  }
  const html = pin(style.pin || icon.color, style.dot || icon.dot);
  return L.divIcon({ html, className: "corridors-pin", iconSize: [26, 36], iconAnchor: [13, 36], popupAnchor: [0, -30], tooltipAnchor: [11, -20] });
};

const wordsOf = (tree) => (tree && tree.length ? box(tree).textContent.trim().replace(/\s+/g, " ").slice(0, 120) : "");

/** Give what can be clicked a name for readers that cannot see it, and a line or area a place in the tab order. */
const nameLayer = (layer, data) => {
  const words = data.options?.alt || data.options?.title || wordsOf(data.tooltip?.content) || wordsOf(data.popup?.content);
  layer.on("add", () => {
    const node = layer.getElement && layer.getElement();
    if (!node) return;
    const at = layer.getLatLng ? layer.getLatLng() : layer.getBounds().getCenter();
    node.setAttribute("aria-label", words || `${at.lat.toFixed(2)}, ${at.lng.toFixed(2)}`);
    if (!(layer instanceof L.Path) || !data.popup) return;
    node.setAttribute("tabindex", "0");
    node.setAttribute("role", "button");
  });
};

const label = (layer, { tooltip, popup }) => {
  if (tooltip) layer.bindTooltip(() => box(tooltip.content), { ...tooltip.options, sticky: tooltip.sticky });
  if (popup) {
    const width = popup.max_width === null ? {} : { maxWidth: popup.max_width };
    layer.bindPopup(() => box(popup.content), { ...popup.options, ...width });
  }
  return layer;
};

const vector = (options, renderer) => (options.pane ? options : { ...options, pane: PANE, renderer });

/** Leaflet puts the names of layers into the page as markup; here they are set as text. */
const LayerControl = L.Control.Layers.extend({
  _addItem(entry) {
    const row = L.Control.Layers.prototype._addItem.call(this, { ...entry, name: "" });
    row.querySelector("span > span").textContent = ` ${entry.name}`;
    return row;
  },
});

/** Build one point of a GeoJSON layer. */
const pointOf = (marker, at, style, renderer) => {
  const options = marker?.options || {};
  if (marker?.type === "circle") return L.circle(at, vector({ ...options, ...style }, renderer));
  if (marker?.type === "circle_marker") return L.circleMarker(at, vector({ ...options, ...style }, renderer));
  return L.marker(at, { ...options, icon: iconOf(marker?.icon || { type: "pin", color: "blue", dot: "white" }, style) });
};

const geoJson = (map, data, renderer) => {
  const { features } = data.data;
  const place = new Map(features.map((feature, index) => [feature, index]));
  const styleOf = (feature) => data.styles[place.get(feature)] || {};
  const smooth = "smooth_factor" in data ? { smoothFactor: data.smooth_factor } : {};

  const highlight = (layer, index) => {
    const on = () => layer.setStyle && layer.setStyle(data.highlights[index] || {});
    const off = () => layer.setStyle && group.resetStyle(layer);
    layer.on("mouseover", on);
    layer.on("mouseout", () => { if (!data.keep_highlighted || !layer.isPopupOpen()) off(); });
    if (data.keep_highlighted) layer.on({ popupopen: on, popupclose: off });
  };
  const zoomTo = (layer) => {
    if (layer.getBounds) map.fitBounds(layer.getBounds());
    else map.flyTo(layer.getLatLng(), map.getZoom() > 12 ? map.getZoom() : map.getZoom() + 1);
  };

  const group = L.geoJSON(null, {
    ...vector({ ...data.options, ...smooth }, renderer),
    style: styleOf,
    pointToLayer: (feature, at) => pointOf(data.marker, at, styleOf(feature), renderer),
    onEachFeature: (feature, layer) => {
      const index = place.get(feature);
      const labels = { tooltip: data.tooltips?.[index] || data.tooltip, popup: data.popups?.[index] || data.popup };
      label(layer, labels);
      nameLayer(layer, labels);
      if (data.highlights) highlight(layer, index);
      if (data.zoom_on_click) layer.on("click", () => zoomTo(layer));
    },
  });
  group.addData(data.data);
  return group;
};

/** Credits of the layers that are on the map, as nodes: Leaflet's own control would take them as markup. */
const creditControl = (map) => {
  const list = el("div", { class: "leaflet-control-attribution" });
  const Credits = L.Control.extend({ options: { position: "bottomright" }, onAdd: () => list });
  return (layer, tree) => {
    const line = box(tree);
    layer.on({ add: () => list.append(line), remove: () => line.remove() });
    if (!list.isConnected) new Credits().addTo(map);
  };
};

const setUp = (map, { options }) => {
  const { minZoom, maxZoom, maxBounds, zoomControl, ...handlers } = options;
  if (minZoom !== undefined) map.setMinZoom(minZoom);
  map.setMaxZoom(maxZoom ?? DEEPEST_ZOOM);
  if (maxBounds) map.setMaxBounds(maxBounds);
  for (const [name, on] of Object.entries(handlers)) {
    if (map[name]?.enable) map[name][on ? "enable" : "disable"]();
  }
  if (zoomControl === false) document.querySelector(".controls.zoom")?.remove();
};

const look = (map, data) => {
  if (data.type === "view") return map.setView(data.center, data.zoom, { animate: false });
  const free = hasPanel() && !data.options.padding ? freeArea() : {};
  return map.fitBounds(data.bounds, { paddingTopLeft: free.topLeft, paddingBottomRight: free.bottomRight, ...data.options, animate: false });
};

const tiles = (map, data) => {
  const layer = L.tileLayer(data.url, { ...data.options, referrerPolicy: "strict-origin-when-cross-origin" });
  const ground = map.getPane("corridors-base");
  // Tiles bring their own land and sea: ours would lie on top of them.
  if (ground && !data.overlay) layer.on({ add: () => { ground.style.display = "none"; }, remove: () => { ground.style.display = ""; } });
  return layer;
};

const addControl = (map, data, layers) => {
  const control = new LayerControl({}, {}, data.options);
  for (const [entry, layer] of layers) {
    if (entry.control) control[entry.overlay ? "addOverlay" : "addBaseLayer"](layer, entry.name);
  }
  control.addTo(map);
  if (data.draggable) new L.Draggable(control.getContainer()).enable();
};

// The page's own controls stand in the corners of the map too; Leaflet's keep clear of them. In pixels.
const CORNERS = { topleft: ["top", 104], topright: ["top", 44], bottomleft: ["bottom", 36], bottomright: ["bottom", 20] };

const clearCorners = (map) => {
  for (const [corner, [side, room]] of Object.entries(CORNERS)) {
    const node = map.getContainer().querySelector(`.leaflet-${side}.leaflet-${corner.slice(side.length)}`);
    if (node) node.style[side] = `${room}px`;
  }
};

/** Draw folium's elements on the map: layers in their order, then the control, the view and what is open or in front. */
export const drawElements = (map, elements) => {
  if (!elements || !elements.length) return;
  if (!map.getPane(PANE)) map.createPane(PANE).style.zIndex = "590";
  clearCorners(map);
  const renderer = L.svg({ pane: PANE, padding: 0.3 });
  const showCredit = creditControl(map);
  const opened = [];
  const front = [];

  const build = {
    marker: (data) => L.marker(data.location, { ...data.options, icon: iconOf(data.icon), draggable: data.draggable }),
    circle: (data) => L.circle(data.location, vector(data.options, renderer)),
    circle_marker: (data) => L.circleMarker(data.location, vector(data.options, renderer)),
    polyline: (data) => L.polyline(data.locations, vector(data.options, renderer)),
    polygon: (data) => L.polygon(data.locations, vector(data.options, renderer)),
    rectangle: (data) => L.rectangle(data.locations, vector(data.options, renderer)),
    geojson: (data) => geoJson(map, data, renderer),
    tile_layer: (data) => tiles(map, data),
    feature_group: (data) => L.featureGroup(data.children.map(draw).filter(([child, layer]) => child.show !== false && layer).map(([, layer]) => layer), data.options),
  };

  const draw = (data) => {
    if (!(data.type in build)) return [data, null];
    const layer = build[data.type](data);
    if (data.attribution) showCredit(layer, data.attribution);
    if (data.type !== "geojson") {
      label(layer, data);
      if (data.type !== "feature_group" && data.type !== "tile_layer") nameLayer(layer, data);
    }
    if (data.popup?.show) opened.push(layer);
    if ("front" in data) front[data.front] = layer;
    return [data, layer];
  };

  const views = elements.filter((data) => data.type === "view" || data.type === "fit_bounds");
  for (const data of views) if (data.type === "view") setUp(map, data);
  const layers = elements.map(draw).filter(([, layer]) => layer);
  for (const [data, layer] of layers) if (data.show !== false) layer.addTo(map);
  for (const data of elements) if (data.type === "layer_control") addControl(map, data, layers.filter(([entry]) => "control" in entry));

  if (views.length) setHome(() => views.forEach((data) => look(map, data)));
  if (views.length) goHome();
  const toFront = () => front.forEach((layer) => layer.bringToFront && layer.bringToFront());
  map.on("overlayadd", toFront);
  toFront();
  for (const layer of opened) if (map.hasLayer(layer)) layer.openPopup();
};

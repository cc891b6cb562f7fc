/* folium's layers as Leaflet's: markers, paths, GeoJSON, tiles and groups, with their tooltips and popups. */
import { aria } from "../dom.ts";
import type { ElementLabel, ElementStyle, GeoJsonData, LayerData } from "../types/elements.ts";
import { clusterLayer } from "./cluster.ts";
import { columnSwitch } from "./column_switch.ts";
import { followScale } from "./element_controls.ts";
import { heatLayer } from "./heat.ts";
import { iconOf, richBox, wordsOf } from "./rich_text.ts";

/** Above the atlas's own lines, below the markers. */
export const PANE = "corridors-elements";

interface Labels {
  tooltip?: ElementLabel;
  popup?: ElementLabel;
}

/** Methods that a layer of unknown kind may have. */
type AnyLayer = L.Layer &
  Partial<Pick<L.Path, "getElement" | "setStyle"> & Pick<L.Polyline, "getBounds"> & Pick<L.Marker, "getLatLng">>;

const BLUE_PIN = { type: "pin", color: "blue", dot: "white" } as const;

/** Give clickable layers a name for screen readers, and lines and areas a place in the tab order. */
const nameLayer = (layer: AnyLayer, { tooltip, popup }: Labels, options: Record<string, unknown> = {}): void => {
  const words = options.alt || options.title || wordsOf(tooltip?.content) || wordsOf(popup?.content);
  layer.on("add", () => {
    const node = layer.getElement?.();
    const at = layer.getLatLng?.() ?? layer.getBounds?.().getCenter();
    if (!node || !at) return;
    aria(node, "label", words || `${at.lat.toFixed(2)}, ${at.lng.toFixed(2)}`);
    if (!(layer instanceof L.Path) || !popup) return;
    node.setAttribute("tabindex", "0");
    node.setAttribute("role", "button");
  });
};

const bindLabels = (layer: L.Layer, { tooltip, popup }: Labels): void => {
  if (tooltip) layer.bindTooltip(() => richBox(tooltip.content), { ...tooltip.options, sticky: tooltip.sticky });
  if (!popup) return;
  const width = popup.max_width === null ? {} : { maxWidth: popup.max_width };
  layer.bindPopup(() => richBox(popup.content), { ...popup.options, ...width });
};

const tiles = (map: L.Map, url: string, options: object | undefined, overlay: boolean): L.TileLayer => {
  const layer = L.tileLayer(url, { ...options, referrerPolicy: "strict-origin-when-cross-origin" });
  const ground = map.getPane("corridors-base");
  const show = (display: string) => () => {
    if (ground) ground.style.display = display;
  };
  // Tiles have their own land and sea. Ours would cover them.
  if (!overlay) layer.on({ add: show("none"), remove: show("") });
  return layer;
};

/** Functions that make layers of a map from their data. Paths without a pane use the pane of the renderer. */
export const layerMaker = (map: L.Map, renderer: L.Renderer) => {
  const vector = <T extends L.PathOptions>(options: T): T =>
    options.pane ? options : { ...options, pane: PANE, renderer };

  const pointOf = ({ marker }: GeoJsonData, at: L.LatLng, style: ElementStyle): L.Layer => {
    const options = { ...marker?.options };
    if (marker?.type === "circle") return L.circle(at, vector({ ...options, ...style } as L.CircleOptions));
    if (marker?.type === "circle_marker") return L.circleMarker(at, vector({ ...options, ...style }));
    return L.marker(at, { ...options, icon: iconOf(marker?.icon ?? BLUE_PIN, style) });
  };

  const zoomTo = (layer: AnyLayer): void => {
    const at = layer.getLatLng?.();
    if (layer.getBounds) map.fitBounds(layer.getBounds());
    else if (at) map.flyTo(at, map.getZoom() > 12 ? map.getZoom() : map.getZoom() + 1);
  };

  const geoJson = (data: GeoJsonData): L.GeoJSON => {
    const place = new Map(data.data.features.map((feature, index) => [feature, index]));
    const indexOf = (feature?: GeoJSON.Feature): number => (feature ? place.get(feature) : undefined) ?? -1;
    const styleOf = (feature?: GeoJSON.Feature): ElementStyle => data.styles[indexOf(feature)] ?? {};
    const smooth = data.smooth_factor === undefined ? {} : { smoothFactor: data.smooth_factor };

    const highlight = (layer: AnyLayer, style: ElementStyle): void => {
      const on = (): void => {
        layer.setStyle?.(style);
      };
      const off = (): void => {
        if (layer.setStyle) group.resetStyle(layer);
      };
      layer.on("mouseover", on);
      layer.on("mouseout", () => {
        if (!data.keep_highlighted || !layer.isPopupOpen()) off();
      });
      if (data.keep_highlighted) layer.on({ popupopen: on, popupclose: off });
    };

    const group = L.geoJSON(null, {
      ...vector<L.PolylineOptions>({ ...data.options, ...smooth }),
      style: styleOf,
      pointToLayer: (feature, at) => pointOf(data, at, styleOf(feature)),
      onEachFeature: (feature, layer) => {
        const index = indexOf(feature);
        const labels = { tooltip: data.tooltips?.[index] ?? data.tooltip, popup: data.popups?.[index] ?? data.popup };
        bindLabels(layer, labels);
        nameLayer(layer, labels);
        if (data.highlights) highlight(layer, data.highlights[index] ?? {});
        if (data.zoom_on_click) layer.on("click", () => zoomTo(layer));
      },
    });
    group.addData(data.data);
    return group;
  };

  /** A layer without its labels; null if the page does not know its kind. */
  const bare = (data: LayerData, draw: (data: LayerData) => L.Layer | null): L.Layer | null => {
    switch (data.type) {
      case "marker":
        return L.marker(data.location, { ...data.options, icon: iconOf(data.icon), draggable: data.draggable });
      case "circle":
        return L.circle(data.location, vector(data.options));
      case "circle_marker":
        return L.circleMarker(data.location, vector(data.options));
      case "polyline":
        return L.polyline(data.locations, vector({ ...data.options }));
      case "polygon":
        return L.polygon(data.locations, vector({ ...data.options }));
      case "rectangle":
        return L.rectangle(L.latLngBounds(data.locations), vector({ ...data.options }));
      case "geojson":
        return geoJson(data);
      case "columns":
        return columnSwitch(map, data.layers);
      case "tile_layer":
        return tiles(map, data.url, data.options, Boolean(data.overlay));
      case "feature_group": {
        const children = data.children.map((child) => ({ child, layer: draw(child) }));
        const shown = children.flatMap(({ child, layer }) => (child.show !== false && layer ? [layer] : []));
        const group = L.featureGroup(shown, data.options);
        if (data.scale) followScale(map, group, data.scale);
        return group;
      }
      case "marker_cluster": {
        const children = data.children.flatMap((child) => draw(child) ?? []);
        return clusterLayer(children, data.options);
      }
      case "heat_map":
        return heatLayer(data);
      default:
        return null;
    }
  };

  /** A layer with its labels. */
  return (data: LayerData, draw: (data: LayerData) => L.Layer | null): L.Layer | null => {
    const layer = bare(data, draw);
    if (!layer || data.type === "geojson") return layer; // the features of GeoJSON have their own labels
    bindLabels(layer, data);
    if (data.type !== "feature_group" && data.type !== "tile_layer" && data.type !== "columns")
      nameLayer(layer, data, { ...data.options });
    return layer;
  };
};

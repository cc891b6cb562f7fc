/* The shapes of folium's elements: see corridors.web.elements. */

/** Rich text as a tree: text, a number to be written in the language of the page, or a tag with its children. */
export type RichText =
  | string
  | { number: number }
  | { tag: string; children?: RichText[]; href?: string; style?: Record<string, string> };

export interface ElementLabel {
  content: RichText[];
  options: object;
  sticky?: boolean;
  max_width?: number | null;
  show?: boolean;
}

export type IconData =
  | { type: "image"; options: L.IconOptions }
  | { type: "div"; html?: RichText[]; boxed?: boolean; options?: L.BaseIconOptions }
  | { type: "pin"; color?: string; dot?: string };

/** The style of a feature. A pin and its dot have colours, a piece of rich text has its own words. */
export interface ElementStyle extends L.PathOptions {
  pin?: string;
  dot?: string;
  html?: RichText[];
}

/** A path as folium's elements have it: lengths in pixels, colours of CSS. No width is no stroke. */
export interface PathStyle {
  color: string;
  width: number;
  opacity: number;
  dash: number[];
  fill: string | null;
  fillOpacity: number;
  /** Of a circle. */
  radius: number;
}

interface Labelled {
  tooltip?: ElementLabel;
  popup?: ElementLabel;
}

interface Layered extends Labelled {
  name?: string;
  show?: boolean;
  overlay?: boolean;
  control?: boolean;
  attribution?: RichText[];
  front?: number;
  options?: Record<string, unknown>;
}

/** Latitude and longitude in degrees, as in folium. */
type Location = L.LatLngTuple;

export interface GeoJsonData extends Layered {
  type: "geojson";
  data: GeoJSON.FeatureCollection<GeoJSON.Geometry | null>;
  styles: ElementStyle[];
  highlights?: ElementStyle[];
  keep_highlighted?: boolean;
  zoom_on_click?: boolean;
  smooth_factor?: number;
  marker?: { type: "marker" | "circle" | "circle_marker"; options: object; icon?: IconData };
  tooltips?: ElementLabel[];
  popups?: ElementLabel[];
}

/** The legend of a choropleth: a colour for each step from edge to edge. */
export interface ScaleData {
  caption: string;
  colors: string[];
  edges: number[];
}

export interface ClusterOptions {
  maxClusterRadius?: number;
  disableClusteringAtZoom?: number;
  zoomToBoundsOnClick?: boolean;
}

export interface HeatOptions {
  radius?: number;
  blur?: number;
  minOpacity?: number;
  maxZoom?: number;
  gradient?: Record<string, string>;
}

export interface MiniMapOptions {
  position?: L.ControlPosition;
  /** Pixels. */
  width?: number;
  height?: number;
  collapsedWidth?: number;
  collapsedHeight?: number;
  zoomLevelOffset?: number;
  zoomLevelFixed?: number;
  /** False if the small map follows the large one. */
  centerFixed?: Location | false;
  zoomAnimation?: boolean;
  toggleDisplay?: boolean;
  autoToggleDisplay?: boolean;
  minimized?: boolean;
}

export type LengthUnit = "meters" | "kilometers" | "feet" | "miles";
export type AreaUnit = "sqmeters" | "hectares" | "acres" | "sqfeet" | "sqmiles";

export interface MeasureOptions {
  position?: L.ControlPosition;
  primaryLengthUnit?: LengthUnit;
  secondaryLengthUnit?: LengthUnit;
  primaryAreaUnit?: AreaUnit;
  secondaryAreaUnit?: AreaUnit;
  activeColor?: string;
  completedColor?: string;
}

/** The elements that were added to a map through folium: see corridors.web.elements. */
export type LayerData =
  | (Layered & { type: "marker"; location: Location; icon: IconData; draggable: boolean })
  | (Layered & { type: "circle"; location: Location; options: L.CircleOptions })
  | (Layered & { type: "circle_marker"; location: Location; options: L.CircleMarkerOptions })
  | (Layered & { type: "polyline" | "polygon"; locations: Location[] })
  | (Layered & { type: "rectangle"; locations: Location[] })
  | (Layered & { type: "tile_layer"; url: string })
  | (Layered & { type: "columns"; layers: string[] })
  | (Layered & { type: "feature_group"; children: LayerData[]; scale?: ScaleData })
  | (Layered & { type: "marker_cluster"; children: LayerData[]; options: ClusterOptions })
  | (Layered & { type: "heat_map"; points: [lat: number, lng: number, weight?: number][]; options: HeatOptions })
  | GeoJsonData;

export type ViewData =
  | { type: "view"; center: Location; zoom: number; options: L.MapOptions }
  | { type: "fit_bounds"; bounds: Location[]; options: L.FitBoundsOptions };

export type ElementData =
  | LayerData
  | ViewData
  | { type: "fullscreen" } // the page has a button for it
  | { type: "mini_map"; options: MiniMapOptions }
  | { type: "measure_control"; options: MeasureOptions }
  | {
      type: "mouse_position";
      options: {
        position?: L.ControlPosition;
        separator?: string;
        emptyString?: string;
        lngFirst?: boolean;
        numDigits?: number;
        prefix?: string;
      };
    }
  | { type: "layer_control"; options: L.Control.LayersOptions; draggable: boolean };

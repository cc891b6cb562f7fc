/*
 * Everything that uses private members of Leaflet, which a new release may change: a renderer that draws one feature
 * as several paths, one above the other (casing, ink, core, marks, hit line), from one projection, and a few queries.
 */
import { aria, svg } from "../dom.ts";
import { data } from "../payload/data.ts";
import { aside, crossBars, type Parts, partPath, stationTicks } from "./line_marks.ts";
import { lineScale, pointScale } from "./scale.ts";

const TIERS = ["area", "casing", "ink", "mark", "hit"] as const;

export type Tier = (typeof TIERS)[number];

/** The nodes of one feature, each in its tier. A node with its own position does not follow the line. */
export interface Drawing {
  nodes: { tier: Tier; node: SVGElement; place?: boolean; part?: keyof Parts }[];
  /** The node for pointer events. */
  target: SVGElement;
  /** Marks along the line: bars if it is suspended, ticks at its stops from a zoom on. */
  marks?: { node: SVGElement; suspended: boolean; stops: number[] | null; fromZoom: number } | null;
  /** The vertices of the parts of a line that look different. */
  parts?: Parts | null;
}

declare module "leaflet" {
  interface PathOptions {
    /** The function that draws a feature. */
    draw?: () => Drawing;
    /** Its place among the features of its renderer, from below. */
    order?: number;
    /** The distance in pixels of a ribbon from its course. */
    offset?: number;
  }

  interface Layer {
    _addFocusListeners(): void;
  }

  interface Path {
    _path: SVGElement;
    _parts: Point[][];
    _rings: Point[][];
    _point: Point;
    _project(): void;
    _update(): void;
    _simplifyPoints(): void;
  }

  interface SVG {
    _container?: SVGElement;
    _rootGroup?: SVGElement;
    _bounds: Bounds;
    _layers: Record<number, Path>;
    _initContainer(): void;
    _initPath(layer: Path): void;
    _addPath(layer: Path): void;
    _removePath(layer: Path): void;
    _updatePath(layer: Path): void;
    _updateStyle(layer: Path): void;
    _bringToFront(layer: Path): void;
    _bringToBack(layer: Path): void;
    _setPath(layer: Path, path: string): void;
    _updatePoly(layer: Path, closed?: boolean): void;
    _updateCircle(layer: Path): void;
  }

  interface Map {
    _getBoundsCenterZoom(bounds: LatLngBounds, options: FitBoundsOptions): { center: LatLng; zoom: number };
    _latLngToNewLayerPoint(latlng: LatLng, zoom: number, center: LatLng): Point;
  }

  namespace Control {
    interface Layers {
      _addItem(entry: { name: string }): HTMLElement;
    }
  }
}

/** Replaces a member of Leaflet that must do nothing. */
const stay = (): void => undefined;

const drawings = new WeakMap<L.Path, Drawing>();

/** The nodes of a feature, once it is on the map. */
export const drawingOf = (layer: L.Path): Drawing => drawings.get(layer) as Drawing;

/** A line beside its course, so that several lines on one course are visible side by side. */
export class Ribbon extends L.Polyline {
  override _simplifyPoints(): void {
    super._simplifyPoints();
    const by = (this.options.offset ?? 0) * lineScale(this._map.getZoom());
    if (by) this._parts = this._parts.map((points) => (points.length > 1 ? aside(points, by) : points));
  }
}

/** A renderer that draws features in tiers, each by the function in its options. */
export class StackedRenderer extends L.SVG {
  declare tiers: Map<Tier, SVGElement>;
  /** The order of each node in its tier. */
  declare orders: WeakMap<Element, number>;

  override _initContainer(): void {
    super._initContainer();
    aria(this._container, "hidden", true);
    this.orders = new WeakMap();
    this.tiers = new Map(TIERS.map((name) => [name, svg("g", { class: `tier-${name}` })]));
    this._rootGroup?.append(...this.tiers.values());
  }

  override _initPath(layer: L.Path): void {
    const draw = layer.options.draw as () => Drawing;
    const drawing = draw();
    drawings.set(layer, drawing);
    layer._path = drawing.target;
    this._layers[L.stamp(layer)] = layer;
  }

  override _addPath(layer: L.Path): void {
    if (!this._rootGroup) this._initContainer();
    const { order = 0 } = layer.options;
    for (const { tier, node } of drawingOf(layer).nodes) {
      const parent = this.tiers.get(tier) as SVGElement;
      let above: Element | null = null;
      let below = parent.lastElementChild;
      while (below && (this.orders.get(below) as number) > order)
        [above, below] = [below, below.previousElementSibling];
      parent.insertBefore(node, above);
      this.orders.set(node, order);
    }
    if (layer.options.interactive) layer.addInteractiveTarget(layer._path as unknown as HTMLElement);
  }

  override _removePath(layer: L.Path): void {
    for (const { node } of drawingOf(layer).nodes) node.remove();
    layer.removeInteractiveTarget(layer._path as unknown as HTMLElement);
    delete this._layers[L.stamp(layer)];
  }

  override _updatePath(layer: L.Path): void {
    layer._project();
    layer._update();
  }

  // Style and order of the nodes stay as they were drawn.
  override _updateStyle = stay;
  override _bringToFront = stay;
  override _bringToBack = stay;

  override _setPath(layer: L.Path, path: string): void {
    for (const { node, place, part } of drawingOf(layer).nodes) if (!place && !part) node.setAttribute("d", path);
  }

  override _updatePoly(layer: L.Path, closed?: boolean): void {
    super._updatePoly(layer, closed);
    const { marks, parts, nodes } = drawingOf(layer);
    if (parts) {
      for (const { node, part } of nodes) if (part) node.setAttribute("d", partPath(layer._rings[0], parts[part]));
    }
    if (!marks) return;
    let d = marks.suspended ? crossBars(layer._parts, ...data.look.cross) : "";
    if (marks.stops && this._map.getZoom() >= marks.fromZoom) {
      d += stationTicks(layer._rings, marks.stops, this._bounds, data.look.tick);
    }
    marks.node.setAttribute("d", d || "M0 0");
  }

  override _updateCircle(layer: L.Path): void {
    const { x, y } = layer._point;
    const place = `translate(${Math.round(x)} ${Math.round(y)}) scale(${pointScale(this._map.getZoom())})`;
    for (const { node } of drawingOf(layer).nodes) node.setAttribute("transform", place);
  }
}

/** A path that writes its own data for SVG, for a part of the map's layers in pixels. */
export class WrittenPath extends L.Path {
  readonly #write: (part: L.Bounds) => string;

  constructor(write: (part: L.Bounds) => string, options: L.PathOptions) {
    super();
    L.Util.setOptions(this, options);
    this.#write = write;
  }

  override _project = stay;

  override _update(): void {
    const renderer = this.options.renderer as L.SVG;
    renderer._setPath(this, this.#write(renderer._bounds));
  }
}

/** The points of a line or an area in pixels, part by part, as they are drawn now. */
export const drawnParts = (layer: L.Path | null): L.Point[][] => layer?._parts ?? [];

/** Keep a feature out of the tab order, since Leaflet's focus listeners would make it a stop without a name. */
export const keepUnfocused = (layer: L.Layer): void => {
  layer._addFocusListeners = stay;
};

/** Hide the drawing of a renderer from screen readers. */
export const hideFromReaders = (renderer: L.SVG): void => aria(renderer._container, "hidden", true);

/** Middle and zoom at which the map shows an area, by Leaflet's own rule. */
export const viewOfBounds = (map: L.Map, bounds: L.LatLngBounds, options: L.FitBoundsOptions) => {
  const { center, zoom } = map._getBoundsCenterZoom(bounds, options);
  return { lat: center.lat, lng: center.lng, zoom };
};

/** The future position of a place in the map's layers, in pixels, when the map has reached a middle and a zoom. */
export const comingPoint = (map: L.Map, latlng: L.LatLng, { center, zoom }: L.ZoomAnimEvent): L.Point =>
  map._latLngToNewLayerPoint(latlng, zoom, center);

/** A control of layers. Leaflet adds their names as markup; here they are text. Only
 * pages with folium's elements have this: the class is made when it is needed, since the core of Leaflet has no such control. */
export const layerControl = (options: L.Control.LayersOptions): L.Control.Layers => {
  class LayerControl extends L.Control.Layers {
    override _addItem(entry: { name: string }): HTMLElement {
      const row = super._addItem({ ...entry, name: "" });
      const words = row.querySelector("span > span");
      if (words) words.textContent = ` ${entry.name}`;
      return row;
    }
  }
  return new LayerControl({}, {}, options);
};

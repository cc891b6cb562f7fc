/*
 * All that the page does with private members of Leaflet, which a new release may change: a renderer that draws one
 * feature as several stacked paths (casing, ink, core, marks, hit line) from one projection, and a few questions.
 */
import { svg } from "../dom.ts";
import { data } from "../payload/data.ts";
import { aside, crossBars, stationTicks } from "./line_marks.ts";
import { lineScale, pointScale } from "./scale.ts";

const TIERS = ["area", "casing", "ink", "mark", "hit"] as const;

export type Tier = (typeof TIERS)[number];

/** The nodes of one feature, each in its tier; one that has a place of its own does not follow the line. */
export interface Drawing {
  nodes: { tier: Tier; node: SVGElement; place?: boolean }[];
  /** What the pointer meets. */
  target: SVGElement;
  /** Marks along the line: bars where it is suspended, ticks at its stops from a zoom on. */
  marks?: { node: SVGElement; suspended: boolean; stops: number[] | null; fromZoom: number } | null;
}

declare module "leaflet" {
  interface PathOptions {
    /** What draws a feature. */
    draw?: () => Drawing;
    /** Pixels that a ribbon runs beside its course. */
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

/** What takes the place of a member of Leaflet that is to do nothing. */
const stay = (): void => undefined;

const drawings = new WeakMap<L.Path, Drawing>();

/** What a feature is drawn with now, once it is on the map. */
export const drawingOf = (layer: L.Path): Drawing => drawings.get(layer) as Drawing;

/** A line beside its course, so that several on one course are seen side by side. */
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

  override _initContainer(): void {
    super._initContainer();
    this._container?.setAttribute("aria-hidden", "true");
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
    for (const { tier, node } of drawingOf(layer).nodes) this.tiers.get(tier)?.append(node);
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

  // Style and order of the nodes are those that they were drawn with.
  override _updateStyle = stay;
  override _bringToFront = stay;
  override _bringToBack = stay;

  override _setPath(layer: L.Path, path: string): void {
    for (const { node, place } of drawingOf(layer).nodes) if (!place) node.setAttribute("d", path);
  }

  override _updatePoly(layer: L.Path, closed?: boolean): void {
    super._updatePoly(layer, closed);
    const { marks } = drawingOf(layer);
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

/** The points of a line or an area in pixels, part by part, as they are drawn now. */
export const drawnParts = (layer: L.Path): L.Point[][] => layer._parts;

/** Keep a feature out of the tab order: Leaflet's listeners of focus would make each one a nameless stop. */
export const keepUnfocused = (layer: L.Layer): void => {
  layer._addFocusListeners = stay;
};

/** Hide what a renderer draws from readers that cannot see it. */
export const hideFromReaders = (renderer: L.SVG): void => renderer._container?.setAttribute("aria-hidden", "true");

/** Middle and zoom at which the map shows an area, as Leaflet would go there. */
export const viewOfBounds = (map: L.Map, bounds: L.LatLngBounds, options: L.FitBoundsOptions) => {
  const { center, zoom } = map._getBoundsCenterZoom(bounds, options);
  return { lat: center.lat, lng: center.lng, zoom };
};

/** Where a place will lie in the layers of the map when it has come to a middle and a zoom, in pixels. */
export const comingPoint = (map: L.Map, latlng: L.LatLng, { center, zoom }: L.ZoomAnimEvent): L.Point =>
  map._latLngToNewLayerPoint(latlng, zoom, center);

/** Leaflet puts the names of layers into the page as markup; here they are set as text. */
export class LayerControl extends L.Control.Layers {
  override _addItem(entry: { name: string }): HTMLElement {
    const row = super._addItem({ ...entry, name: "" });
    const words = row.querySelector("span > span");
    if (words) words.textContent = ` ${entry.name}`;
    return row;
  }
}

/* A heat map: how dense points are, in colours. The look of simpleheat: soft spots that add up, then a scale of colours. */
import { aria } from "../dom.ts";
import type { LayerData } from "../types/elements.ts";
import { comingPoint } from "./leaflet.ts";

type HeatData = Extract<LayerData, { type: "heat_map" }>;

const GRADIENT = { 0.4: "blue", 0.6: "cyan", 0.7: "lime", 0.8: "yellow", 1: "red" };
export const DEEPEST_ZOOM = 18; // folium's; the atlas's own data stops making sense much earlier
const MOST_HALVINGS = 12; // zooms below the deepest one in which a point loses half of its weight

interface Cell {
  x: number;
  y: number;
  weight: number;
}

const context = (width: number, height: number): CanvasRenderingContext2D => {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  return canvas.getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;
};

/** A black spot with a soft edge: its shadow, thrown into the picture from outside. */
const spotOf = (radius: number, blur: number): HTMLCanvasElement => {
  const reach = radius + blur;
  const pen = context(2 * reach, 2 * reach);
  pen.shadowOffsetX = 4 * reach;
  pen.shadowBlur = blur;
  pen.shadowColor = "black";
  pen.beginPath();
  pen.arc(reach - 4 * reach, reach, radius, 0, 2 * Math.PI);
  pen.fill();
  return pen.canvas;
};

/** The colours from no density to the greatest, as 256 pixels. */
const scaleOf = (gradient: Record<string, string>): Uint8ClampedArray => {
  const pen = context(1, 256);
  const colours = pen.createLinearGradient(0, 0, 0, 256);
  for (const [stop, colour] of Object.entries(gradient)) colours.addColorStop(Number(stop), colour);
  pen.fillStyle = colours;
  pen.fillRect(0, 0, 1, 256);
  return pen.getImageData(0, 0, 1, 256).data;
};

/** Points that fall into the same cell of a grid, as one at their middle. */
const gathered = (map: L.Map, points: HeatData["points"], side: number, reach: number): Cell[] => {
  const size = map.getSize();
  const cells = new Map<string, Cell>();
  for (const [lat, lng, given = 1] of points) {
    const { x, y } = map.latLngToContainerPoint([lat, lng]);
    if (x < -reach || y < -reach || x > size.x + reach || y > size.y + reach) continue;
    const key = `${Math.floor(x / side)} ${Math.floor(y / side)}`;
    const cell = cells.get(key) ?? { x, y, weight: 0 };
    const weight = cell.weight + given;
    if (weight > 0) {
      cell.x += ((x - cell.x) * given) / weight;
      cell.y += ((y - cell.y) * given) / weight;
    }
    cells.set(key, { ...cell, weight });
  }
  return [...cells.values()];
};

const paint = (map: L.Map, canvas: HTMLCanvasElement, { points, options }: HeatData): void => {
  const { radius = 25, blur = 15, minOpacity = 0.05, maxZoom = DEEPEST_ZOOM, gradient = GRADIENT } = options;
  const { x: width, y: height } = map.getSize();
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) return;
  Object.assign(canvas, { width, height });
  const reach = radius + blur;
  const faint = 2 ** -Math.max(0, Math.min(maxZoom - map.getZoom(), MOST_HALVINGS));
  const most = points.reduce((greatest, [, , weight = 1]) => Math.max(greatest, weight), 0);
  if (!width || !height || !(most > 0)) return;
  const spot = spotOf(radius, blur);
  for (const { x, y, weight } of gathered(map, points, reach / 2, reach)) {
    pen.globalAlpha = Math.min(1, Math.max((weight * faint) / most, minOpacity));
    pen.drawImage(spot, x - reach, y - reach);
  }
  const image = pen.getImageData(0, 0, width, height);
  const scale = scaleOf(gradient);
  for (let at = 0; at < image.data.length; at += 4) {
    const place = 4 * image.data[at + 3];
    if (place) image.data.set(scale.subarray(place, place + 3), at);
  }
  pen.putImageData(image, 0, 0);
};

/** The layer of a heat map. */
export const heatLayer = (data: HeatData): L.Layer => {
  const canvas = document.createElement("canvas");
  canvas.className = "heat leaflet-zoom-animated";
  canvas.setAttribute("role", "img");
  aria(canvas, "label", data.name ?? "");
  const layer = new L.Layer();
  let leave = (): void => undefined;
  layer.onAdd = (map) => {
    let corner: L.LatLng;
    const draw = (): void => {
      corner = map.containerPointToLatLng([0, 0]);
      L.DomUtil.setTransform(canvas, map.containerPointToLayerPoint([0, 0]), 1);
      paint(map, canvas, data);
    };
    const grow = (event: L.ZoomAnimEvent): void =>
      L.DomUtil.setTransform(canvas, comingPoint(map, corner, event).round(), map.getZoomScale(event.zoom));
    leave = () => {
      map.off("moveend resize", draw).off("zoomanim", grow);
    };
    map.on("moveend resize", draw).on("zoomanim", grow);
    map.getPanes().overlayPane.append(canvas);
    draw();
    return layer;
  };
  layer.onRemove = () => {
    leave();
    canvas.remove();
    return layer;
  };
  return layer;
};

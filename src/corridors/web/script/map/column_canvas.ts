/* A reader's own data on the map: pictures of the worker on a canvas that moves and grows with the map. */

import { ask, followShown } from "../columns/client.ts";
import { aria } from "../dom.ts";
import { follow, getState } from "../state/state.ts";
import type { Frame } from "../types/columns.ts";
import { columnLook, columnOrder } from "./column_look.ts";
import { comingPoint } from "./leaflet.ts";
import { addPane } from "./panes.ts";
import { onPaper } from "./room.ts";

const MARGIN = 0.1; // of the window, on each side, so that a map that is moved has no empty edge at once; drawn last
const PAPER = 3; // device pixels per pixel in print
const LEVEL = 450; // above areas of the atlas, below its lines

let map: L.Map;
let canvas: HTMLCanvasElement;
let asked = ""; // what the last request was for
let waiting = 0; // requests without an answer
let zooming = false;
/** Where the first picture, or its failure, is reported. */
let report: { done: () => void; failed: (error: unknown) => void };
/** The picture on the canvas. */
let drawn: Frame | null = null;
/** A picture that came while the map was zooming. */
let next: { frame: Frame; picture: ImageBitmap } | null = null;

/** The window with a margin of that share when the map has that middle and zoom, as Leaflet rounds it. */
const frameAt = (center: L.LatLng, zoom: number, share: number): Frame => {
  const size = map.getSize();
  const margin = size.multiplyBy(share).ceil();
  const corner = map.project(center, zoom).subtract(size.divideBy(2)).round().subtract(margin);
  const { x: width, y: height } = size.add(margin.multiplyBy(2));
  return { zoom, left: corner.x, top: corner.y, width, height };
};

/** Whether the picture on the canvas has all of a window. */
const hasDrawn = ({ zoom, left, top, width, height }: Frame): boolean =>
  drawn?.zoom === zoom &&
  left >= drawn.left &&
  top >= drawn.top &&
  left + width <= drawn.left + drawn.width &&
  top + height <= drawn.top + drawn.height;

/** Lay the canvas where its picture belongs. */
const place = (center: L.LatLng, zoom: number): void => {
  if (!drawn) return;
  const corner = map.unproject([drawn.left, drawn.top], drawn.zoom);
  const at = comingPoint(map, corner, { center, zoom } as L.ZoomAnimEvent);
  L.DomUtil.setTransform(canvas, at.round(), map.getZoomScale(zoom, drawn.zoom));
};

const placeNow = (): void => place(map.getCenter(), map.getZoom());

const show = (frame: Frame, picture: ImageBitmap): void => {
  Object.assign(canvas.style, { width: `${frame.width}px`, height: `${frame.height}px` });
  Object.assign(canvas, { width: picture.width, height: picture.height });
  canvas.getContext("2d")?.drawImage(picture, 0, 0);
  picture.close();
  drawn = frame;
  placeNow();
  report.done();
};

/** Ask for the picture of a window, unless it was the last that was asked for. Whether it came, and is still wanted. */
const request = async (frame: Frame): Promise<boolean> => {
  const wanted = {
    frame,
    ratio: onPaper() ? PAPER : window.devicePixelRatio,
    look: columnLook(frame.zoom),
    order: columnOrder(getState().layers),
  };
  const key = JSON.stringify(wanted);
  if (key === asked) return false;
  asked = key;
  waiting += 1;
  const answer = await ask("draw", wanted).catch(report.failed);
  waiting -= 1;
  if (!answer || key !== asked) {
    answer?.picture.close();
    return false;
  }
  if (zooming) next = { frame, picture: answer.picture };
  else show(frame, answer.picture);
  return true;
};

/** Draw what the map shows at a middle and zoom, unless that is drawn, and then its margin too. */
const drawAt = async (center: L.LatLng, zoom: number, again = false): Promise<void> => {
  const window = frameAt(center, zoom, 0);
  if ((hasDrawn(window) && !again) || (await request(window))) await request(frameAt(center, zoom, MARGIN));
};

/** Draw what the map shows now, if it has moved. */
const redraw = (): Promise<void> => drawAt(map.getCenter(), map.getZoom());

/** Draw what the map shows now, which has another look. */
const redrawAll = (): Promise<void> => drawAt(map.getCenter(), map.getZoom(), true);

/** While the map is moved by hand: draw again before its edge is empty. */
const redrawAtEdge = (): void => {
  if (!drawn || waiting || zooming || drawn.zoom !== map.getZoom()) return;
  const [center, zoom] = [map.getCenter(), map.getZoom()];
  if (!hasDrawn(frameAt(center, zoom, 0))) request(frameAt(center, zoom, MARGIN));
};

const followMap = (): void => {
  map.on("zoomanim", ({ center, zoom }: L.ZoomAnimEvent) => {
    zooming = true;
    place(center, zoom);
    drawAt(center, zoom); // it may be there when the map is
  });
  map.on("zoom viewreset resize", placeNow);
  map.on("zoomend", () => {
    zooming = false;
    if (next) show(next.frame, next.picture);
    next = null;
  });
  map.on("viewreset", redraw);
  map.on("move", redrawAtEdge);
  map.on("moveend", redraw);
};

/** Put the canvas on the map. It is drawn with the first state; done when that picture is there. */
export const drawColumnCanvas = (leaflet: L.Map): Promise<void> => {
  map = leaflet;
  canvas = document.createElement("canvas");
  canvas.className = "columns leaflet-zoom-animated";
  aria(canvas, "hidden", true);
  map.getPane(addPane(map, "corridors-columns", LEVEL))?.append(canvas);
  followMap();
  follow(["layers", "theme"], redrawAll);
  // Print has a theme of its own, which is not in the state.
  new MutationObserver(redrawAll).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  followShown(() => {
    asked = "";
    redrawAll();
  });
  return new Promise((resolve, reject) => {
    report = { done: resolve, failed: reject };
  });
};

/* folium's MeasureControl: a button, the points that the reader sets on the map, and what lies between them. */
import { el } from "../dom.ts";
import { arc } from "../network/geodesic.ts";
import { t } from "../payload/text.ts";
import { follow } from "../state/state.ts";
import type { MeasureOptions } from "../types/elements.ts";
import type { Position } from "../types/network.ts";
import { measuredWords } from "./measured.ts";
import { namedButton } from "./named_button.ts";
import { addPane } from "./panes.ts";

const DRAGGED = 4; // pixels that a pointer moves before it moves the map
const OWN = "var(--accent)"; // the colour without a given one

/** The geodesic line between two positions, without a jump at the 180th meridian. */
const course = (one: Position, other: Position): L.LatLngTuple[] => {
  let before = one.lon;
  return arc(one, other).map(([lat, lon]) => {
    before = lon + 360 * Math.round((before - lon) / 360);
    return [lat, before];
  });
};

/** A function that draws points in a colour, with the line through them and the ring that they close. */
const drawer = (map: L.Map) => {
  const pane = addPane(map, "corridors-measure", 640);
  const shared = { pane, renderer: L.svg({ pane, padding: 0.3 }), interactive: false };
  const drawn = L.layerGroup().addTo(map);
  return (points: Position[], color: string): void => {
    drawn.clearLayers();
    const line = points.slice(1).map((point, nth) => course(points[nth], point));
    const back = points.length > 2 ? course(points[points.length - 1], points[0]) : [];
    const layers = [
      L.polygon([...line.flat(), ...back], { ...shared, stroke: false, fillColor: color, fillOpacity: 0.2 }),
      L.polyline(line, { ...shared, className: "measure-casing", weight: 6 }),
      L.polyline(back, { ...shared, color, weight: 2, dashArray: "2 5" }),
      L.polyline(line, { ...shared, color, weight: 3 }),
      ...points.map(({ lat, lon }) =>
        L.circleMarker([lat, lon], { ...shared, className: "measure-point", color, weight: 2, radius: 4 }),
      ),
    ];
    for (const layer of layers) drawn.addLayer(layer);
  };
};

/** Report the points that a reader sets, by click or by Enter, before the map answers; and the end. */
const listen = (map: L.Map, active: () => boolean, add: (at: L.LatLng) => void, end: () => void): void => {
  const ground = map.getContainer();
  let pressed = L.point(0, 0);
  const catches = (event: Event): boolean => active() && !(event.target as Element).closest(".leaflet-control");
  const placeOf = (event: MouseEvent): L.Point => L.point(event.clientX, event.clientY);
  ground.addEventListener("pointerdown", (event) => (pressed = placeOf(event)), true);
  ground.addEventListener(
    "click",
    (event) => {
      if (!catches(event) || pressed.distanceTo(placeOf(event)) > DRAGGED) return;
      event.stopPropagation();
      if (event.detail < 2) add(map.mouseEventToLatLng(event)); // the second click of a double one ends it
    },
    true,
  );
  ground.addEventListener(
    "dblclick",
    (event) => {
      if (!catches(event)) return;
      event.stopPropagation();
      end();
    },
    true,
  );
  ground.addEventListener("keydown", (event) => {
    if (active() && event.key === "Enter" && event.target === ground) add(map.getCenter());
  });
  document.addEventListener(
    "keydown",
    (event) => {
      if (!active() || event.key !== "Escape") return;
      event.preventDefault();
      end();
    },
    true,
  );
};

/** Add the control. */
export const addMeasureControl = (map: L.Map, options: MeasureOptions): void => {
  const { position = "topright", activeColor = OWN, completedColor = OWN } = options;
  const ground = map.getContainer();
  const draw = drawer(map);
  const result = el("output", { "aria-live": "polite" });
  let points: Position[] = [];
  let active = false;

  const show = (): void => {
    const hint = active ? [t("ui.measure.hint")] : [];
    const lines = points.length > 1 ? measuredWords(points, options) : hint;
    result.replaceChildren(...lines.map((line) => el("p", {}, line)));
    draw(points, active ? activeColor : completedColor);
  };
  const turn = (now: boolean): void => {
    active = now;
    if (active || points.length < 2) points = [];
    button.setAttribute("aria-pressed", String(active));
    ground.classList.toggle("measures", active);
    (active ? ground : button).focus({ preventScroll: true });
    show();
  };
  const button = namedButton("measure", "ui.measure", () => turn(!active));
  button.setAttribute("aria-pressed", "false");
  const add = ({ lat, lng }: L.LatLng): void => {
    points.push({ lat, lon: lng });
    show();
  };

  const box = el("div", { class: "measure-control" }, button, result);
  const control = new L.Control({ position });
  control.onAdd = () => box;
  control.addTo(map);
  L.DomEvent.disableClickPropagation(box);
  listen(
    map,
    () => active,
    add,
    () => turn(false),
  );
  follow(["lang"], show);
};

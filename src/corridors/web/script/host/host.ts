/* The page around a frame asks for the state of the map, changes it and hears of changes, by messages of version 1.
 * Only origins that the address of the frame names are answered. A message is carried out whole or not at all.
 *
 * A bundle of its own, which the page has as text and runs if its address names a host. */
import { viewOfBounds } from "../map/leaflet.ts";
import { freeArea } from "../map/room.ts";
import { showFeature } from "../map/selection.ts";
import { map } from "../panel/host.ts";
import { placeOf } from "../payload/columns.ts";
import { featureOf } from "../payload/features.ts";
import { hosts } from "../state/address.ts";
import { note } from "../state/note.ts";
import { apply, getState } from "../state/state.ts";
import { isObject, unknownParts } from "./strict.ts";

const VERSION = 1;
const EVENTS = ["change", "select", "height"] as const;
type Event = (typeof EVENTS)[number];
type Message = Record<string, unknown>;

const subscribed = new Map<string, Set<Event>>(); // by origin

const send = (origin: string, message: Message): void => {
  window.parent.postMessage({ corridors: VERSION, ...message }, origin);
};

const tell = (event: Event, message: Message): void => {
  for (const [origin, events] of subscribed) if (events.has(event)) send(origin, { type: event, ...message });
};

/** The height in pixels at which all that is below the map is seen, and the map has a ratio of 8 to 5. */
const height = (): number => {
  const stage = document.querySelector("main");
  const below = [...(stage?.children ?? [])].filter((node) => !node.matches(".frame") && node.checkVisibility());
  return Math.round(below.reduce((sum, node) => sum + node.scrollHeight, (window.innerWidth * 5) / 8));
};

const fit = (bounds: unknown): string | null => {
  if (!Array.isArray(bounds) || bounds.length !== 4 || !bounds.every(Number.isFinite)) return "bounds";
  const [west, south, east, north] = bounds;
  if (south > north || west > east || south < -90 || north > 90) return "bounds";
  const corners = L.latLngBounds([south, west], [north, east]);
  const { topLeft, bottomRight } = freeArea();
  const view = viewOfBounds(map, corners, { paddingTopLeft: topLeft, paddingBottomRight: bottomRight });
  apply({ view });
  return null;
};

const set = (state: unknown): string | null => {
  if (!isObject(state)) return "state";
  let unknown = ["state"];
  try {
    unknown = unknownParts(state);
  } catch {} // objects whose own names make them no text and no number
  if (!unknown.length) apply(state);
  return unknown.join(", ") || null;
};

const select = (feature: unknown): string | null => {
  if (feature === null) apply({ selected: null });
  else if (typeof feature === "string" && (featureOf(feature) || placeOf(feature))) showFeature(feature);
  else return "feature";
  return null;
};

const subscribe = (events: unknown, origin: string): string | null => {
  if (!Array.isArray(events) || !events.every((event) => EVENTS.includes(event))) return "events";
  subscribed.set(origin, new Set(events));
  if (events.includes("height")) send(origin, { type: "height", height: height() });
  return null;
};

// By type: what a message does. The result is the part that it cannot carry out, or null.
const ACTIONS: Record<string, (message: Message, origin: string) => string | null> = {
  get: () => null,
  set: ({ state }) => set(state),
  fit: ({ bounds }) => fit(bounds),
  select: ({ feature }) => select(feature),
  subscribe: ({ events }, origin) => subscribe(events, origin),
};

const answer = ({ data, origin, source }: MessageEvent): void => {
  if (source !== window.parent || !isObject(data) || !("corridors" in data)) return;
  if (!hosts.includes(origin)) {
    note(`a message of ${origin} is ignored: the address names ${hosts.join(", ")}`);
    return;
  }
  const { corridors: version, type, id } = data;
  const name = typeof type === "string" ? type : "";
  const action = version === VERSION && Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : null;
  const refused = action ? action(data, origin) : "type";
  if (refused) note(`message ${name} is ignored: ${refused}`);
  send(origin, refused ? { type: "error", id, refused } : { type: "state", id, state: getState() });
};

window.addEventListener("message", answer);
window.addEventListener("corridors:change", () => tell("change", { state: getState() }));
window.addEventListener("corridors:select", () => tell("select", { feature: getState().selected }));
let told = 0;
const watch = new ResizeObserver(() => {
  const now = height();
  if (now === told) return;
  told = now;
  tell("height", { height: now });
});
for (const node of document.querySelectorAll("main > *")) watch.observe(node);
for (const origin of hosts) send(origin, { type: "ready" });

/**
 * A map of corridors in a frame, for the page around it. The frame's address must name the origin of this page
 * (`corridors embed MAP --host ORIGIN`). Messages have version 1; each is answered.
 *
 *     import { connect } from "./corridors-host.js";
 *     const map = await connect(document.querySelector("iframe"));
 *     await map.set({ year: 2013, filters: { status: ["operational"] } });
 *     map.on("select", ({ feature }) => console.log(feature));
 *
 * @typedef {{ lat: number, lng: number, zoom: number }} View
 * @typedef {{ view: View | null, layers: string[], filters: Record<string, string[] | string>, lang: string,
 *   year: number | null, selected: string | null, theme: "light" | "dark", [key: string]: unknown }} State
 * @typedef {{ type: string, id?: number, state?: State, feature?: string | null, height?: number, refused?: string }} Message
 * @typedef {(message: Message) => void} Listener
 */
const VERSION = 1;

/**
 * Wait until the map in a frame answers.
 * @param {HTMLIFrameElement} frame
 */
export const connect = async (frame) => {
  /** @type {Map<number, { resolve: (state: State) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  /** @type {Map<string, Listener[]>} */
  const listeners = new Map();
  let count = 0;

  /** The frame is sandboxed, so its origin is opaque: it can be known only by its window.
   * @param {MessageEvent} event */
  const receive = ({ source, data }) => {
    if (source !== frame.contentWindow || data?.corridors !== VERSION) return;
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.type === "state") asked?.resolve(data.state);
    else if (data.type === "error") asked?.reject(new Error(`The map does not know: ${data.refused}`));
    else for (const listener of listeners.get(data.type) ?? []) listener(data);
  };

  /**
   * Send a message; the promise gives the state after it, or fails with what the map does not know.
   * @param {string} type
   * @param {object} [parts]
   * @returns {Promise<State>}
   */
  const send = (type, parts) =>
    new Promise((resolve, reject) => {
      count += 1;
      waiting.set(count, { resolve, reject });
      frame.contentWindow?.postMessage({ corridors: VERSION, type, id: count, ...parts }, "*");
    });

  /**
   * Have a function called at each "change" ({ state }), "select" ({ feature }) or "height" ({ height } in pixels).
   * @param {"change" | "select" | "height"} event
   * @param {Listener} listener
   */
  const on = (event, listener) => {
    listeners.set(event, [...(listeners.get(event) ?? []), listener]);
    return send("subscribe", { events: [...listeners.keys()].filter((name) => name !== "ready") });
  };

  window.addEventListener("message", receive);
  // A map that is not ready yet does not answer; it says so itself when it is.
  await Promise.race([send("get"), new Promise((resolve) => listeners.set("ready", [resolve]))]);
  return {
    /** The state of the map. */
    get: () => send("get"),
    /** Change parts of the state: all of them, or none if the map does not know one.
     * @param {Partial<State>} state */
    set: (state) => send("set", { state }),
    /** Show an area: west, south, east and north in degrees.
     * @param {[number, number, number, number]} bounds */
    fit: (bounds) => send("fit", { bounds }),
    /** Bring a feature onto the map and open its card; null: close the card.
     * @param {string | null} feature */
    select: (feature) => send("select", { feature }),
    on,
    /** Give the frame the height that its content needs. */
    follow: () =>
      on("height", ({ height }) => Object.assign(frame.style, { aspectRatio: "auto", height: `${height}px` })),
    /** Listen no more. */
    close: () => window.removeEventListener("message", receive),
  };
};

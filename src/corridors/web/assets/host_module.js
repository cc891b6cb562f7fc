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
 * @typedef {Awaited<ReturnType<typeof connect>>} CorridorMap
 */
const VERSION = 1;

/**
 * Wait until the map in a frame answers. It answers no origin that the frame's address does not name; its console says so.
 * If the frame loads its page again, or is taken out of this page and put back, listeners stay.
 * @param {HTMLIFrameElement} frame
 */
export const connect = async (frame) => {
  /** @type {Map<number, { resolve: (state: State) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  /** @type {Map<string, Listener[]>} */
  const listeners = new Map();
  let count = 0;

  /** Answer no request that is still open.
   * @param {string} why */
  const refuse = (why) => {
    for (const { reject } of waiting.values()) reject(new Error(why));
    waiting.clear();
  };

  /** The frame is sandboxed, so its origin is opaque: it can be known only by its window.
   * @param {MessageEvent} event */
  const receive = ({ source, data }) => {
    if (!source || source !== frame.contentWindow || data?.corridors !== VERSION) return;
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.type === "state") asked?.resolve(data.state);
    else if (data.type === "error") asked?.reject(new Error(`The map does not know: ${data.refused}`));
    else for (const listener of listeners.get(data.type) ?? []) listener(data);
    if (data.type !== "ready") return;
    refuse("The map was loaded again."); // what was asked before, the new map does not know
    if (names().length) subscribe(names()).catch(() => null);
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
      if (!frame.contentWindow) return reject(new Error("The frame is not in the page."));
      waiting.set(count, { resolve, reject });
      frame.contentWindow.postMessage({ corridors: VERSION, type, id: count, ...parts }, "*");
    });

  /** The events that somebody listens to. */
  const names = () => [...listeners.keys()].filter((name) => name !== "ready");

  /** @param {string[]} events */
  const subscribe = (events) => send("subscribe", { events });

  /**
   * Have a function called at each "change" ({ state }), "select" ({ feature }) or "height" ({ height } in pixels).
   * @param {"change" | "select" | "height"} event
   * @param {Listener} listener
   */
  const on = (event, listener) => {
    listeners.set(event, [...(listeners.get(event) ?? []), listener]);
    return subscribe(names());
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
      on("height", ({ height }) => {
        if (height) Object.assign(frame.style, { aspectRatio: "auto", height: `${height}px` }); // 0: not shown
      }),
    /** Listen no more. Requests without an answer fail. */
    close: () => {
      if (frame.contentWindow) subscribe([]).catch(() => null);
      window.removeEventListener("message", receive);
      refuse("The map is closed.");
    },
  };
};

/* A page without a browser: what the script's rules need of one, around any payload. */
import { deflateSync } from "node:zlib";
import { letters } from "./stream.ts";

// What each page has, be it a bare map.
const BARE = {
  lang: "en",
  langs: ["en", "nl", "zh", "ru"],
  messages: {},
  formats: { en: { decimal: ".", group: ",", percent: "{0}%" }, nl: { decimal: ",", group: "." } },
  folding: { letters: {}, dropped: "", spaced: "" },
  map: {},
  classes: {},
  features: [],
  symbols: {},
  sources: {},
  countries: {},
  basemap: {},
  elements: [],
};

/** How the page is opened: at which address, in which window, by which reader. */
interface Opening {
  hash?: string;
  languages?: string[];
  dark?: boolean;
  width?: number;
  height?: number;
}

/** What the page did: the addresses that it wrote and the events that it sent. */
interface Done {
  addresses: string[];
  events: { type: string; detail: unknown }[];
}

/** Let the modules that are imported from now on find this payload, this window and this reader. */
export const openPage = (payload: object, opening: Opening = {}): Done => {
  const { hash = "", languages = [], dark = false, width = 1200, height = 800 } = opening;
  const done: Done = { addresses: [], events: [] };
  const window = {
    location: { hash },
    navigator: { languages },
    innerWidth: width,
    innerHeight: height,
    matchMedia: () => ({ matches: dark }),
    addEventListener: () => undefined,
    dispatchEvent: ({ type, detail }: CustomEvent) => done.events.push({ type, detail }),
    history: { replaceState: (_: unknown, __: string, address: string) => done.addresses.push(address) },
  };
  const data = { textContent: letters(deflateSync(JSON.stringify({ ...BARE, ...payload }))) };
  const document = { querySelector: () => data, documentElement: { dataset: {} } };
  Object.assign(globalThis, { window, document, ATLAS: true, OWN: true });
  return done;
};

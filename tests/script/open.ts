/* A page without a browser: what the script's rules need of one, around any payload. */
import { deflateSync } from "node:zlib";
import { letters } from "./stream.ts";

// What each page has, be it a bare map.
const BARE = {
  lang: "en",
  langs: ["en", "nl", "zh", "ru"],
  messages: { key: [] },
  formats: { en: { decimal: ".", group: ",", percent: "{0}%" }, nl: { decimal: ",", group: "." } },
  years: [1842, 2100],
  folding: { letters: {}, dropped: "", spaced: "" },
  map: {},
  classes: {},
  features: {},
  shapes: [],
  symbols: {},
  sources: {},
  countries: {},
  basemap: {},
  elements: [],
};

/** How the page is opened: with which blocks, at which address, in which window, by which reader. */
interface Opening {
  blocks?: Uint8Array;
  hash?: string;
  languages?: string[];
  dark?: boolean;
  width?: number;
  height?: number;
}

/** What the page did: the addresses that it wrote, those of them that are steps to go back to, and the events that it sent. */
interface Done {
  addresses: string[];
  steps: string[];
  events: { type: string; detail: unknown }[];
}

/** Rows as columns, and messages of languages as columns, as a payload has them. */
export const columnsOf = (rows: object[]): Record<string, unknown[]> => {
  const keys = [...new Set(rows.flatMap(Object.keys))];
  return Object.fromEntries(keys.map((key) => [key, rows.map((row) => Reflect.get(row, key) ?? null)]));
};

export const messagesOf = (messages: Record<string, Record<string, string>>): Record<string, unknown[]> => {
  const keys = [...new Set(Object.values(messages).flatMap(Object.keys))];
  return columnsOf(
    keys.map((key) => ({
      key,
      ...Object.fromEntries(Object.entries(messages).map(([lang, texts]) => [lang, texts[key]])),
    })),
  );
};

/** Let the modules that are imported from now on find this payload, this window and this reader. */
export const openPage = (payload: object, opening: Opening = {}): Done => {
  const { blocks = new Uint8Array(), hash = "", languages = [], dark = false, width = 1200, height = 800 } = opening;
  const done: Done = { addresses: [], steps: [], events: [] };
  const window = {
    location: { hash },
    navigator: { languages },
    innerWidth: width,
    innerHeight: height,
    matchMedia: () => ({ matches: dark }),
    addEventListener: () => undefined,
    dispatchEvent: ({ type, detail }: CustomEvent) => done.events.push({ type, detail }),
    history: {
      replaceState: (_: unknown, __: string, address?: string) => address && done.addresses.push(address),
      pushState: (_: unknown, __: string, address: string) => done.steps.push(address) && done.addresses.push(address),
    },
  };
  const description = Buffer.from(JSON.stringify({ ...BARE, ...payload }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(description.length);
  const data = { textContent: letters(deflateSync(Buffer.concat([length, description, blocks]))) };
  const document = { querySelector: () => data, documentElement: { dataset: {} } };
  Object.assign(globalThis, { window, document, ATLAS: true, RESULTS: true, ROUTES: true, OWN: true, STORY: true });
  return done;
};

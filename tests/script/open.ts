/* A page without a browser: what the script's rules need of one, around any payload. Import it before the modules. */

// What each page has, be it a bare map.
const BARE = {
  lang: "en",
  langs: ["en", "nl", "zh", "ru"],
  messages: {},
  formats: {},
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

const NOTHING = { addEventListener: () => undefined, matches: false };

/** Let the modules that are imported from now on find this payload, this address and these languages of the reader. */
export const openPage = (
  payload: object,
  { hash = "", languages = [] as string[], width = 1200, height = 800 } = {},
): void => {
  const window = {
    location: { hash },
    navigator: { languages },
    innerWidth: width,
    innerHeight: height,
    matchMedia: () => NOTHING,
    ...NOTHING,
  };
  const document = {
    querySelector: () => ({ textContent: JSON.stringify({ ...BARE, ...payload }) }),
    documentElement: { dataset: {} },
  };
  Object.assign(globalThis, { window, document });
};

/* A page without a browser: what the script's rules need of one, around any payload. Import it before the modules. */

const NOTHING = { addEventListener: () => {}, matches: false };

/** Let the modules that are imported from now on find this payload, this address and these languages of the reader. */
export const openPage = (payload: object, { hash = "", languages = [] as string[], width = 1200, height = 800 } = {}): void => {
  const window = { location: { hash }, navigator: { languages }, innerWidth: width, innerHeight: height, matchMedia: () => NOTHING, ...NOTHING };
  const document = { getElementById: () => ({ textContent: JSON.stringify(payload) }), documentElement: { dataset: {} } };
  Object.assign(globalThis, { window, document });
};

/* The one state of the page and the one way to change it: every control proposes, apply() decides and tells who follows. */
import { data } from "../payload/data.ts";
import type { Change, State, StateKey } from "../types/state.ts";
import { askedFirst, comparesAtFirst, defaultLayers, fragmentOf, readFragment } from "./address.ts";
import { firstScenario } from "./scenario.ts";
import { tidy } from "./tidy.ts";

type Changed = ReadonlySet<StateKey>;
type Follower = (state: State, changed: Changed) => void;

const own = window.navigator.languages
  .map((code) => code.slice(0, 2).toLowerCase())
  .find((code) => data.langs.includes(code));

// What the page starts with: the reader's own language and theme, else the map's.
const state: State = {
  view: null,
  layers: defaultLayers,
  filters: {},
  lang: own ?? data.lang,
  year: null,
  selected: null,
  theme: window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
  table: false,
  compare: Boolean(askedFirst.compare ?? comparesAtFirst()),
  route: null,
  scenario: firstScenario,
  after: 100,
};
const followers: { keys: StateKey[]; render: Follower }[] = [];
const underway: Changed[] = []; // the changes that are being drawn, the outermost first

/** A copy of the state: nobody changes it but by apply(). */
export const getState = (): State & { language: string } => ({ ...structuredClone(state), language: state.lang });

/** Have render(state, changed) called when one of these keys of the state has changed. */
export const follow = (keys: StateKey[], render: Follower): void => {
  followers.push({ keys, render });
};

/** Whether a change of that key is being drawn at this moment. */
export const isChanging = (key: StateKey): boolean => underway.some((changed) => changed.has(key));

/** Change the state and let everything that follows the changed keys redraw itself. */
export const apply = (change: Change | null | undefined, everything = false) => {
  const clean = tidy(change ?? {});
  const keys = Object.keys(everything ? state : clean) as StateKey[];
  const changed = new Set(
    keys.filter((key) => everything || JSON.stringify(clean[key]) !== JSON.stringify(state[key])),
  );
  if (!changed.size) return getState();
  Object.assign(state, clean);
  underway.push(changed);
  for (const { keys, render } of followers) if (keys.some((key) => changed.has(key))) render(state, changed);
  underway.pop();
  // A page inside srcdoc or a sandbox may not touch its address; the map works all the same.
  if (!everything)
    try {
      window.history.replaceState(null, "", fragmentOf(state));
    } catch {
      /* keep the address as it is */
    }
  window.dispatchEvent(new CustomEvent("corridors:change", { detail: getState() }));
  if (changed.has("selected")) window.dispatchEvent(new CustomEvent("corridors:select", { detail: state.selected }));
  return getState();
};

/** The same, as a control asks for it. */
export const propose = (change: Change) => apply(change);

/** Let the page follow its address when the reader goes to another. */
export const followAddress = () =>
  window.addEventListener("hashchange", () => {
    apply({
      layers: defaultLayers,
      filters: {},
      selected: null,
      compare: comparesAtFirst(),
      route: null,
      scenario: null,
      after: 100,
      ...readFragment(window.location.hash),
    });
  });

/* The only state of the page and the only way to change it: controls propose, apply() decides and calls the renderers. */
import { firstLanguage } from "../language.ts";
import { data } from "../payload/data.ts";
import type { Change, State, StateKey } from "../types/state.ts";
import { askedFirst, comparesAtFirst, defaultLayers, fragmentOf, readAddress } from "./address.ts";
import { remember, remembered, rememberFirst } from "./history.ts";
import { PLAIN } from "./rows.ts";
import { firstScenario } from "./scenario.ts";
import { firstStep, hasRoamed, steps, withStep } from "./story.ts";
import { tidy } from "./tidy.ts";

type Changed = ReadonlySet<StateKey>;
type Follower = (state: State, changed: Changed) => void;

/** What the page opens with, where no address says otherwise. */
const OPENING = {
  layers: defaultLayers,
  filters: {},
  year: null,
  against: null,
  split: 50,
  strip: null,
  selected: null,
  scenario: firstScenario,
  after: 100,
};
// The first state: the language of the address or of the reader, and the reader's theme.
const state: State = {
  ...OPENING,
  view: null,
  lang: firstLanguage(data.langs, data.lang),
  measured: null,
  theme: window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
  table: false,
  rows: PLAIN,
  compare: Boolean(askedFirst.compare ?? comparesAtFirst()),
  route: null,
  story: firstStep,
  sheet: null,
  folds: [],
};
const followers: { keys: StateKey[]; render: Follower }[] = [];
const underway: Changed[] = []; // the changes that are being drawn, the outermost first
const asked: object[] = []; // all that these ask for, be it a change or not

/** A copy of the state. Only apply() changes the state. */
export const getState = (): State & { language: string } => ({ ...structuredClone(state), language: state.lang });

/** Register render(state, changed), which is called when one of these keys of the state has changed. */
export const follow = (keys: StateKey[], render: Follower): void => {
  followers.push({ keys, render });
};

/** Whether a change of that key is being drawn now. */
export const isChanging = (key: StateKey): boolean => underway.some((changed) => changed.has(key));

/** Whether the page shows a step of its story just as the story has it. */
export const isTold = (): boolean => (STORY ? isStep(state.story) : false);

const isStep = (story: number | null): boolean => {
  if (!story || hasRoamed()) return false;
  const told = Object.entries(tidy(steps[story - 1].state)) as [StateKey, unknown][];
  return told.every(([key, value]) => JSON.stringify(state[key]) === JSON.stringify(value));
};

/** The address of the state. A step that is shown as the story has it needs no more than its number. */
const address = (): string => fragmentOf(STORY && isTold() ? { ...state, ...OPENING, view: null } : state);

/** Call the followers of the changed keys one after the other, those with a smaller number than `from` not. */
const drawing = function* (changed: Changed, from = 0): Generator {
  for (let nth = from; nth < followers.length; nth += 1) {
    const { keys, render } = followers[nth];
    if (!keys.some((key) => changed.has(key))) continue;
    underway.push(changed);
    render(state, changed);
    underway.pop();
    yield;
  }
};

/** Tell the page around this one, and its scripts. */
const tell = (changed: Changed): void => {
  window.dispatchEvent(new CustomEvent("corridors:change", { detail: getState() }));
  if (changed.has("selected")) window.dispatchEvent(new CustomEvent("corridors:select", { detail: state.selected }));
};

/** Set the first state, before anything is drawn. */
export const setFirst = (first: Change): void => {
  Object.assign(state, tidy(first));
};

let begun = 0; // so many followers have drawn the first state

/** Set the first state, and have those draw it that follow it by now and have not yet drawn it, with pauses. */
export const drawFirst = async (first: Change, pause: () => Promise<void>): Promise<Changed> => {
  setFirst(first);
  const changed = new Set(Object.keys(state) as StateKey[]);
  asked.push(first);
  for (const _ of drawing(changed, begun)) await pause();
  asked.pop();
  begun = followers.length;
  return changed;
};

/** Set the first state and draw everything that depends on it, with pauses. */
export const begin = async (first: Change, pause: () => Promise<void>): Promise<void> => {
  const changed = await drawFirst(first, pause);
  rememberFirst(state);
  tell(changed);
};

/** Take over a change and redraw everything that depends on the changed keys; null: nothing has changed. */
const take = (change: Change | null | undefined, asking: object = change ?? {}): Changed | null => {
  const clean = tidy(withStep(change ?? {}));
  const keys = Object.keys(clean) as StateKey[];
  const changed = new Set(keys.filter((key) => JSON.stringify(clean[key]) !== JSON.stringify(state[key])));
  if (!changed.size) return null;
  Object.assign(state, clean);
  asked.push(asking);
  for (const _ of drawing(changed));
  asked.pop();
  return changed;
};

/** Change the state, redraw everything that depends on the changed keys, and keep the new state in the address. */
export const apply = (change: Change | null | undefined) => {
  const changed = take(change);
  if (changed) {
    // What follows from another change is a part of its step.
    if (!underway.length) remember(state, address(), changed);
    tell(changed);
  }
  return getState();
};

/** The same, for controls. */
export const propose = (change: Change) => apply(change);

/** Propose what follows from a change that is being drawn, unless that change or the address asks for it itself. */
export const suggest = (change: Change) => {
  const free = Object.entries(change).filter(([key]) => !asked.some((one) => key in one));
  return apply(Object.fromEntries(free));
};

/** Let the page follow its address when the reader changes it, or goes back or forward. */
export const followAddress = () =>
  window.addEventListener("hashchange", () => {
    const { year: _, ...opening } = OPENING;
    const closed = { table: false, rows: PLAIN, compare: comparesAtFirst(), sheet: null, folds: [] };
    const first = { ...opening, ...closed, route: null, measured: null };
    const typed = withStep({ story: firstStep, ...readAddress(window.location.hash) });
    const before = remembered();
    const changed = before ? take(before) : take({ ...first, ...typed }, typed);
    if (changed) tell(changed);
  });

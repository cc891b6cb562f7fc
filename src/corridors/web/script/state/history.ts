/* The state in the address of the page, and in the browser's history: going back shows the state before. */
import type { Change, State, StateKey } from "../types/state.ts";
import { embedded } from "./address.ts";

const PAUSE = 1000; // milliseconds; changes of the same kind that follow one another faster are one step
let last = { kind: "", at: -PAUSE };

/** Whether a change is a step to go back to. Moves of the map and folds are none, and a frame leaves the history to its host. */
const isStep = (changed: ReadonlySet<StateKey>): boolean => {
  const kind = [...changed].filter((key) => key !== "view" && key !== "folds").join();
  const before = last;
  if (kind) last = { kind, at: performance.now() };
  return !embedded && kind !== "" && (kind !== before.kind || last.at - before.at > PAUSE);
};

// A page in srcdoc or a sandbox may not change its address. The map still works.
const write = (state: State, address: string | undefined, how: "pushState" | "replaceState"): void => {
  try {
    window.history[how]({ corridors: state }, "", address);
  } catch {
    /* keep the address as it is */
  }
};

/** Keep the first state, to go back to; the address stays as it is. */
export const rememberFirst = (state: State): void => write(state, undefined, "replaceState");

/** Keep a state and its address; what changed decides whether it is a step of its own. */
export const remember = (state: State, address: string, changed: ReadonlySet<StateKey>): void =>
  write(state, address, isStep(changed) ? "pushState" : "replaceState");

/** The whole state of the present step; null if its address was typed, or comes from elsewhere. */
export const remembered = (): Change | null => window.history.state?.corridors ?? null;

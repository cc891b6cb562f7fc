/* The steps of the page's story, and the change that each asks for. */
import { data } from "../payload/data.ts";
import type { Change, State } from "../types/state.ts";
import type { StoryStep } from "../types/story.ts";
import { note } from "./note.ts";

export const steps: StoryStep[] = STORY ? (data.map.story ?? []) : [];

/** The number of the step that the page shows at first, from 1; null on a page without a story. */
export const firstStep = STORY && steps.length ? 1 : null;

let roamed = false;

/** Whether the reader has moved the map since its own view, or that of the step, was shown. */
export const hasRoamed = (): boolean => roamed;

export const setRoamed = (on: boolean): void => {
  roamed = on;
};

/** The number of a step that a change asks for. If there is no such step, this is noted, and there is no number. */
export const tidyStep = (asked: unknown): number | undefined => {
  if (/^\d+$/.test(String(asked)) && steps[Number(asked) - 1]) return Number(asked);
  note(`this page has no step ${JSON.stringify(asked)}`);
  return undefined;
};

/** The part of the state about the story that a change sets; it has no step that there is not. */
export const storyIn = ({ story }: Change): Partial<State> => {
  if (story === undefined || story === null) return {};
  const step = tidyStep(story);
  return step === undefined ? {} : { story: step };
};

/** A change, with the state of the step that it asks for. With a view it is the reader's own, and only keeps the step. */
const stepped = (change: Change): Change => {
  const { story } = storyIn(change);
  return story && !change.view ? { ...steps[story - 1].state, ...change } : change;
};

/** The same, on a page with a story. */
export const withStep = STORY ? stepped : (change: Change): Change => change;

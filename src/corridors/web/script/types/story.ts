/* The types of a story, as corridors.web writes it. */
import type { Bounds } from "./payload.ts";
import type { Moment } from "./state.ts";

/** A step of a story: its view, and the state that it shows. */
export interface StoryStep {
  bounds: Bounds;
  narrow: Bounds;
  state: {
    layers: string[];
    filters: Record<string, string[]>;
    year: number | null;
    against: Moment | null;
    split: number;
    selected: string | null;
    scenario: string | null;
    after: number;
  };
}

/* The type of the profile of a route: see corridors.network.profile. Positions are whole metres from its start. */
import type { Mode, Status, Words } from "./vocabulary.ts";

/** A part of a route on which nothing changes. It begins where the one before ends. */
export interface Stretch {
  end: number;
  mode: Mode;
  /** Empty at sea and in the air. */
  country: string;
  status: Status;
  gauge?: number;
  tracks?: string;
  electrified?: string;
}

/** A place along a route, or what happens there. */
export interface Mark {
  at: number;
  kind: "place" | "border" | "break" | "transfer";
  lon: number;
  lat: number;
  /** The feature of a place, if the page has it; else its name. */
  feature?: string | undefined;
  name?: Words;
  /** Countries of a border, gauges of a break, modes of a transfer. */
  before?: string;
  after?: string;
  /** Null if they are unknown. */
  hours?: number | null;
  /** Inhabitants of the largest city that it is or serves. */
  people?: number;
}

export interface Profile {
  stretches: Stretch[];
  marks: Mark[];
}

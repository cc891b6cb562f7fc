/* The words that all types of the page have in common. */

/** A text by language. A name can also have its local language, as "local". */
export type Words = Record<string, string | undefined>;

export type Status = "operational" | "under_construction" | "planned" | "suspended";
export type Mode = "rail" | "road" | "sea" | "air" | "transfer";
export type EdgeKind = "leg" | "transfer" | "border" | "gauge_change";

/** The layers of the places that a route can start from, end at or pass. */
export type PlaceLayer = "cities" | "stations" | "ports" | "airports" | "route_waypoints";

/** The dates of a feature, ISO 8601 as precise as known. */
export interface Dates {
  works_started?: string;
  opened?: string;
  /** Of a flight: its first day. */
  since?: string;
  closed?: string;
}

/** A pattern that the key explains: property, value, kind of geometry, message. */
export type Pattern = [property: string, value: string | boolean, geometry: "line" | "point", words: string];

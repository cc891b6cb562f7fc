/* The types of what a page selects and adds up. */
import type { Words } from "./vocabulary.ts";

/** A filter by the values of a property, or by the range of a column: of numbers, or of days since 1970. */
export interface Filter {
  property: string;
  values?: string[];
  range?: [least: number, greatest: number];
  digits?: number;
  unit?: string;
  open?: boolean;
  /** Whether the map draws its values, if only some maps do. */
  drawn?: boolean;
  /** Of the atlas: the column of layers, whether features may have several values, and names that are no messages. */
  column?: string;
  many?: boolean;
  names?: Words[];
}

/** The stops of lines: their countries, whether they are stations, cities near as indices; and the people of each city. */
export interface Catchment {
  country: string[];
  station: number[];
  near: number[][];
  people: number[];
}

/* Figures over time: the series of a card, and the charts beside a map, as corridors.content.series_types has them. */

/** Period, value, confidence, indices of its sources in the feature's list, marks separated by spaces. */
export type Point = [period: string, value: number, confidence: string, cites: number[], marks?: string];

export interface Series {
  label: string;
  unit: string;
  points: Point[];
  /** The highest value of its scale. */
  top: number;
}

/** A year, or 0 for a break, where its columns start, and how many columns it has: see corridors.measures.multiples. */
export type Slot = [year: number, at: number, columns: number];

/** The charts of one series of several features. */
export interface Multiples {
  series: string;
  of: string[];
  axis: Slot[];
  top: number;
  total?: Multiples;
  open?: boolean;
}

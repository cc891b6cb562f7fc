/* The parts of a bundle. tools/bundle.mjs gives the values, and leaves out what is then never reached. */

declare global {
  /** Whether the bundle shows an atlas: its cards, routes, scenarios and comparison. */
  const ATLAS: boolean;
  /** Whether the bundle shows a reader's own data: columns and folium's elements. */
  const OWN: boolean;
}

export {};

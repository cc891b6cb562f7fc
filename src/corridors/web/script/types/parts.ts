/* The parts of a bundle. assets/bundles.json names those of each, and tools/bundle.mjs leaves out what is then never reached. */

declare global {
  /** Whether the bundle shows the features of an atlas, with their cards, and its disputed borders. */
  const ATLAS: boolean;
  /** Whether it has a place for results: corridors or scenarios compared, and answers. */
  const RESULTS: boolean;
  /** Whether it plans routes. */
  const ROUTES: boolean;
  /** Whether it shows a reader's own data: columns and folium's elements. */
  const OWN: boolean;
  /** Whether the bundle tells a story. */
  const STORY: boolean;
}

export {};

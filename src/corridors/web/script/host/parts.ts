/* The parts of the page that this bundle uses. The page gives them, so that they are not in both. */
import type { HostParts } from "../panel/host.ts";

declare global {
  var corridorsHost: HostParts;
}

export const { apply, featureOf, freeArea, getState, hosts, map, note, placeOf, showFeature, tidy, viewOfBounds } =
  globalThis.corridorsHost;

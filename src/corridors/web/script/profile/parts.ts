/* The parts of the page that this bundle uses. The page gives them, so that they are not in both. */
import type { ProfileParts } from "../panel/profile.ts";

declare global {
  var corridorsProfile: ProfileParts;
}

export const {
  countryName,
  el,
  featureOf,
  formatNumber,
  formatQuantity,
  pick,
  ready,
  sentences,
  shortName,
  spot,
  svg,
  t,
  unitWord,
} = globalThis.corridorsProfile;

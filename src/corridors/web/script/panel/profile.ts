/* The place of the profile of a route, in cards and beside the map. What draws it runs when it is first needed:
 * profile/profile.ts. */
import { parts } from "#parts/profile";
import { runScript } from "../dom.ts";
import { ringAt, viewOf } from "../map/selection.ts";
import { follow, propose } from "../state/state.ts";
import type { Position } from "../types/network.ts";
import type { Profile } from "../types/profile.ts";

type Draw = (profile: Profile) => HTMLElement;

let draw: Draw | undefined;
/** Take what draws a profile. */
export const ready = (made: Draw): void => {
  draw = made;
};

/** Ring a position on the map, or none; and bring it into view. */
export const spot = (at: Position | null, pan = false): void => {
  ringAt(at);
  const view = at && pan && viewOf({ bounds: L.latLng(at.lat, at.lon).toBounds(10), point: true });
  if (view) propose({ view });
};

/** The profile of a route as a figure, with the table of its places. */
export const profileNode = (profile: Profile | undefined): HTMLElement | null => {
  if (!profile?.stretches.length) return null;
  if (!draw) {
    runScript("profile", parts());
    follow(["selected", "route", "lang"], () => ringAt(null)); // the profile may be gone
  }
  return draw?.(profile) ?? null;
};

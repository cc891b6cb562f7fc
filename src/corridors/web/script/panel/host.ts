/* Answers to the page around this one, if the address names its origin: a script that the page has as text runs then. */
import { runScript } from "../dom.ts";
import { viewOfBounds } from "../map/leaflet.ts";
import { freeArea } from "../map/room.ts";
import { showFeature } from "../map/selection.ts";
import { placeOf } from "../payload/columns.ts";
import { featureOf } from "../payload/features.ts";
import { hosts } from "../state/address.ts";
import { note } from "../state/note.ts";
import { apply, getState } from "../state/state.ts";
import { tidy } from "../state/tidy.ts";

const parts = { apply, featureOf, freeArea, getState, hosts, note, placeOf, showFeature, tidy, viewOfBounds };

export type HostParts = typeof parts & { map: L.Map };

/** Answer the named hosts from now on, and tell them that the map is ready. */
export const answerHosts = (map: L.Map): void => {
  if (window.parent === window || !hosts.length) return;
  runScript("host", { corridorsHost: { ...parts, map } });
};

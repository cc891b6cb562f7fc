/* What the dialogue to take the view along has from the page, so that the page has it only once: see take/parts.ts. */
import { positionsOf } from "../columns/positions.ts";
import { el, present, signButton, svg } from "../dom.ts";
import { framed } from "../map/room.ts";
import { data } from "../payload/data.ts";
import { classOf, features, kilometres } from "../payload/features.ts";
import { hasMessage, pick, t } from "../payload/text.ts";
import { defaultLayers, fragmentOf } from "../state/address.ts";
import { commandsOf } from "../state/condition.ts";
import { ownYear, shownFeatures, statusIn } from "../state/filter.ts";
import { getState } from "../state/state.ts";
import { sourcesOf } from "./sources.ts";

const own = {
  ...{ classOf, commandsOf, data, defaultLayers, el, features, fragmentOf, framed, getState, hasMessage, kilometres },
  ...{ ownYear, pick, positionsOf, present, shownFeatures, signButton, sourcesOf, statusIn, svg, t },
};

/** Parts that need a map. */
interface OfMap {
  creditWords: typeof import("./panel.ts").creditWords;
  keyRows: typeof import("./key.ts").keyRows;
  /** Take the function that opens the dialogue. */
  ready: (open: () => void) => void;
}

export type Parts = typeof own & OfMap;

/** Give the parts to the scripts that run from now on. */
export const offerParts = (others: OfMap): void => {
  Object.assign(globalThis, { corridorsParts: { ...own, ...others } });
};

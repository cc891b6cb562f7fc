/* What the dialogue to take the view along, and the layout for print, have from the page, so that the page has it only once: see take/parts.ts. */
import { ask } from "../columns/client.ts";
import { positionsOf } from "../columns/positions.ts";
import { el, present, signButton, svg } from "../dom.ts";
import { applyTheme } from "../look/colours.ts";
import { homeFrame } from "../map/home.ts";
import { framed, freeArea, setPaper } from "../map/room.ts";
import { columnLayers } from "../payload/columns.ts";
import { data } from "../payload/data.ts";
import { classOf, features, kilometres } from "../payload/features.ts";
import { formatNumber, hasMessage, pick, t } from "../payload/text.ts";
import { defaultLayers, fragmentOf } from "../state/address.ts";
import { commandsOf } from "../state/condition.ts";
import { ownYear, shownFeatures, statusIn } from "../state/filter.ts";
import { hasOrigin } from "../state/row_condition.ts";
import { getState } from "../state/state.ts";
import { sourceList, sourcesOf, sourcesTitle } from "./sources.ts";

/** Parts that do not need a map. */
export const shared = {
  ...{ classOf, commandsOf, data, defaultLayers, el, features, fragmentOf, framed, getState, hasMessage, kilometres },
  ...{ ownYear, pick, positionsOf, present, shownFeatures, signButton, sourcesOf, statusIn, svg, t },
  ...{ askRows: OWN && columnLayers.length ? ask : null, hasOrigin: OWN && hasOrigin },
  ...{ applyTheme, formatNumber, freeArea, homeFrame, setPaper, sourceList, sourcesTitle },
};

/** What the page has from that script. */
export interface Late {
  open: () => void;
  /** Lay the page for print. */
  prepare: () => void;
  restore: () => void;
}

/** Parts that need a map. */
interface OfMap {
  creditWords: typeof import("./panel.ts").creditWords;
  fillKey: typeof import("./key.ts").fillKey;
  inView: typeof import("../map/features.ts").inView;
  keyRows: typeof import("./key.ts").keyRows;
  /** Take the functions that this script has for the page. */
  ready: (made: Late) => void;
}

export type Parts = typeof shared & OfMap;

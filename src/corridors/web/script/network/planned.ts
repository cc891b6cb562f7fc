/* The route of the state, computed once. */
import { t } from "../payload/text.ts";
import type { Way } from "../types/network.ts";
import type { State } from "../types/state.ts";
import { NoRoute } from "./request.ts";
import { findRoutes } from "./routes.ts";

/** The route, or the reason why there is none. */
interface Planned {
  key: string;
  way?: Way;
  error?: string;
  /** The constraint that excludes it. */
  cut?: string;
}

let found: Planned = { key: "" };

/** The route of the state, or the reason why there is none; null if no route is requested. */
export const plannedRoute = ({ route, year, lang }: State): Planned | null => {
  if (!route?.from || !route.to) return null;
  const key = JSON.stringify([route, year, lang]);
  if (found.key !== key) {
    found = { key };
    try {
      if (!route.modes.length) throw new NoRoute("modes", t("route.no_mode"));
      [found.way] = findRoutes(route.from, route.to, { ...route, asOf: year });
    } catch (error) {
      Object.assign(found, { error: (error as Error).message, cut: (error as NoRoute).cut });
    }
  }
  return found;
};

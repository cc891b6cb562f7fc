/* The route of the state, computed once. */
import { t } from "../payload/text.ts";
import type { Way } from "../types/network.ts";
import type { State } from "../types/state.ts";
import { findRoutes } from "./routes.ts";

/** The route, or the reason why there is none. */
interface Planned {
  key: string;
  way?: Way;
  error?: string;
}

let found: Planned = { key: "" };

/** The route of the state, or the reason why there is none; null if no route is requested. */
export const plannedRoute = ({ route, year, lang }: State): Planned | null => {
  if (!route?.from || !route.to) return null;
  const key = JSON.stringify([route, year, lang]);
  if (found.key !== key) {
    found = { key };
    try {
      if (!route.modes.length) throw new Error(t("route.no_mode"));
      [found.way] = findRoutes(route.from, route.to, { ...route, asOf: year });
    } catch (error) {
      found.error = (error as Error).message;
    }
  }
  return found;
};

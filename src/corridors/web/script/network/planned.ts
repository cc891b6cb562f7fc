/* The route that the state asks for, found once. */
import { findRoutes } from "./routes.ts";
import { t } from "../payload/text.ts";

let found = { key: null };

/** The way that the state asks for, or the reason why there is none: {way} or {error}; null where nothing is asked. */
export const plannedRoute = ({ route, year, lang }) => {
  if (!route || !route.from || !route.to) return null;
  const key = JSON.stringify([route, year, lang]);
  if (found.key !== key) {
    found = { key };
    try {
      if (!route.modes.length) throw new Error(t("route.no_mode"));
      [found.way] = findRoutes(route.from, route.to, { ...route, asOf: year });
    } catch (error) {
      found.error = error.message;
    }
  }
  return found;
};

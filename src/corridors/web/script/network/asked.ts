/* What a route is asked by: made tidy, and as the text of an address. */
import { placeOf } from "./places.ts";
import { data } from "../payload/data.ts";

export const routeModes = ["rail", "road", "sea", "air"];
const LISTS = ["include", "avoid", "via"];

const idOf = (text) => {
  try { return text ? placeOf(text).id : ""; } catch { return ""; }
};

/** What a route is asked by, with everything unknown left out; null where no end of it is known. */
export const tidyRoute = (asked) => {
  if (!asked || !data.network) return null;
  const [from, to] = [idOf(asked.from), idOf(asked.to)];
  if (!from && !to) return null;
  const modes = routeModes.filter((mode) => (asked.modes || ["rail", "sea"]).includes(mode));
  const include = ["under_construction", "planned"].filter((status) => (asked.include || []).includes(status));
  const avoid = data.network.countries.filter((iso) => (asked.avoid || []).includes(iso));
  const via = [asked.via || []].flat().map(idOf).filter(Boolean);
  return { from, to, modes, by: asked.by === "time" ? "time" : "distance", include, avoid, via };
};

/** The same as text: from~to~modes~by~include~avoid~via, as far as there is anything to tell. */
export const routeText = ({ from, to, modes, by, ...lists }) => [from, to, modes.join(","), by, ...LISTS.map((key) => lists[key].join(","))].join("~").replace(/~+$/, "");

export const routeFromText = (text) => {
  const [from, to, modes, by, ...lists] = text.split("~");
  return { from, to, modes: modes === undefined ? undefined : modes.split(","), by, ...Object.fromEntries(LISTS.map((key, nth) => [key, (lists[nth] || "").split(",")])) };
};

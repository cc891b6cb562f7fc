/* What a route is asked by: made tidy, and as the text of an address. */
import { data } from "../payload/data.ts";
import type { AskedRoute, Change } from "../types/state.ts";
import { placeOf } from "./places.ts";

/** How goods can go, in the order of the page. */
export const routeModes = ["rail", "road", "sea", "air"] as const;

const USUAL = ["rail", "sea"];
const INCLUDABLE = ["under_construction", "planned"];
const LISTS = ["include", "avoid", "via"] as const;

const idOf = (text: unknown): string => {
  try {
    return text ? placeOf(String(text)).id : "";
  } catch {
    return "";
  }
};

const listOf = (value: unknown): unknown[] => [value ?? []].flat();

/** What a route is asked by, with everything unknown left out; null where no end of it is known. */
export const tidyRoute = (asked: Change["route"]): AskedRoute | null => {
  if (!asked || !data.network) return null;
  const [from, to] = [idOf(asked.from), idOf(asked.to)];
  if (!from && !to) return null;
  const [modes, include, avoid] = [asked.modes ?? USUAL, asked.include, asked.avoid].map(listOf);
  return {
    from,
    to,
    modes: routeModes.filter((mode) => modes.includes(mode)),
    by: asked.by === "time" ? "time" : "distance",
    include: INCLUDABLE.filter((status) => include.includes(status)),
    avoid: data.network.countries.filter((iso) => avoid.includes(iso)),
    via: listOf(asked.via).map(idOf).filter(Boolean),
  };
};

/** The same as text: from~to~modes~by~include~avoid~via, as far as there is anything to tell. */
export const routeText = ({ from, to, modes, by, ...lists }: AskedRoute): string =>
  [from, to, modes.join(","), by, ...LISTS.map((key) => lists[key].join(","))].join("~").replace(/~+$/, "");

/** What a text asks for, not yet tidy. */
export const routeFromText = (text: string): Change["route"] => {
  const [from, to, modes, by, ...lists] = text.split("~");
  const parts = LISTS.map((key, nth) => [key, (lists[nth] ?? "").split(",")]);
  return { from, to, by, modes: modes?.split(","), ...Object.fromEntries(parts) };
};

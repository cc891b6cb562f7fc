/* The options of a route: checked, and as text for an address. */
import { data } from "../payload/data.ts";
import type { AskedRoute, Change } from "../types/state.ts";
import { placeOf } from "./places.ts";

/** The modes of transport, in the order of the page. */
export const routeModes = ["rail", "road", "sea", "air"] as const;

/** The statuses of lines that a route may use besides those in operation. */
export const INCLUDABLE = ["under_construction", "planned"];
const LISTS = ["include", "avoid", "via"] as const;

const idOf = (text: unknown): string => {
  try {
    return text ? placeOf(String(text)).id : "";
  } catch {
    return "";
  }
};

const listOf = (value: unknown): unknown[] => [value ?? []].flat();

/** The options of a route without unknown values; null if no end of the route is known. */
export const tidyRoute = (asked: Change["route"]): AskedRoute | null => {
  if (!asked || !data.network) return null;
  const [from, to] = [idOf(asked.from), idOf(asked.to)];
  if (!from && !to) return null;
  const [modes, include, avoid] = [asked.modes ?? data.network.usual, asked.include, asked.avoid].map(listOf);
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

/** The same as text: from~to~modes~by~include~avoid~via, without empty parts at the end. */
export const routeText = ({ from, to, modes, by, ...lists }: AskedRoute): string =>
  [from, to, modes.join(","), by, ...LISTS.map((key) => lists[key].join(","))].join("~").replace(/~+$/, "");

/** The options in a text, not yet checked. */
export const routeFromText = (text: string): Change["route"] => {
  const [from, to, modes, by, ...lists] = text.split("~");
  const parts = LISTS.map((key, nth) => [key, (lists[nth] ?? "").split(",")]);
  return { from, to, by, modes: modes?.split(","), ...Object.fromEntries(parts) };
};

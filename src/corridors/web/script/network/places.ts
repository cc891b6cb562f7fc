/* The place for a text: by an id, a name in any language, a code, or a position. */
import { foldName, shortName } from "../payload/folding.ts";
import { pick, t } from "../payload/text.ts";
import type { Place, Position } from "../types/network.ts";
import { geodesicKm } from "./geodesic.ts";
import { coded, readNetwork } from "./network.ts";

let known: Map<string, Place[]> | null = null;

/** A name and its parts: without its text in brackets, the text in brackets, and both sides of a slash. */
const partsOf = (name: string): string[] => [
  name,
  shortName(name),
  ...name.split(" / "),
  ...[...name.matchAll(/[(（]([^()（）]*)[)）]/g)].map((found) => found[1]),
];

/** The places by each of their names, folded for comparison. */
const index = (): Map<string, Place[]> => {
  if (known) return known;
  known = new Map();
  for (const place of readNetwork().byId.values()) {
    const names = [...Object.values(place.name), ...place.codes, place.id, place.id.split("/")[1]];
    for (const key of new Set(names.flatMap((name) => partsOf(name ?? "")).map(foldName))) {
      if (key) known.set(key, [...(known.get(key) ?? []), place]);
    }
  }
  return known;
};

const nearest = (position: Position): Place | null => {
  const [, snapKm] = coded.finding;
  const { byId, nodes } = readNetwork();
  const near = [...byId.values()]
    .filter((place) => place.layer !== "airports")
    .map((place) => ({ place, km: geodesicKm(position, nodes[place.nodes[0]]) }))
    .reduce((best, other) => (other.km < best.km ? other : best));
  return near.km <= snapKm ? near.place : null;
};

const ambiguous = (asked: string, places: Place[]): Error => {
  const [, , most] = coded.finding;
  const told = places.slice(0, most).map((place) => `${pick(place.name)} (${place.id})`);
  return new Error(t("route.ambiguous", asked, told.join(", ")));
};

/** The place for an id, a name in any language, a code, or "longitude,latitude"; otherwise an error. */
export const placeOf = (text: string): Place => {
  const asked = String(text).trim();
  const own = readNetwork().byId.get(asked);
  if (own) return own;
  const position = /^(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)$/.exec(asked);
  const near = position && nearest({ lon: Number(position[1]), lat: Number(position[2]) });
  if (near) return near;
  const found = index().get(foldName(asked)) ?? [];
  const [layers] = coded.finding;
  for (const layer of layers) {
    // Where several layers have one name, that of the first is meant.
    const inLayer = found.filter((place) => place.layer === layer);
    if (inLayer.length > 1) throw ambiguous(asked, inLayer);
    if (inLayer.length) return inLayer[0];
  }
  throw new Error(t("route.unknown", asked));
};

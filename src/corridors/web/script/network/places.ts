/* The place that somebody means: by an id, a name in any language, a code, or a position. */
import { geodesicKm } from "./geodesic.ts";
import { readNetwork } from "./network.ts";
import { foldName } from "../payload/folding.ts";
import { pick, t } from "../payload/text.ts";

const LAYERS = ["cities", "stations", "ports", "airports"]; // where several have one name, the first layer's is meant
const SNAP_KM = 50;
const MOST = 8;

const bare = (name) => [name, name.replace(/\s*[(（][^()（）]*[)）]/g, ""), ...name.split(" / "), ...[...name.matchAll(/[(（]([^()（）]*)[)）]/g)].map((found) => found[1])];

let known = null;

/** The places by each of their names, folded. */
const index = () => {
  if (known) return known;
  known = new Map();
  for (const place of readNetwork().byId.values()) {
    const names = [...Object.values(place.name), ...place.codes, place.id, place.id.split("/")[1]].filter(Boolean);
    for (const key of new Set(names.flatMap(bare).map(foldName))) {
      if (key) known.set(key, [...(known.get(key) || []), place]);
    }
  }
  return known;
};

const nearest = (lon, lat) => {
  const network = readNetwork();
  const near = [...network.byId.values()].filter((place) => place.layer !== "airports")
    .map((place) => ({ place, km: geodesicKm({ lon, lat }, network.nodes[place.nodes[0]]) }))
    .reduce((best, other) => (other.km < best.km ? other : best));
  return near.km <= SNAP_KM ? near.place : null;
};

/** The place that somebody means by an id, a name in any language, a code, or "longitude,latitude"; else an error. */
export const placeOf = (text) => {
  const { byId } = readNetwork();
  const asked = String(text).trim();
  if (byId.has(asked)) return byId.get(asked);
  const position = /^(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)$/.exec(asked);
  const near = position && nearest(Number(position[1]), Number(position[2]));
  if (near) return near;
  const found = index().get(foldName(asked)) || [];
  for (const layer of LAYERS) {
    const inLayer = found.filter((place) => place.layer === layer);
    if (inLayer.length === 1) return inLayer[0];
    if (inLayer.length) throw new Error(t("route.ambiguous", asked, inLayer.slice(0, MOST).map((place) => `${pick(place.name)} (${place.id})`).join(", ")));
  }
  throw new Error(t("route.unknown", asked));
};

/* The features of the page, each complete, and what they are found by. */
import { data } from "./data.ts";

// What most features of a class, or figures of one label, have in common is written once (see web/packing.py).
const complete = (thing, usual) => {
  for (const [key, value] of Object.entries(usual || {})) if (!(key in thing)) thing[key] = value;
  return thing;
};
const usual = { classes: {}, labels: {}, ...data.defaults };
export const features = (data.features || []).map((feature) => complete(feature, usual.classes[feature.class]));
for (const { headline, facts } of features) for (const entry of [...(headline || []), ...(facts || [])]) complete(entry, usual.labels[entry.label]);
export const byId = new Map(features.map((feature) => [feature.id, feature]));

export const isCity = (feature) => feature.id.startsWith("cities/");

export const kilometres = (feature) => {
  const parts = Object.values(feature.km || {});
  return parts.length ? parts.reduce((sum, km) => sum + km, 0) : null;
};

/* The features of the page, each complete, and look-ups for them. */
import type { Feature, FeatureClass } from "../types/payload.ts";
import { data } from "./data.ts";

const UNKNOWN: FeatureClass = { style: {}, geometry: "line" };

// Values that most features of a class, or figures of one label, share are written once (see web/packing.py).
const complete = <T extends object>(thing: T, usual: Partial<T> | undefined): T => {
  for (const [key, value] of Object.entries(usual ?? {})) if (!(key in thing)) Object.assign(thing, { [key]: value });
  return thing;
};

const { classes, labels } = data.defaults ?? { classes: {}, labels: {} };

/** The features in the order of the page. */
export const features: Feature[] = data.features.map((feature) => complete(feature, classes[feature.class]));
for (const { headline = [], facts = [] } of features) {
  for (const entry of [...headline, ...facts]) if (entry.label) complete(entry, labels[entry.label]);
}

export const byId = new Map(features.map((feature) => [feature.id, feature]));

/** The selected feature of a state. */
export const featureOf = (id: string | null | undefined): Feature | undefined => (id ? byId.get(id) : undefined);

export const classOf = (feature: Feature): FeatureClass => data.classes[feature.class] ?? UNKNOWN;

export const isCity = (feature: Feature): boolean => feature.id.startsWith("cities/");

export const isArea = (feature: Feature): boolean => feature.geometry.t.endsWith("Polygon");

export const kilometres = (feature: Feature): number | null => {
  const parts = Object.values(feature.km ?? {});
  return parts.length ? parts.reduce((sum, km) => sum + km, 0) : null;
};

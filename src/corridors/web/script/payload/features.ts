/* The features of the page, each complete, and look-ups for them. */
import type { Feature, FeatureClass } from "../types/payload.ts";
import { data } from "./data.ts";
import { rowsOf } from "./rows.ts";

const UNKNOWN: FeatureClass = { style: {}, geometry: "line" };

/** The features in the order of the page. */
export const features: Feature[] = rowsOf<Feature>(data.features);

export const byId = new Map(features.map((feature) => [feature.id, feature]));

/** The selected feature of a state. */
export const featureOf = (id: string | null | undefined): Feature | undefined => (id ? byId.get(id) : undefined);

export const classOf = (feature: Feature): FeatureClass => data.classes[feature.class] ?? UNKNOWN;

export const isCity = (feature: Feature): boolean => feature.id.startsWith("cities/");

export const isArea = (feature: Feature): boolean => classOf(feature).geometry === "area";

export const isPoint = (feature: Feature): boolean => classOf(feature).geometry === "point";

export const kilometres = ({ km = {}, whole }: Feature): number | null => {
  const parts = Object.values(km);
  if (whole !== undefined) return whole;
  return parts.length ? parts.reduce((sum, km) => sum + km, 0) : null;
};

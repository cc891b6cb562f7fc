/* Stretches and marks of a profile in words. */

import { featureOf } from "../payload/features.ts";
import { countryName, formatNumber, formatQuantity, pick, t } from "../payload/text.ts";
import type { Mark, Profile, Stretch } from "../types/profile.ts";

/** Whole metres as km, rounded as on cards. */
const km = (metres: number): number => Math.floor((metres + 50) / 100) / 10;
export const kmNumber = (metres: number): string => formatNumber(km(metres), 0);
export const kmWords = (metres: number): string => formatQuantity({ value: km(metres), unit: "km", digits: 0 });

const modeWords = (mode: string): string => t(`profile.mode.${mode}`);

/** The name of the place of a mark. */
export const placeName = ({ feature, name }: Mark): string => pick(name ?? featureOf(feature ?? null)?.name);

/** Hours to a tenth, and the number of digits that they need. */
export const tenths = (hours: number): [value: number, digits: number] => {
  const value = Math.round(hours * 10) / 10;
  return [value, Number.isInteger(value) ? 0 : 1];
};

/** Hours with their unit. */
export const hoursWords = (hours: number): string => {
  const [value, digits] = tenths(hours);
  return formatQuantity({ value, unit: "hours", digits });
};

const changeWords = ({ kind, before = "", after = "" }: Mark): string => {
  if (kind === "border") return `${countryName(before)} → ${countryName(after)}`;
  if (kind === "transfer") return before && after ? `${modeWords(before)} → ${modeWords(after)}` : "";
  return `${before} → ${formatQuantity({ value: Number(after), unit: "mm", digits: 0 })}`;
};

/** What happens at a mark, and how many hours it takes. */
export const markWords = (mark: Mark): string => {
  const { hours = null, kind } = mark;
  const long = hours === null ? t("profile.unknown") : hoursWords(hours);
  return `${[t(`profile.${kind}`), changeWords(mark)].filter(Boolean).join(" ")}, ${long}`;
};

/** The same in short, for the strip; a place with its name. */
export const shortWords = (mark: Mark): string => {
  if (mark.kind === "place") return placeName(mark);
  const hours = typeof mark.hours === "number" ? t("profile.hour", formatNumber(...tenths(mark.hours))) : "?";
  return [changeWords(mark), hours].filter(Boolean).join(" · ");
};

/** What a stretch runs on: the gauge of a railway, or the mode. */
export const wayWords = ({ mode, gauge }: Stretch): string => {
  if (mode !== "rail") return modeWords(mode);
  return gauge
    ? t("profile.gauge", formatQuantity({ value: gauge, unit: "mm", digits: 0 }))
    : t("profile.gauge.unknown");
};

/** The country of a stretch, or at sea and in the air the mode. */
export const whereWords = ({ country, mode }: Stretch): string => (country ? countryName(country) : modeWords(mode));

/** A part of the route in which a property does not change. */
export interface Part {
  from: number;
  to: number;
  stretch: Stretch;
}

/** Stretches in succession with the same property as one. */
export const partsBy = ({ stretches }: Profile, keyOf: (stretch: Stretch) => string): Part[] => {
  const parts: Part[] = [];
  let from = 0;
  for (const stretch of stretches) {
    const last = parts.at(-1);
    if (last && keyOf(last.stretch) === keyOf(stretch)) last.to = stretch.end;
    else parts.push({ from, to: stretch.end, stretch });
    from = stretch.end;
  }
  return parts;
};

/** The parts in each country; a transfer at the shore belongs to it. */
export const countryParts = (profile: Profile): Part[] => partsBy(profile, ({ country, mode }) => country || mode);

/* What was measured in words: a length and an area, each in one or two units. */
import { geodesicKm } from "../network/geodesic.ts";
import { geodesicArea } from "../network/geodesic_area.ts";
import { formatQuantity, t } from "../payload/text.ts";
import type { MeasureOptions } from "../types/elements.ts";
import type { Position } from "../types/network.ts";

/** The units by folium's names, from the smallest: our name, and how many metres or square metres each has. */
const UNITS: Record<string, [unit: string, size: number, from?: number][]> = {
  meters: [
    ["m", 1],
    ["km", 1000, 1e4],
  ],
  kilometers: [["km", 1000]],
  feet: [["feet", 0.3048]],
  miles: [["miles", 1609.344]],
  sqmeters: [
    ["m2", 1],
    ["ha", 1e4, 1e4],
    ["km2", 1e6, 1e7],
  ],
  hectares: [["ha", 1e4]],
  acres: [["acres", 4046.8564224]],
  sqfeet: [["square_feet", 0.3048 ** 2]],
  sqmiles: [["square_miles", 1609.344 ** 2]],
};

const digitsOf = (value: number): number => [10, 100].filter((limit) => value < limit).length;

/** An amount of metres or square metres in a unit of folium; large amounts of metres in a larger metric unit. */
const inUnit = (amount: number, name: string): string => {
  const [unit, size] = UNITS[name].findLast(([, , from = 0]) => amount >= from) ?? UNITS[name][0];
  const value = amount / size;
  return formatQuantity({ value, unit, digits: digitsOf(value) });
};

const inUnits = (amount: number, first: string, second?: string): string => {
  const words = inUnit(amount, first);
  const others = second ? inUnit(amount, second) : words;
  return others === words ? words : t("ui.measure.both", words, others);
};

/** The length of the line through positions, and the area of their ring if they have one. */
export const measuredWords = (positions: Position[], options: MeasureOptions): string[] => {
  const {
    primaryLengthUnit = "meters",
    primaryAreaUnit = "sqmeters",
    secondaryLengthUnit,
    secondaryAreaUnit,
  } = options;
  const metres = 1000 * positions.slice(1).reduce((sum, place, nth) => sum + geodesicKm(positions[nth], place), 0);
  const words = [t("ui.measure.length", inUnits(metres, primaryLengthUnit, secondaryLengthUnit))];
  if (positions.length < 3) return words;
  const area = geodesicArea(positions);
  return [...words, t("ui.measure.area", inUnits(area, primaryAreaUnit, secondaryAreaUnit))];
};

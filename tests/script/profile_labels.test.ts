/* The names in the strip of a profile: the ends always, then breaks of gauge and large cities, and none covers another. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { byClaim, placeLabels } from "../../src/corridors/web/script/profile/labels.ts";
import type { Mark } from "../../src/corridors/web/script/types/profile.ts";

const LETTER = 6;
const widthOf = (text: string): number => LETTER * text.length;
const place = (at: number, en: string, people?: number): Mark => ({
  at,
  kind: "place",
  lon: 0,
  lat: 0,
  name: { en },
  ...(people && { people }),
});
const nameOf = ({ name }: Mark): string => name?.en ?? "";
const labels = (marks: Mark[], width: number, whole: number) =>
  placeLabels(marks, width, width / whole, nameOf, widthOf);

const marks: Mark[] = [
  place(0, "Start"),
  place(200, "Village"),
  place(300, "Town", 50_000),
  place(330, "City", 900_000),
  place(600, "Change"),
  { ...place(600, ""), kind: "break", before: "1435", after: "1520", hours: 1.5 },
  place(1000, "End"),
];

test("ends come first, then breaks of gauge, then cities by their people; other stations have no name", () => {
  assert.deepEqual(byClaim(marks).map(nameOf), ["Start", "End", "Change", "City", "Town"]);
});

test("with space all of them have a name, at their place", () => {
  const found = labels(marks, 1000, 1000);
  assert.deepEqual(found.map(({ text }) => text).sort(), ["Change", "City", "End", "Start", "Town"]);
  for (const { x, middle } of found) assert.ok(x === null || x === middle);
});

test("no name covers another, leaves the strip, or lies on the line that leads to another", () => {
  let seed = 7;
  const chance = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return seed % below;
  };
  for (let round = 0; round < 200; round += 1) {
    const places = Array.from({ length: 3 + chance(20) }, () =>
      place(chance(5000), "x".repeat(3 + chance(14)), 1 + chance(9)),
    );
    places.sort((one, other) => one.at - other.at);
    const width = 220 + chance(300);
    const found = labels(places, width, 5000).map((label) => {
      const half = widthOf(label.text) / 2;
      return { ...label, left: label.middle - half, right: label.middle + half };
    });
    for (const { left, right } of found) assert.ok(left >= 0 && right <= width);
    const pairs = found.flatMap((one) => found.filter((two) => two !== one).map((two) => [one, two]));
    for (const [one, two] of pairs) {
      if (one.row === two.row) assert.ok(one.right < two.left || two.right < one.left);
      if (one.x !== null && two.row < one.row) assert.ok(one.x < two.left || two.right < one.x);
    }
  }
});

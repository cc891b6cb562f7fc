/* Where names stand, by the rule of labels: small grounds on which the best place is plain to see. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ground } from "../../src/corridors/web/script/map/label_places.ts";
import { openPage } from "./open.ts";

// One place to the right, one to the left, one above; two rings. Lengths are in pixels.
const labels = {
  places: [
    [0, 0.5, 1, 0],
    [1, 0.5, -1, 0],
    [0.5, 1, 0, -1],
  ],
  costs: [0.1, 1.4, 3],
  ledRings: [30],
  led: 8,
  dots: 2,
  touch: 0.7,
  apart: 1.5,
  aside: [20, 20],
  step: 6,
  pointZoom: [0, 3, 5],
};
openPage({ labels });
const { findPlace, padded } = await import("../../src/corridors/web/script/map/label_places.ts");
const { labelZoom, roundLength } = await import("../../src/corridors/web/script/map/scale.ts");

const at = { x: 100, y: 100 };
const wish = { of: "a", size: 5, gap: 2, rings: [0, 5] };
const own = { ...at, of: "a", r: 5 };
const ground: Ground = { taken: [], symbols: [own], dots: [], size: { x: 400, y: 300 } };
const size: [number, number] = [40, 10];
const right = [107, 95, 147, 105];
const left = [53, 95, 93, 105];

test("a name stands at the first place that is free", () => {
  assert.deepEqual(findPlace(wish, at, size, ground), { box: right, leader: null });
  assert.deepEqual(findPlace(wish, at, size, { ...ground, taken: [[110, 90, 200, 110]] })?.box, left);
});

test("names keep apart, also where they would only touch", () => {
  const below = (top: number): Ground => ({ ...ground, taken: [[107, top, 147, top + 10]] });
  assert.deepEqual(findPlace(wish, at, size, below(105 + 1))?.box, left);
  assert.deepEqual(findPlace(wish, at, size, below(105 + 2))?.box, right);
});

test("a name is nearer to its own symbol than to any other", () => {
  const other = { of: "b", x: 152, y: 100, r: 3 };
  assert.deepEqual(findPlace(wish, at, size, { ...ground, symbols: [own, other] })?.box, left);
});

test("a name is nearer to its own symbol's edge, too", () => {
  const large = { of: "b", x: 160, y: 100, r: 10 };
  assert.deepEqual(findPlace(wish, at, size, { ...ground, symbols: [own, large] })?.box, left);
});

test("a place down the list is taken before one farther out", () => {
  const taken: Ground["taken"] = [
    [100, 95, 106.5, 105],
    [94, 95, 95, 105],
  ];
  assert.deepEqual(findPlace(wish, at, size, { ...ground, taken })?.box, [80, 83, 120, 93]);
});

test("a name had better not hide lines", () => {
  const dots = Array.from({ length: 7 }, (_, nth) => ({ x: 108 + 6 * nth, y: 100 }));
  assert.deepEqual(findPlace(wish, at, size, { ...ground, dots })?.box, left);
});

test("a name stays within the map, and where there is no room it is left out", () => {
  assert.equal(findPlace(wish, { x: 380, y: 100 }, size, { ...ground, symbols: [] })?.box[2], 373);
  assert.equal(findPlace(wish, at, size, { ...ground, taken: [[0, 0, 400, 300]] }), null);
});

test("a name far from its symbol is led to, from the edge of the symbol to that of the box", () => {
  const found = findPlace({ ...wish, rings: [30] }, at, size, ground);
  assert.deepEqual(found?.box, [137, 95, 177, 105]);
  assert.deepEqual(found?.leader?.at(0), { x: 103.5, y: 100 });
  assert.deepEqual(found?.leader?.at(-1), { x: 137, y: 100 });
  const crossed = { ...ground, symbols: [own, { of: "b", x: 120, y: 100, r: 3 }] };
  assert.deepEqual(findPlace({ ...wish, rings: [30] }, at, size, crossed)?.box, [23, 95, 63, 105]);
});

test("the name of a country keeps its middle in the country", () => {
  const country = { of: "KAZ", room: 12 };
  assert.deepEqual(findPlace(country, at, size, { ...ground, symbols: [] })?.box, [80, 95, 120, 105]);
  assert.deepEqual(findPlace(country, at, size, { ...ground, symbols: [{ ...own, r: 4 }] })?.box, [80, 105, 120, 115]);
  assert.equal(findPlace({ ...country, room: 5 }, at, size, ground), null);
});

test("the name of a ribbon lies on its middle, and keeps off other ribbons", () => {
  const course = Array.from({ length: 30 }, (_, nth) => ({ x: 20 + 6 * nth, y: 100 }));
  const bare = { ...ground, symbols: [] };
  const ribbon = { of: "r", course, others: [] };
  assert.deepEqual(findPlace(ribbon, at, size, bare)?.box, [90, 95, 130, 105]);
  assert.deepEqual(findPlace({ ...ribbon, others: [{ x: 110, y: 112 }] }, at, size, bare)?.box, [90, 95, 130, 105]);
  const others = [{ x: 110, y: 101 }];
  assert.ok((findPlace({ ...ribbon, others }, at, size, bare)?.box[2] ?? 0) < 104);
});

test("a box grows on every side", () => {
  assert.deepEqual(padded([1, 2, 3, 4], 1), [0, 1, 4, 5]);
});

test("what matters most is named from the lowest zoom", () => {
  assert.deepEqual([-1, 0, 1, 2].map(labelZoom), [0, 0, 3, 5]);
});

test("a scale bar has a round length", () => {
  assert.deepEqual([999, 1000, 1999, 2000, 4999, 5000, 0.3].map(roundLength), [500, 1000, 1000, 2000, 2000, 5000, 0.2]);
});

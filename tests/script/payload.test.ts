/* What travels in the page, read back. Encoding is held to Python's in test_script_rules.py. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./open.ts";

openPage({
  step: 1e-5,
  basemap: { land: [[[0, 0, 100, 0, 0, 100]], [[7, 7, 1, 1]]] },
  classes: { rail: { geometry: "line", style: { width: 2 } } },
  defaults: { classes: { rail: { kind: "rail", rank: 5 } }, labels: { "fact.length": { unit: "km", digits: 0 } } },
  features: [
    {
      id: "rail/a",
      class: "rail",
      name: { en: "A" },
      rank: 1,
      geometry: { t: "LineString", c: [] },
      facts: [
        { label: "fact.length", value: 5 },
        { label: "fact.other", value: 6 },
      ],
      headline: [{ label: "fact.length", value: 5, digits: 1 }],
      km: { KAZ: 1.5, CHN: 2 },
    },
    { id: "cities/b", class: "unknown", name: {}, geometry: { t: "Point", c: [1, 2] } },
  ],
});
const { byId, classOf, featureOf, features, isArea, isCity, kilometres } = await import(
  "../../src/corridors/web/script/payload/features.ts"
);
const { decode, decodePoint } = await import("../../src/corridors/web/script/payload/decode.ts");
const { numbers, runs, sums } = await import("../../src/corridors/web/script/payload/numbers.ts");
const [a, b] = features;

test("what most features of a class and figures of a label have in common is put back, and no more", () => {
  assert.deepEqual([a.kind, a.rank], ["rail", 1]);
  assert.deepEqual(a.facts, [
    { label: "fact.length", value: 5, unit: "km", digits: 0 },
    { label: "fact.other", value: 6 },
  ]);
  assert.deepEqual(a.headline?.[0].digits, 1);
});

test("features are found by id, and know their class, also where the page has none", () => {
  assert.equal(byId.get("rail/a"), a);
  assert.deepEqual([featureOf("nowhere"), featureOf(null)], [undefined, undefined]);
  assert.deepEqual([classOf(a).style.width, classOf(b).geometry], [2, "line"]);
  assert.deepEqual([isCity(a), isCity(b), isArea(a)], [false, true, false]);
  assert.deepEqual([kilometres(a), kilometres(b)], [3.5, null]);
});

test("positions come back with the latitude first, point, line and nested", () => {
  assert.deepEqual(decodePoint({ t: "Point", c: [7_650_000, 4_310_000] }), [43.1, 76.5]);
  assert.deepEqual(decode({ t: "LineString", c: [2, 4, -1, -1], s: 0.5 }), [
    [2, 1],
    [1.5, 0.5],
  ]);
  assert.deepEqual(
    decode({
      t: "MultiLineString",
      c: [
        [1, 1],
        [2, 2],
      ],
      s: 1,
    }),
    [[[1, 1]], [[2, 2]]],
  );
});

test("an outline that the basemap has is taken from there", () => {
  const where = { c: [], land: [1], s: 1 };
  assert.deepEqual(decode({ ...where, t: "Polygon" }), [
    [
      [7, 7],
      [8, 8],
    ],
  ]);
  assert.deepEqual(decode({ ...where, t: "MultiPolygon" }), [
    [
      [
        [7, 7],
        [8, 8],
      ],
    ],
  ]);
});

test("lists of numbers come back from runs, letters and differences", () => {
  assert.deepEqual(runs([7, 2, 0, 0, 5, 1]), [7, 7, 5]);
  assert.deepEqual(numbers("ACDgB"), [0, 1, -1, 16]);
  assert.deepEqual(sums([3, -1, 0, 5]), [3, 2, 2, 7]);
});

/* What the state lets through, and in what status it stands in a year. The status is held to Python's in test_script_rules.py. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Feature } from "../../src/corridors/web/script/types/payload.ts";
import { columnsOf, openPage } from "./open.ts";

const line = (id: string, more: Partial<Feature> = {}): Feature => ({
  id,
  class: "rail",
  kind: "rail",
  name: { en: id },
  ...more,
});

const features = [
  line("a", { km: { KAZ: 100.25, CHN: 50 }, gauge: "1520", country: ["KAZ", "CHN"] } as Partial<Feature>),
  line("b", { km: { KAZ: 0.1 }, status: "planned", opened: "2030" }),
  line("c", { class: "roads", kind: "road", km: { KAZ: 7 } }),
  line("d", { classes: { "": "none", "2013": "low" } }),
  line("e", { scenario: "closed" }),
  line("f", { class: "visa", before: "no_visa", since: "2023-11-10" }),
];
openPage({
  features: columnsOf(features),
  map: { asOf: "2025-06-17" },
  classes: { rail: { geometry: "line", style: {}, on: true } },
});
const { classIn, ownYear, passes, shownFeatures, valuesOf } = await import(
  "../../src/corridors/web/script/state/filter.ts"
);
const open = { year: null, filters: {}, scenario: null };
const [a, b, , d, e] = features;

test("the map's own year is none, or that of its date", () => {
  assert.ok(ownYear(null) && ownYear(2025));
  assert.ok(!ownYear(2024));
});

test("a feature whose class follows a series has that of the year, or that of years without a figure", () => {
  assert.deepEqual(
    [null, 2025, 2013, 2014, 2040].map((year) => classIn(d, year)),
    ["rail", "rail", "low", "none", "none"],
  );
  assert.equal(classIn(a, 2013), "rail");
});

test("a filter lets through what has one of its values, and nothing that has none", () => {
  assert.ok(passes(a, { ...open, filters: { country: ["CHN"] } }));
  assert.ok(!passes(a, { ...open, filters: { country: ["UZB"] } }));
  assert.ok(!passes(a, { ...open, filters: { country: [] } }));
  assert.ok(!passes(b, { ...open, filters: { country: ["UZB"] } }));
});

test("a filter by status asks for the status in the year", () => {
  const planned = { status: ["planned"] };
  assert.ok(passes(b, { ...open, filters: planned }));
  assert.ok(!passes(b, { ...open, filters: planned, year: 2031 }));
  assert.deepEqual(valuesOf(b, "status", 2031), ["operational"]);
});

test("counts of one filter ask the others only", () => {
  const filters = { country: ["UZB"], status: ["operational"] };
  assert.ok(!passes(a, { ...open, filters }));
  assert.ok(passes(a, { ...open, filters }, "country"));
});

test("what a scenario changes is seen with that scenario, whatever the filters", () => {
  assert.ok(!passes(e, open));
  assert.ok(passes(e, { ...open, scenario: "closed", filters: { status: ["planned"] } }));
});

test("shown is what its class and the filters let through, in the order of the page", () => {
  const state = { ...open, layers: ["rail"] } as unknown as Parameters<typeof shownFeatures>[0];
  assert.deepEqual(
    shownFeatures(state).map(({ id }) => id),
    ["a", "b", "d"],
  );
  assert.deepEqual(
    shownFeatures({ ...state, year: 2013 }).map(({ id }) => id),
    ["a"], // the class of d in 2013 is off
  );
});

test("what was of another class before its date is there in each year", () => {
  const f = features[5];
  const classes = [1990, 2022, 2023, 2025, 2030, null].map((year) => classIn(f, year));
  assert.deepEqual(classes, ["no_visa", "no_visa", "visa", "visa", "visa", "visa"]);
  assert.ok([1990, 2022, 2023].every((year) => passes(f, { ...open, year })));
});

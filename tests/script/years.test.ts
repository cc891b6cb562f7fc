/* The years of a map: their span, what runs at the end of each, what changes in one, and what has no known opening. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Feature } from "../../src/corridors/web/script/types/payload.ts";
import type { State } from "../../src/corridors/web/script/types/state.ts";
import { columnsOf, openPage } from "./open.ts";

const line = (id: string, more: Partial<Feature>): Feature => ({
  id,
  class: "rail",
  kind: "rail",
  name: { en: id },
  status: "operational",
  km: { KAZ: 10 },
  ...more,
});

const features = [
  line("old", { opened: "1904", closed: "2010-05" }),
  line("new", { works_started: "1900", opened: "2013-12-31", km: { KAZ: 1, CHN: 2 } }),
  line("undated", { undated: true, km: { KAZ: 5 } }),
  line("later", { status: "planned", opened: "2031" }),
  line("off", { class: "roads", opened: "2013" }),
  line("works", { status: "under_construction" }),
  line("waived", { class: "roads", before: "hatched", since: "2023-11", km: {} }),
];
openPage({
  features: columnsOf(features),
  map: { asOf: "2025-06-17" },
  classes: { rail: { geometry: "line", style: {}, on: true }, roads: { geometry: "line", style: {} } },
});
const { changesBetween, changesIn, isMarked, isUnsure, runningByYear, runningIn, shownYear, span, statusAt, yearAt } =
  await import("../../src/corridors/web/script/state/years.ts");
const { getState } = await import("../../src/corridors/web/script/state/state.ts");
const state = getState();
const [, , undated] = features;

test("the span of years reaches from the first date, of works too, to the last", () => {
  assert.deepEqual(span, [1900, 2031]);
  assert.deepEqual([shownYear({ year: null }), shownYear({ year: 1990 })], [2025, 1990]);
});

test("what opened in a year runs at its end, and what closed in a year is gone in the next", () => {
  const known = [1903, 1904, 2010, 2011, 2012, 2013, 2030, 2031].map((year) => runningIn(state, year).known);
  assert.deepEqual(known, [0, 10, 10, 0, 0, 3, 3, 13]);
});

test("what opened in an unknown year is counted apart, in each year", () => {
  assert.deepEqual(runningIn(state, 1990), { known: 10, unknown: 5 });
  assert.deepEqual(runningIn(state, 2026), { known: 3, unknown: 5 });
});

test("only before the map's own year it is open whether something existed", () => {
  assert.deepEqual(
    [1990, 2024, 2025, null, 2030].map((year) => isUnsure(undated, year)),
    [true, true, false, false, false],
  );
});

test("with what is planned, all that is planned or being built runs, without a date too", () => {
  assert.equal(runningIn(state, "planned").known, 33);
  const stands = (status: Feature["status"], moment: State["against"]) => statusAt(line("x", { status }), moment);
  assert.deepEqual(
    (["planned", "under_construction", "suspended"] as const).map((status) => [
      stands(status, "planned"),
      stands(status, null),
    ]),
    [
      ["operational", "planned"],
      ["operational", "under_construction"],
      ["suspended", "suspended"],
    ],
  );
  assert.deepEqual([yearAt("planned"), yearAt(1990), yearAt(null)], [null, 1990, null]);
});

test("what runs by year is what runs in each", () => {
  const filters = { ...state, layers: ["rail", "roads"] };
  const [first, last] = span ?? [0, -1];
  const years = Array.from({ length: last - first + 1 }, (_, nth) => first + nth);
  assert.deepEqual(
    runningByYear(filters),
    years.map((year) => runningIn(filters, year)),
  );
});

test("what opens and closes in a year is what the state shows", () => {
  const ids = (year: number, layers = state.layers) =>
    Object.values(changesIn({ ...state, layers }, year)).map((list) => list.map(({ id }) => id));
  assert.deepEqual(ids(2013), [["new"], []]);
  assert.deepEqual(ids(2010), [[], ["old"]]);
  assert.deepEqual(ids(2013, ["roads"]), [["off"], []]);
  assert.deepEqual(ids(2031), [["later"], []]);
  assert.deepEqual(ids(1900), [[], []]);
});

test("between two dates, in either order, is named and marked what is in operation on one of them alone", () => {
  const named = (year: number | null, against: number | "planned" | null) => {
    const dates = { year, against };
    const { opened, closed } = changesBetween({ ...state, ...dates, filters: { status: ["planned"] } });
    const marked = features.filter((one) => one.class === "rail" && isMarked(one, dates));
    assert.deepEqual(new Set([...opened, ...closed]), new Set(marked));
    return [opened, closed].map((list) => list.map(({ id }) => id));
  };
  assert.deepEqual(named(2009, 2020), [["new"], ["old"]]);
  assert.deepEqual(named(2020, 2009), [["new"], ["old"]]);
  assert.deepEqual(named(1890, 2005), [["old"], []]);
  assert.deepEqual(named(null, 1902), [["old", "new"], []]);
  assert.deepEqual(named(null, "planned"), [["later", "works"], []]);
  assert.deepEqual(named(2014, 2014), [[], []]);
});

test("what was of another class before its date did not run as such", () => {
  const roads = { ...state, layers: ["roads"] };
  const isOpened = (year: number, against: number): boolean =>
    changesBetween({ ...roads, year, against }).opened.some(({ id }) => id === "waived");
  assert.deepEqual([isOpened(2022, 2024), isOpened(2023, 2024)], [true, false]);
  assert.deepEqual(
    changesIn(roads, 2023).opened.map(({ id }) => id),
    ["waived"],
  );
});

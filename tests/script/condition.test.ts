/* A selection as conditions and commands, and its totals. Both are held to Python's in test_page_totals.py. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { State } from "../../src/corridors/web/script/types/state.ts";
import { columnsOf, openPage } from "./open.ts";

const line = (id: string, more: object) => ({ id, class: "rail.1520", kind: "rail", name: {}, ...more });

openPage({
  features: columnsOf([
    line("rail/a", {
      km: { KAZ: 100.25, CHN: 50 },
      whole: 150.2,
      gauge: "1520",
      country: ["KAZ", "CHN"],
      serves: [0, 1],
    }),
    line("rail/b", {
      km: { KAZ: 0.1 },
      whole: 0.1,
      gauge: "1435",
      class: "rail.1435",
      country: ["KAZ"],
      operator: ["O'B"],
    }),
    { id: "reserves/c", class: "reserves.all", kind: "reserves", name: {}, km2: 4.1 },
    { id: "reserves/d", class: "reserves.all", kind: "reserves", name: {}, km2: 0.2 },
    { id: "corridors/e", class: "corridors.e", kind: "corridor", name: {}, km: { KAZ: 9 } },
  ]),
  map: {
    asOf: "2025-06-17",
    groups: [
      { id: "rail", layer: "rail", classes: ["rail.1435", "rail.1520"], column: "gauge_mm", whole: true, title: {} },
      { id: "reserves", layer: "reserves", classes: ["reserves.all"], column: "kind", whole: true, title: {} },
      { id: "corridors", layer: "corridors", classes: ["corridors.e"], title: {} },
    ],
    filters: [
      { property: "country", values: ["KAZ", "CHN"], column: "country" },
      { property: "gauge", values: ["1435", "1520"], column: "gauge_mm" },
      { property: "operator", values: ["O'B", "X"], column: "operator", many: true },
      { property: "electrified", values: ["yes", "no", "unknown"], column: "electrified" },
    ],
  },
  classes: {
    "rail.1435": { geometry: "line", style: {}, on: true, values: [1435] },
    "rail.1520": { geometry: "line", style: {}, on: true, values: [1520] },
    "reserves.all": { geometry: "area", style: {}, on: true },
    "corridors.e": { geometry: "line", style: {}, on: true },
  },
  catchment: { country: ["KAZ", "CHN;KAZ"], station: [1, 0], near: [[0], [0, 1]], people: [1000, 5] },
});
const { commandsOf, conditionsOf, isMeasured } = await import("../../src/corridors/web/script/state/condition.ts");
const { sumKm, totalsOf } = await import("../../src/corridors/web/script/state/measured.ts");
const { features } = await import("../../src/corridors/web/script/payload/features.ts");

const all = ["rail.1435", "rail.1520", "reserves.all", "corridors.e"];
const state = (filters: State["filters"], layers = all, year: number | null = null) =>
  ({ layers, filters, year, scenario: null }) as State;

test("without conditions, whole layers are in one command", () => {
  assert.deepEqual(commandsOf(state({})), ["corridors stats --layer rail --layer reserves"]);
});

test("some classes of a layer are a condition on the column that gives them", () => {
  assert.deepEqual(conditionsOf(state({}, ["rail.1520", "corridors.e"])), [
    { layer: "rail", where: "gauge_mm == 1520" },
  ]);
});

test("a layer without the property of a condition is not asked for", () => {
  assert.deepEqual(commandsOf(state({ country: ["KAZ", "CHN"] }, all, 2013)), [
    `corridors stats --layer rail --where "country in ('KAZ', 'CHN')" --as-of 2013`,
  ]);
});

test("the map's own year is no condition", () => {
  assert.deepEqual(commandsOf(state({ gauge: ["1435"] }, all, 2025)), [
    'corridors stats --layer rail --where "gauge_mm == 1435"',
  ]);
});

test("quotes of a value and of the shell stay what they are", () => {
  assert.deepEqual(commandsOf(state({ operator: ["O'B"] })), [
    String.raw`corridors stats --layer rail --where "\"O'B\" in operator"`,
  ]);
});

test("what commands cannot measure is not counted", () => {
  assert.deepEqual(features.map(isMeasured), [true, true, true, true, false]);
});

test("halves of a tenth of a kilometre go up", () => {
  assert.deepEqual([0, 49, 50, 100_249, 100_250].map(sumKm), [0, 0, 0.1, 100.2, 100.3]);
});

test("a line counts with its whole length, or with its part in the wanted countries", () => {
  const [rail, reserves] = totalsOf(state({}));
  assert.deepEqual(rail, {
    ...{ kind: "rail", features: 2, km: 150.3, km2: null, undated: null, stations: 1, people: 1005 },
    country: [
      ["KAZ", 100.4],
      ["CHN", 50],
    ],
    gauge: [
      ["1520", 150.2],
      ["1435", 0.1],
    ],
  });
  assert.deepEqual([reserves.km, reserves.km2, reserves.people], [null, 4.3, null]);
  const [inside] = totalsOf(state({ country: ["CHN"] }));
  assert.deepEqual([inside.features, inside.km, inside.stations, inside.people], [1, 50, 0, 1005]);
});

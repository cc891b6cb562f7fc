/* Rows of a table in an order. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./open.ts";

openPage({});
const { sortedRows } = await import("../../src/corridors/web/script/panel/sorting.ts");

type Row = { name: string; km: number | null };
const rows: Row[] = [
  { name: "B", km: 10 },
  { name: "a", km: null },
  { name: "É", km: 9 },
  { name: "C", km: 10 },
  { name: "D", km: Number.POSITIVE_INFINITY },
  { name: "E", km: Number.POSITIVE_INFINITY },
];
const worth = (row: Row, column: string) => (column === "km" ? row.km : row.name);
const order = (column: string | null, down: boolean, name?: (row: Row) => string): string =>
  sortedRows(rows, { column, down }, worth, name)
    .map((row) => row.name)
    .join("");

test("numbers are sorted by size and texts as readers do", () => {
  assert.equal(order("km", false), "ÉBCDEa");
  assert.equal(order("name", false), "aBCDEÉ");
  assert.equal(order("name", true), "ÉEDCBa");
});

test("what has no value comes last in either direction", () => {
  assert.equal(order("km", true), "DEBCÉa");
});

test("equals stand by their names, if names are given, else as they stood", () => {
  const name = (row: Row) => ({ B: "2", C: "1" })[row.name] ?? row.name;
  assert.equal(order("km", false, name), "ÉCBDEa");
});

test("without a column rows keep their own order, and are never changed in place", () => {
  assert.equal(order(null, true), "BaÉCDE");
  assert.equal(rows.map((row) => row.name).join(""), "BaÉCDE");
});

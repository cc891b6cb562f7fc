/* The state of a page of a reader's own data: ranges, values and rows in changes and addresses, and cells in words. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Column } from "../../src/corridors/web/script/types/columns.ts";
import { messagesOf, openPage } from "./open.ts";

const columns = [
  { name: "use", type: "category", values: ["rail", "a,b~"], codes: [0, 0], missing: [0, 0] },
  { name: "paved", type: "bool", codes: [0, 0] },
];
openPage({
  columns: [
    { id: "roads/old", count: 3, classes: ["roads.0"], columns, geometry: { kind: "line" } },
    { id: "places", count: 1, classes: ["places.0"], columns: [], geometry: { kind: "point" }, label: "name" },
  ],
  map: {
    groups: [{ id: "places", layer: "places", title: { en: "My places" }, classes: ["places.0"] }],
    filters: [
      { property: "use", values: ["rail", "a,b~"] },
      { property: "year", values: [], range: [1900, 2000] },
      { property: "built", values: [], range: [0, 20_000], unit: "day" },
      { property: "paved", values: ["false", "true"] },
    ],
  },
  messages: messagesOf({
    en: { yes: "yes", no: "no", "card.row": "Row {0}", "filter.none": "no value", "date.dmy": "{0} {1} {2}" },
  }),
  classes: { "roads.0": { geometry: "line", style: {}, on: true }, "places.0": { geometry: "point", style: {} } },
});
const { fragmentOf, readFragment } = await import("../../src/corridors/web/script/state/address.ts");
const { tidy } = await import("../../src/corridors/web/script/state/tidy.ts");
const { getState } = await import("../../src/corridors/web/script/state/state.ts");
const { idOf, placeOf } = await import("../../src/corridors/web/script/payload/columns.ts");
const { daysOf, isoOf, rangeOf } = await import("../../src/corridors/web/script/payload/ranges.ts");
const { cellWords, layerTitle, rowName, sizeOf, valueWords } = await import(
  "../../src/corridors/web/script/panel/cells.ts"
);

test("a row has an id, and only rows of the page have one", () => {
  assert.deepEqual(placeOf("roads/old/2"), { layer: 0, row: 2 });
  assert.equal(idOf({ layer: 1, row: 0 }), "places/0");
  for (const id of ["roads/old/3", "places/1", "roads/0", "places/-1", "places/0x", "places", "", null])
    assert.equal(placeOf(id), null, String(id));
  assert.equal(tidy({ selected: "roads/old/1" }).selected, "roads/old/1");
  assert.equal(tidy({ selected: "roads/old/9" }).selected, null);
});

test("a range is a text with two ends, one of which may be open", () => {
  assert.deepEqual(rangeOf("1..2.5"), [1, 2.5]);
  assert.deepEqual(rangeOf("..-3"), [Number.NEGATIVE_INFINITY, -3]);
  assert.deepEqual(rangeOf("2000-01-01.."), [10_957, Number.POSITIVE_INFINITY]);
  for (const text of ["", "..", "1", "1..x", "1..2..3", "2000-13-01.."]) assert.equal(rangeOf(text), null, text);
  for (const days of [-719_162, -1, 0, 10_957, 2_932_896]) assert.equal(daysOf(isoOf(days)), days);
});

test("filters are of columns, values and ranges that the page has", () => {
  const filters = { use: ["rail", "road", ""], year: "1950..", built: "soon", nowhere: ["x"], constructor: ["y"] };
  assert.deepEqual(tidy({ filters }).filters, { use: ["rail", ""], year: "1950.." });
  assert.deepEqual(tidy({ filters: { use: ["road"], paved: [] } }).filters, { paved: [] });
  assert.deepEqual(tidy({ filters: { use: "rail", year: ["1950..1960"] } }).filters, { year: "1950..1960" });
});

test("an address tells filters, whatever their names and values are, and they come back from it", () => {
  const filters = { use: ["rail", "a,b~", ""], year: "1950..", built: "..2000-01-01", paved: ["true"] };
  const fragment = fragmentOf({ ...getState(), theme: "light", filters });
  assert.equal(fragment, "#use=rail,a%2Cb%7E,~&filter:year=1950..&built=..2000-01-01&paved=true&lang=en");
  assert.deepEqual(tidy(readFragment(fragment)).filters, filters);
});

test("an address tells which table of own data is open, and columns by number", () => {
  const rows = { layer: 1, sort: "-1", text: "", columns: ["0", "1"] };
  const fragment = fragmentOf({ ...getState(), theme: "light", table: true, rows });
  assert.equal(fragment, "#lang=en&table=1,-1,~,0,1");
  assert.deepEqual(tidy(readFragment(fragment)).rows, rows);
  // All layers together have a name, two sizes, two columns and the layer; the second layer has rows alone.
  for (const good of [{ sort: "5" }, { layer: 1, sort: "1" }, { layer: 2, sort: "row" }])
    assert.equal(tidy({ rows: good }).rows?.sort, good.sort);
  for (const bad of [{ sort: "6" }, { layer: 1, sort: "2" }, { layer: 2, sort: "0" }, { layer: 3 }])
    assert.deepEqual(tidy({ rows: bad }), {}, JSON.stringify(bad));
});

test("cells are text, numbers as the language writes them, years without a separator", () => {
  const words = (type: string, cell: string | number | boolean | null, more = {}): string =>
    cellWords({ name: "x", type, ...more } as Column, cell);
  assert.equal(words("text", "<b>{0}</b>"), "<b>{0}</b>");
  assert.equal(words("text", null), "");
  assert.deepEqual([words("bool", true), words("bool", false)], ["yes", "no"]);
  assert.equal(words("number", 1991, { digits: 0 }), "1991");
  assert.equal(words("number", 1234567.5, { digits: 1 }), "1,234,567.5");
  assert.equal(words("number", -12, { digits: 0, unit: "mm" }), "−12\u00a0mm");
  assert.equal(words("float", 0.1 + 0.2), "0.3");
  assert.equal(words("float", 1e-9), "1e-9");
  assert.equal(words("float", 1e300), "1e+300");
  assert.equal(words("day", 0), "1 month.of.1 1970");
  assert.equal(words("time", -1), "31 month.of.12 1969, 23:59:59");
  assert.equal(words("time", 3600), "1 month.of.1 1970, 01:00");
});

test("a row without a name is called by its number, and a layer without a title by its id", () => {
  assert.equal(rowName({ layer: 0, row: 2 }, null), "Row 3");
  assert.deepEqual([layerTitle(0), layerTitle(1)], ["roads/old", "My places"]);
  assert.deepEqual(
    [valueWords("use", ""), valueWords("use", "true"), valueWords("paved", "true")],
    ["no value", "true", "yes"],
  );
});

test("sizes are kilometres and square kilometres, to the metre if they are small", () => {
  const size = (name: string, cell: number | null) => sizeOf({ name, type: "number" } as Column, cell);
  assert.deepEqual(size("length", 1234), { value: 1.234, unit: "km", digits: 3 });
  assert.deepEqual(size("length", 1_234_000), { value: 1234, unit: "km", digits: 0 });
  assert.deepEqual(size("area", 25_500_000), { value: 25.5, unit: "km2", digits: 1 });
  assert.equal(size("length", null), null);
});

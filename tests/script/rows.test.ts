/* Questions about rows of a reader's own data: values, what is shown, order, search. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Queries, queriesOf } from "../../src/corridors/web/script/columns/queries.ts";
import { orderOfNumbers } from "../../src/corridors/web/script/columns/sorting.ts";
import type { Cell } from "../../src/corridors/web/script/types/columns.ts";
import { storeOf } from "./tables.ts";

const FOLDING = { letters: { ł: "l" }, dropped: "’'", spaced: "-/|()（）" };
const open = (...layers: Parameters<typeof storeOf>): Queries => queriesOf(storeOf(...layers), FOLDING);
const ALL = { on: ["own", "a", "b"], filters: {}, counted: [] };
const MARKUP = `<img src=x onerror="alert(1)"> {{x}} \${y}`;

const cellsOf = (queries: Queries, layer = 0): Cell[][] => {
  const { count } = queries.order({ layer, cell: null, down: false, language: "en" });
  return queries.window({ from: 0, to: count }).map(({ cells }) => cells);
};

/** The rows in the order of a cell. */
const sorted = (queries: Queries, cell: number | null, down = false, language = "en"): number[] => {
  const { count } = queries.order({ layer: 0, cell, down, language });
  return queries.window({ from: 0, to: count }).map(({ row }) => row);
};

test("cells of every type come back, and what is missing stays missing", () => {
  const columns: Parameters<typeof storeOf>[0]["columns"] = {
    category: ["category", ["road", null, "rail"]],
    text: ["text", ["Алматы", "", null]],
    number: ["number", [1.25, -3, null]],
    float: ["float", [Math.PI, null, -1e300]],
    bool: ["bool", [true, false, null]],
    day: ["day", [19_000, null, -1]],
    time: ["time", [1_700_000_000, 2 ** 33, null]],
  };
  const given = Object.values(columns).map(([, cells]) => cells);
  const queries = open({ columns, sizes: [5, 6, null] });
  const rows = [0, 1, 2].map((row) => [...given.map((cells) => cells[row]), [5, 6, null][row]]);
  assert.deepEqual(queries.rows({ layer: 0, rows: [2, 0, 1] }), [rows[2], rows[0], rows[1]]);
  assert.deepEqual(queries.feature({ layer: 0, row: 1 }).cells, rows[1]);
});

test("text of data stays text, whatever it looks like", () => {
  const texts = [MARKUP, "שלום עולם", "a\nb\r\tc", "x".repeat(10_000), "\0", "__proto__"];
  const queries = open({ columns: { [MARKUP]: ["text", texts], ["__proto__"]: ["text", texts] } });
  assert.deepEqual(
    cellsOf(queries).map(([cell]) => cell),
    texts,
  );
  assert.equal(queries.find({ text: "<img src=x", limit: 8 })[0].text, MARKUP);
  assert.equal(queries.find({ text: "עולם", limit: 8 })[0].row, 1);
  assert.equal(queries.find({ text: "b c", limit: 8 })[0].row, 2);
});

test("classes that are on and filters that let through are shown, in all layers that have the column", () => {
  const queries = open(
    { classes: ["a", "b"], codes: [0, 1, 0, 1], columns: { use: ["category", ["x", "y", "y", null]] } },
    { id: "other", columns: { name: ["text", ["p", "q"]] } },
  );
  const shown = (ask: Partial<typeof ALL> & { filters?: Record<string, string | string[]> }): number[] => {
    const answer = queries.view({ ...ALL, ...ask });
    assert.equal(answer.all, 6);
    const rows = [0, 1].map((layer) => queries.order({ layer, cell: null, down: false, language: "en" }).count);
    assert.equal(rows[0] + rows[1], answer.shown.features);
    return rows;
  };
  assert.deepEqual(shown({}), [4, 2]);
  assert.deepEqual(shown({ on: ["b"] }), [2, 0]);
  assert.deepEqual(shown({ filters: { use: ["y"] } }), [2, 2]);
  assert.deepEqual(shown({ filters: { use: ["y", ""] } }), [3, 2]);
  assert.deepEqual(shown({ filters: { use: [] } }), [0, 2]);
  assert.deepEqual(shown({ filters: { nowhere: ["y"] } }), [4, 2]);
});

test("ranges ask for numbers and days; an open end asks nothing; rows without a value are hidden", () => {
  const queries = open({
    columns: {
      speed: ["number", [10, 20.5, null, 30]],
      opened: ["day", [0, 10_957, null, 20_000]],
      seen: ["time", [0, 10_957 * 86_400 + 86_399, null, 10_958 * 86_400]],
      name: ["text", ["a", "b", "c", "d"]],
    },
  });
  const shown = (filters: Record<string, string>): number[] => {
    queries.view({ ...ALL, filters });
    return sorted(queries, null);
  };
  assert.deepEqual(shown({ speed: "10..20.5" }), [0, 1]);
  assert.deepEqual(shown({ speed: "20.5.." }), [1, 3]);
  assert.deepEqual(shown({ speed: "..20" }), [0]);
  assert.deepEqual(shown({ opened: "2000-01-01.." }), [1, 3]);
  assert.deepEqual(shown({ seen: "1990-01-01..2000-01-01" }), [1]);
  assert.deepEqual(shown({ speed: "30..10" }), []);
  assert.deepEqual(shown({ speed: "fast", name: "1..2" }), [0, 1, 2, 3]);
  assert.deepEqual(shown({ speed: "15..", opened: "..2010-01-01" }), [1]);
});

test("counts of classes ask the filters only, counts of values the classes and all other filters", () => {
  const queries = open({
    classes: ["a", "b"],
    codes: [0, 0, 1, 1, 0],
    columns: {
      use: ["category", ["x", "y", "x", "y", null]],
      paved: ["bool", [true, true, false, null, true]],
      name: ["text", ["p", "p", "p", "q", null]],
    },
  });
  const filters = { use: ["x"], paved: ["true"] };
  const { shown, classes, values } = queries.view({ on: ["a"], filters, counted: ["use", "paved", "name", "nowhere"] });
  assert.equal(shown.features, 1);
  assert.deepEqual(Object.fromEntries(classes), { a: 1, b: 0 });
  assert.deepEqual(Object.fromEntries(values.get("use") ?? []), { x: 1, y: 1, "": 1 });
  assert.deepEqual(Object.fromEntries(values.get("paved") ?? []), { true: 1, false: 0, "": 0 });
  assert.deepEqual(Object.fromEntries(values.get("name") ?? []), { p: 1 });
  assert.deepEqual(values.get("nowhere"), new Map());
  assert.equal(queries.feature({ layer: 0, row: 0 }).passes, true);
  assert.equal(queries.feature({ layer: 0, row: 1 }).passes, false);
});

test("columns may be called like anything that an object has", () => {
  const columns = { constructor: ["category", ["__proto__", "toString"]] } as never;
  const { values } = open({ columns }).view({ ...ALL, counted: ["constructor", "valueOf"] });
  assert.deepEqual(
    [...(values.get("constructor") ?? [])],
    [
      ["__proto__", 1],
      ["toString", 1],
      ["", 0],
    ],
  );
});

test("totals are of shown rows: metres of lines, square metres of areas, nothing of points", () => {
  const queries = open(
    { kind: "line", classes: ["a"], sizes: [1000, null, 250] },
    { kind: "area", classes: ["b"], sizes: [2 ** 40, 1] },
    { kind: "point", columns: { name: ["text", ["x"]] } },
  );
  assert.deepEqual(queries.view(ALL).shown, { features: 6, metres: 1250, squareMetres: 2 ** 40 + 1 });
  assert.deepEqual(queries.view({ ...ALL, on: ["b"] }).shown, { features: 2, metres: 0, squareMetres: 2 ** 40 + 1 });
});

test("numbers are sorted as JavaScript compares them, and equal ones keep their order", () => {
  const some = [0, -1, 1, 1e300, -1e300, 5e-324, -5e-324, 0.1, 1 / 3, 2 ** 53, -(2 ** 31), 2 ** 32, 7];
  let seed = 1;
  const next = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed;
  };
  const numbers = Float64Array.from({ length: 3000 }, () => some[next() % some.length] * ((next() % 5) - 2) + 0);
  for (const down of [false, true]) {
    const expected = [...numbers.keys()].sort((a, b) => (down ? numbers[b] - numbers[a] : numbers[a] - numbers[b]));
    assert.deepEqual([...orderOfNumbers(numbers, down)], expected);
  }
  assert.deepEqual([...orderOfNumbers(new Float64Array(0))], []);
});

test("rows are sorted by any column; without a value they come last in both directions", () => {
  const queries = open({
    columns: {
      number: ["number", [3, null, -1, 3, 10]],
      text: ["text", ["b", "É", null, "a10", "a9"]],
      category: ["category", ["b", "a", "b", null, "É"]],
      bool: ["bool", [true, false, null, false, true]],
    },
    sizes: [5, 4, 3, 2, 1],
  });
  assert.deepEqual(sorted(queries, 0), [2, 0, 3, 4, 1]);
  assert.deepEqual(sorted(queries, 0, true), [4, 0, 3, 2, 1]);
  assert.deepEqual(sorted(queries, 1), [4, 3, 0, 1, 2]);
  assert.deepEqual(sorted(queries, 1, true), [1, 0, 3, 4, 2]);
  assert.deepEqual(sorted(queries, 2), [1, 0, 2, 4, 3]);
  assert.deepEqual(sorted(queries, 3), [1, 3, 0, 4, 2]);
  assert.deepEqual(sorted(queries, 4), [4, 3, 2, 1, 0]);
  assert.deepEqual(sorted(queries, null), [0, 1, 2, 3, 4]);
});

test("texts are sorted as the language of the page has them", () => {
  const queries = open({ columns: { name: ["text", ["阿拉木图", "北京", "ж", "ё", "е", "z"]] } });
  const names = cellsOf(queries).map(([name]) => String(name));
  for (const language of ["zh", "ru", "nl"]) {
    const expected = [...names].sort(new Intl.Collator(language).compare);
    assert.deepEqual(
      sorted(queries, 0, false, language).map((row) => names[row]),
      expected,
    );
  }
});

test("many texts stand as in a language, with numbers in them by size; texts that it holds equal stay as they stood", () => {
  const words = ["Żabno", "zabno", "Алматы", "алматы", "b", "B", "caf\u00e9", "cafe\u0301"];
  const names = Array.from({ length: 2003 }, (_, nth) => `${words[nth % 8]} ${(nth * 7919) % 2003}`);
  const queries = open({ columns: { name: ["text", names] } });
  const { compare } = new Intl.Collator("en", { numeric: true });
  const expected = names.map((_, row) => row).sort((a, b) => compare(names[a], names[b]));
  assert.deepEqual(queries.order({ layer: 0, cell: 0, down: false, language: "en" }), { count: names.length });
  assert.deepEqual(
    queries.window({ from: 0, to: names.length }).map(({ row }) => row),
    expected,
  );
});

test("only shown rows are ordered, and a window is a part of them", () => {
  const queries = open({ columns: { n: ["number", [5, 4, 3, 2, 1]] } });
  queries.view({ ...ALL, filters: { n: "2..4" } });
  assert.deepEqual(queries.order({ layer: 0, cell: 0, down: false, language: "en" }), { count: 3 });
  assert.deepEqual(queries.window({ from: 1, to: 9 }), [
    { layer: 0, row: 2, cells: [3] },
    { layer: 0, row: 1, cells: [4] },
  ]);
});

const PLACES = open(
  {
    label: "name",
    columns: {
      name: ["text", ["New Almaty", "Zhalmatysk", "Almaty 1", "Małaszewicze", null, "Almaty"]],
      note: ["text", ["x", "Almaty", "x", "阿拉木图 和 Хоргос", "x", "x"]],
      country: ["category", ["KAZ", "KAZ", "KAZ", "POL", "Almaty", "KAZ"]],
    },
  },
  { id: "second", columns: { title: ["text", ["almaty"]] } },
);
const found = (text: string, limit = 8): string[] =>
  PLACES.find({ text, limit }).map(({ layer, row, column }) => `${layer}/${row} ${column}`);

test("the whole text comes first, then beginnings, words and parts; the naming column before others", () => {
  assert.deepEqual(found("ALMATY"), ["0/5 name", "0/1 note", "1/0 title", "0/4 country", "0/2 name", "0/0 name"]);
  assert.deepEqual(found("almaty", 2), ["0/5 name", "0/1 note"]);
  assert.deepEqual(found("lmatysk"), ["0/1 name"]);
});

test("any script is found, with or without accents", () => {
  assert.deepEqual(found("malaszewicze"), ["0/3 name"]);
  assert.deepEqual(found("хоргос"), ["0/3 note"]);
  assert.deepEqual(found("阿拉木图"), ["0/3 note"]);
});

test("words in any order and in several columns are found after those side by side", () => {
  assert.deepEqual(found("almaty new"), ["0/0 name"]);
  assert.deepEqual(found("kaz 1"), ["0/2 name"]);
  assert.deepEqual(found("almaty nowhere"), []);
});

test("nothing asked finds nothing, and what is missing is never found", () => {
  assert.deepEqual(found(" ’ "), []);
  assert.deepEqual(found("\0"), []);
  assert.deepEqual(found("null"), []);
});

test("a hit says what matched and what names the row", () => {
  assert.deepEqual(PLACES.find({ text: "хоргос", limit: 1 }), [
    { layer: 0, row: 3, class: "own", column: "note", text: "阿拉木图 和 Хоргос", name: "Małaszewicze" },
  ]);
  assert.equal(PLACES.find({ text: "pol", limit: 1 })[0].text, "POL");
  assert.deepEqual(
    PLACES.find({ text: "almaty", limit: 8 }).map(({ name }) => name),
    ["Almaty", "Zhalmatysk", null, null, "Almaty 1", "New Almaty"],
  );
});

test("a text that is sought in the table leaves the rows that have it in some cell", () => {
  const columns: Parameters<typeof storeOf>[0]["columns"] = {
    use: ["category", ["road", null, "Łódź road"]],
    name: ["text", ["Алматы", "Lodz", null]],
    speed: ["number", [120, 80, null]],
  };
  const queries = open({ columns });
  const rows = (sought: string): number[] => {
    queries.order({ layer: 0, cell: null, down: false, language: "en", sought });
    return queries.window({ from: 0, to: 3 }).map(({ row }) => row);
  };
  assert.deepEqual(
    [rows("road"), rows("lodz"), rows("12"), rows("null"), rows("")],
    [[0, 2], [1, 2], [0], [], [0, 1, 2]],
  );
});

test("the rows of all layers are one table: columns of one name are one, and each row keeps its layer", () => {
  const queries = open(
    {
      id: "own",
      label: "name",
      columns: { name: ["text", ["b", "d", null]], use: ["category", ["x", "y", "x"]], year: ["number", [3, null, 1]] },
    },
    { id: "a", columns: {} },
    {
      id: "b",
      label: "title",
      columns: { title: ["text", ["c", "a"]], year: ["number", [2, 4]], use: ["number", [10, 9]] },
      sizes: [500, 100],
      codes: [0, 0],
      classes: ["b"],
    },
  );
  const rows = (cell: number | null, down = false, sought = ""): string[] => {
    const { count } = queries.order({ layer: null, cell, down, language: "en", sought });
    return queries.window({ from: 0, to: count }).map(({ layer, row }) => `${layer}/${row}`);
  };
  const [name, length, year] = [0, 1, 5];
  assert.deepEqual(rows(null), ["0/0", "0/1", "0/2", "2/0", "2/1"]);
  assert.deepEqual(rows(name), ["2/1", "0/0", "2/0", "0/1", "0/2"]);
  assert.deepEqual(rows(length, true), ["2/0", "2/1", "0/0", "0/1", "0/2"]);
  assert.deepEqual(rows(year), ["0/2", "2/0", "0/0", "2/1", "0/1"]);
  assert.deepEqual(rows(null, false, "x"), ["0/0", "0/2"]);
  assert.deepEqual(queries.window({ from: 1, to: 2 })[0].cells, [null, null, null, null, "x", 1, null]);
  queries.view({ ...ALL, on: ["b"] });
  assert.deepEqual(rows(year), ["2/0", "2/1"]);
});

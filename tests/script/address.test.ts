/* The state as an address and back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { AskedRoute, State } from "../../src/corridors/web/script/types/state.ts";
import { columnsOf, openPage } from "./open.ts";

const payload = {
  map: {
    filters: [
      { property: "status", values: ["operational", "planned"] },
      { property: "year", values: ["1"] },
    ],
    groups: [{ id: "railways", layer: "rail", classes: ["rail.main", "rail.other"] }],
    scenarios: [{ id: "first" }, { id: "second" }],
  },
  classes: {
    "rail.main": { geometry: "line", style: {}, on: true },
    "rail.other": { geometry: "line", style: {} },
    cities: { geometry: "point", style: {}, on: true },
  },
  features: columnsOf([{ id: "ports/x", class: "cities", name: {} }]),
  comparison: { rows: [{}], limit: 5 },
};
const hash = "#map=4.25/43.1/76.2&layers=rail.main&lang=nl&select=ports/x";
openPage(payload, { hash, languages: ["fr-FR", "zh-CN"], dark: true });
const { askedFirst, comparesAtFirst, fragmentOf, readFragment } = await import(
  "../../src/corridors/web/script/state/address.ts"
);
const { unknownParts } = await import("../../src/corridors/web/script/host/strict.ts");
const { tidy } = await import("../../src/corridors/web/script/state/tidy.ts");
const { getState } = await import("../../src/corridors/web/script/state/state.ts");

test("the page opens in the language of its address and the reader's theme, and what the address asks for is read", () => {
  const { lang, theme, layers, compare } = getState();
  assert.deepEqual([lang, theme, layers, compare], ["nl", "dark", ["rail.main", "cities"], true]);
  assert.deepEqual(askedFirst, {
    view: { zoom: 4.25, lat: 43.1, lng: 76.2 },
    layers: ["rail.main"],
    lang: "nl",
    selected: "ports/x",
  });
});

test("an address tells what differs from what the page opens with, and nothing else", () => {
  const state: State = { ...getState(), theme: "light" };
  assert.equal(fragmentOf(state), "#lang=nl");
  const other: Partial<State> = {
    layers: ["cities"],
    year: 2031,
    theme: "dark",
    table: true,
    compare: false,
    scenario: "second",
    after: 40,
  };
  assert.equal(
    fragmentOf({ ...state, ...other }),
    "#layers=cities&lang=nl&year=2031&theme=dark&table&compare=0&scenario=second&after=40",
  );
});

test("what an address told comes back from it", () => {
  const route: AskedRoute = {
    from: "cities/a",
    to: "ports/b,c",
    modes: ["rail"],
    by: "time",
    include: ["planned"],
    avoid: ["RUS", "IRN"],
    via: ["cities/d"],
  };
  const told: Partial<State> = {
    view: { lat: 1.5, lng: -2, zoom: 3 },
    layers: ["cities"],
    filters: { status: ["a b", "c&d"] },
    lang: "ru",
    selected: "é/ü",
    theme: "dark",
    table: true,
    compare: false,
    route,
    scenario: "second",
  };
  assert.match(fragmentOf({ ...getState(), route }), /&route=cities\/a~ports\/b,c~rail~time~planned~RUS,IRN~cities\/d/);
  const read = readFragment(fragmentOf({ ...getState(), ...told, year: 1999, after: 0 }));
  assert.deepEqual(read, { ...told, year: "1999", after: "0" });
});

test("a route comes back from its text", async () => {
  const { routeFromText, routeText } = await import("../../src/corridors/web/script/network/asked.ts");
  const route: AskedRoute = {
    from: "a",
    to: "b",
    modes: ["rail", "sea"],
    by: "time",
    include: [],
    avoid: ["RUS", "IRN"],
    via: [],
  };
  assert.equal(routeText(route), "a~b~rail,sea~time~~RUS,IRN");
  assert.deepEqual(routeFromText(routeText(route)), { ...route, include: [""], via: [""] });
});

test("a second date and the place of the divider come back from an address", () => {
  const told = (against: State["against"], split: number): string =>
    fragmentOf({ ...getState(), theme: "light", year: 2013, against, split });
  assert.equal(told(2025, 40), "#lang=nl&year=2013&against=2025&split=40");
  assert.equal(told("planned", 50), "#lang=nl&year=2013&against=planned");
  assert.equal(told(null, 40), "#lang=nl&year=2013");
  const read = (fragment: string) => tidy(readFragment(fragment));
  assert.deepEqual(read("#against=2025&split=40"), { against: 2025, split: 40 });
  assert.deepEqual(read("#against=planned&split=400"), { against: "planned", split: 100 });
  assert.deepEqual(read("#against=soon&split=half"), { against: null });
});

test("a page speaks the language of its address, else the reader's first that it has, else its own", async () => {
  const { firstLanguage } = await import("../../src/corridors/web/script/language.ts");
  const has = ["nl", "en", "zh"];
  const { hash: before } = window.location;
  const spoken = (hash: string): string => {
    Object.assign(window.location, { hash });
    return firstLanguage(has, "en");
  };
  assert.deepEqual(["#lang=nl", "#year=2013&lang=en", "", "#lang=ru", "#lang=__proto__", "#lang"].map(spoken), [
    ...["nl", "en"],
    ...["zh", "zh", "zh", "zh"],
  ]);
  Object.assign(window, { navigator: { languages: ["ru-RU", "NL-be"] } });
  assert.equal(spoken(""), "nl");
  Object.assign(window, { navigator: { languages: [] } });
  assert.deepEqual([spoken(""), firstLanguage(["ru"], "en")], ["en", "ru"]);
  Object.assign(window.location, { hash: before });
});

test("the open strip of years and measured points come back from an address", () => {
  const told = (change: Partial<State>): string => fragmentOf({ ...getState(), theme: "light", ...change });
  const points: State["measured"] = [
    [43.25, 76.95],
    [-1.5, -180],
  ];
  assert.equal(told({ strip: true }), "#lang=nl&strip=1");
  assert.equal(told({ strip: false }), "#lang=nl");
  assert.equal(told({ strip: true, year: 2013 }), "#lang=nl&year=2013");
  assert.equal(told({ strip: false, year: 2013 }), "#lang=nl&year=2013&strip=0");
  assert.equal(told({ measured: points }), "#lang=nl&measure=43.25/76.95,-1.5/-180");
  assert.equal(told({ measured: [] }), "#lang=nl&measure");
  for (const change of [{ strip: true }, { strip: false, year: 2013 }, { measured: points }, { measured: [] }])
    assert.deepEqual(tidy(readFragment(told(change))), { lang: "nl", ...change });
  for (const bad of [["43/76"], [[91, 0]], [[0, 361]], [[1, 2, 3]], [[1]], "1", [["1", "2"]], [points[0], null]])
    assert.deepEqual([tidy({ measured: bad }), unknownParts({ measured: bad })], [{}, ["measured"]]);
  assert.deepEqual([tidy({ strip: "x" }), unknownParts({ strip: "x" })], [{}, ["strip"]]);
  assert.deepEqual(unknownParts({ strip: null, measured: points }), []);
});

test("the height of the panel and its folds come back from an address", () => {
  const told = (change: Partial<State>): string => fragmentOf({ ...getState(), theme: "light", ...change });
  assert.equal(
    told({ sheet: "half", folds: ["railways", "filter:status"] }),
    "#lang=nl&sheet=half&folds=railways,filter:status",
  );
  assert.equal(told({ sheet: null, folds: [] }), "#lang=nl");
  for (const change of [{ sheet: "full" }, { folds: ["filter:year", "planner:more"] }] as Partial<State>[])
    assert.deepEqual(tidy(readFragment(told(change))), { lang: "nl", ...change });
  for (const sheet of ["", "Half", 1, ["peek"], {}])
    assert.deepEqual([tidy({ sheet }), unknownParts({ sheet })], [{}, ["sheet"]]);
  for (const folds of [null, "railways", ["railways", "x"], [1], [null], { 0: "railways" }])
    assert.deepEqual([tidy({ folds }), unknownParts({ folds })], [{}, ["folds"]]);
  assert.deepEqual(unknownParts({ sheet: null, folds: ["planner", "railways"] }), []);
  assert.deepEqual(tidy({ folds: ["planner", "railways", "planner"] }), { folds: ["railways", "planner"] });
});

test("how the open table shows its rows comes back from an address", () => {
  const rows: State["rows"][] = [
    { layer: 0, sort: "-km", text: "", columns: null },
    { layer: 0, sort: null, text: "a, b~\u00fc&=#", columns: null },
    { layer: 0, sort: "kind", text: "", columns: ["name", "km"] },
    { layer: 0, sort: null, text: "", columns: [] },
    { layer: 0, sort: null, text: "", columns: null },
  ];
  const told = rows.map((one) => fragmentOf({ ...getState(), theme: "light", table: true, rows: one }));
  assert.deepEqual(told, [
    "#lang=nl&table=0,-km",
    "#lang=nl&table=0,~,a%2C%20b%7E%C3%BC%26%3D%23",
    "#lang=nl&table=0,kind,~,name,km",
    "#lang=nl&table=0,~,~,~",
    "#lang=nl&table",
  ]);
  for (const [nth, fragment] of told.slice(0, -1).entries())
    assert.deepEqual(tidy(readFragment(fragment)), { lang: "nl", table: true, rows: rows[nth] });
  assert.equal(fragmentOf({ ...getState(), theme: "light", rows: rows[0] }), "#lang=nl");
});

test("rows that the table cannot show change nothing", () => {
  const bad: unknown[] = [
    ...[
      { layer: 1 },
      { layer: -1 },
      { layer: null },
      { layer: "__proto__" },
      { sort: "x" },
      { sort: 1 },
      { sort: "--km" },
    ],
    ...[{ text: null }, { text: 1 }, { text: "\ud800" }, { columns: "km" }, { columns: ["km", "x"] }, { columns: [1] }],
  ];
  bad.push("km", 0, true, [], ["km"]);
  for (const rows of bad) assert.deepEqual(tidy({ rows }), {}, JSON.stringify(rows));
  const plain = { layer: 0, sort: null, text: "", columns: null };
  for (const rows of [null, {}, plain]) assert.deepEqual(tidy({ rows }), { rows: plain });
  for (const rows of bad) assert.deepEqual(unknownParts({ table: true, rows }), ["rows"], JSON.stringify(rows));
  assert.deepEqual(unknownParts({ rows: { sort: "-km", more: 1 } }), ["rows"]);
  assert.deepEqual(unknownParts({ rows: { sort: "-km", columns: ["km", "name"] } }), []);
});

test("what an address cannot mean is left out", () => {
  assert.deepEqual(readFragment("#map=1/2&map=a/b/c&nothing=1&%E0%A4%A=x&"), {});
  assert.deepEqual(readFragment("#year=2020&status=%E0%A4%A"), { year: "2020", filters: { status: ["%E0%A4%A"] } });
  assert.deepEqual(readFragment("#constructor=1&toString=2"), {});
});

test("a change is made of what the page has", () => {
  assert.deepEqual(tidy({ layers: ["rail", "nowhere"] }), { layers: ["rail.main", "rail.other"] });
  assert.deepEqual(tidy({ layers: ["railways", "cities"] }), { layers: ["rail.main", "rail.other", "cities"] });
  assert.deepEqual(tidy({ lang: "xx", theme: "pink", view: { lat: "a" }, year: "soon" }), { year: null });
  assert.deepEqual(tidy({ language: "ru", year: "2031", after: 130, selected: "ports/y" }), {
    lang: "ru",
    year: 2031,
    after: 100,
    selected: null,
  });
  assert.deepEqual(tidy({ view: { center: [1, "2"], zoom: 3 } }), { view: { lat: 1, lng: 2, zoom: 3 } });
  assert.deepEqual(tidy({ scenario: "nowhere", filters: { status: [1, "planned"], kind: "x" } }), {
    scenario: "first",
    filters: { status: ["planned"] },
  });
  assert.deepEqual(tidy({ route: { from: "cities/a" } }), { route: null });
});

test("the comparison is open at first where there is room for map and table", () => {
  assert.ok(comparesAtFirst());
  Object.assign(window, { innerWidth: 640 });
  assert.ok(!comparesAtFirst());
});

/* Addresses made at random of good and of bad parts: what is bad is noted and ignored whole, and what is good is taken over. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsOf, openPage } from "./open.ts";

const STATUS = ["operational", "planned", "a b,c~"];
openPage({
  map: {
    asOf: "2025-06-17",
    filters: [
      { property: "status", values: STATUS },
      { property: "year", values: [], range: [1900, 2000] },
    ],
    story: [1, 2, 3].map((nth) => ({ state: { layers: [], filters: {}, year: 1990 + nth } })),
    groups: [{ id: "railways", layer: "rail", classes: ["rail.main", "rail.other"] }],
    scenarios: [{ id: "first" }, { id: "second" }],
  },
  classes: Object.fromEntries(["rail.main", "rail.other", "cities"].map((id) => [id, { geometry: "line", style: {} }])),
  features: columnsOf([{ id: "cities/x", class: "cities", name: {} }]),
});
const { readAddress } = await import("../../src/corridors/web/script/state/address.ts");
const { tidy } = await import("../../src/corridors/web/script/state/tidy.ts");

const MARKUP = "<img src=x onerror=alert(1)>";
const BAD = ["", "x", "-1", "1e3", "0x7dd", "NaN", "Infinity", "20130", "2013.5", " 2013", "٢٠١٣", "__proto__", MARKUP];

/** Of each part of an address: its good values with what the state has then, and bad values. */
const PARTS: Record<string, { key: string; good: [text: string, taken: unknown][]; bad: string[] }> = {
  map: {
    key: "view",
    good: [["4.25/43.1/-176.2", { zoom: 4.25, lat: 43.1, lng: -176.2 }]],
    bad: ["", "1/2", "a/b/c", "99/43/76", "-1/43/76", "4/91/76", "4/43/999", "4/NaN/Infinity", "4/43/76/5", MARKUP],
  },
  layers: {
    key: "layers",
    good: [
      ["rail", ["rail.main", "rail.other"]],
      ["cities,railways", ["rail.main", "rail.other", "cities"]],
      ["", []],
    ],
    bad: ["x", "rail,x", "constructor", "cities,rail.mai", MARKUP],
  },
  lang: { key: "lang", good: [["nl", "nl"]], bad: ["", "xx", "NL", "nl-NL", "__proto__", MARKUP] },
  theme: { key: "theme", good: [["dark", "dark"]], bad: ["", "pink", "Dark", MARKUP] },
  select: { key: "selected", good: [["cities/x", "cities/x"]], bad: ["", "cities/y", "x", "__proto__", MARKUP] },
  scenario: { key: "scenario", good: [["second", "second"]], bad: ["", "third", "first,second", MARKUP] },
  year: {
    key: "year",
    good: ["1842", "2013", "2100"].map((text) => [text, Number(text)]),
    bad: [...BAD, "planned", "1200", "1841", "2101"],
  },
  against: {
    key: "against",
    good: [
      ["planned", "planned"],
      ["1990", 1990],
    ],
    bad: [...BAD, "Planned", "1", "planned,1990", "1841", "2101"],
  },
  split: {
    key: "split",
    good: [
      ["0", 0],
      ["37", 37],
      ["100", 100],
    ],
    bad: [...BAD, "101", "400", "50%", "0.5"],
  },
  strip: {
    key: "strip",
    good: [
      ["0", false],
      ["1", true],
    ],
    bad: ["", "2", "true", "01", "-1", "__proto__", "constructor", MARKUP],
  },
  measure: {
    key: "measured",
    good: [
      ["", []],
      ["43.25/-76.95", [[43.25, -76.95]]],
      [
        "0/0,-90/360",
        [
          [0, 0],
          [-90, 360],
        ],
      ],
    ],
    bad: [
      "1",
      "1/2/3",
      "/",
      "91/0",
      "0/361",
      "1e1/2",
      "x/y",
      "1/2,3",
      "NaN/NaN",
      "Infinity/0",
      "1/2,__proto__",
      MARKUP,
    ],
  },
  after: {
    key: "after",
    good: [
      ["0", 0],
      ["100", 100],
    ],
    bad: [...BAD, "101"],
  },
  sheet: {
    key: "sheet",
    good: [
      ["peek", "peek"],
      ["full", "full"],
    ],
    bad: ["", "Full", "1", "peek,half", "__proto__", "constructor", MARKUP],
  },
  folds: {
    key: "folds",
    good: [
      ["", []],
      ["railways", ["railways"]],
      ["totals:country,railways,filter:status,story:3", ["railways", "filter:status", "story:3", "totals:country"]],
    ],
    bad: ["x", "railways,x", "story:0", "story:4", "filter:x", "status", "rail.main", "__proto__", "toString", MARKUP],
  },
  table: {
    key: "rows",
    good: [
      ["0,-km", { layer: 0, sort: "-km", text: "", columns: null }],
      ["0,name", { layer: 0, sort: "name", text: "", columns: null }],
      ["0,~,a%20b%2C%7E-", { layer: 0, sort: null, text: "a b,~-", columns: null }],
      ["0,~,~,km,name,km", { layer: 0, sort: null, text: "", columns: ["name", "km"] }],
      ["0,~,~,~", { layer: 0, sort: null, text: "", columns: [] }],
    ],
    bad: [
      "x",
      "1",
      "-1",
      "00",
      "0,x",
      "0,--km",
      "0,k-m",
      "0,opened",
      "0,~,~,x",
      "length",
      "0,__proto__",
      "0,~,~,name,x",
    ],
  },
  story: {
    key: "story",
    good: [
      ["1", 1],
      ["3", 3],
    ],
    bad: [...BAD, "0", "4", "99999999999999999999"],
  },
  status: {
    key: "filters",
    good: [
      ["planned", ["planned"]],
      ["a%20b%2Cc%7E,operational", ["a b,c~", "operational"]],
      ["", []],
    ],
    bad: ["open", "planned,open", "~", "constructor", "planned,~", encodeURIComponent(MARKUP)],
  },
  "filter:year": {
    key: "filters",
    good: [
      ["1950..", "1950.."],
      ["..1960", "..1960"],
    ],
    bad: ["..", "1950", "1..2..3", "x..y", "1950..,1960..", ""],
  },
};

/** Numbers from 0 to 1, the same each time. */
const chance = (() => {
  let seed = 1;
  return (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
})();
const any = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)];

/** An address, the state that it asks for, and the number of its bad parts. */
const draw = (): { address: string; wanted: Record<string, unknown>; bad: number } => {
  const parts: string[] = [];
  const [wanted, filters]: Record<string, unknown>[] = [{}, {}];
  let bad = 0;
  for (const [name, part] of Object.entries(PARTS).filter(() => chance() < 0.6)) {
    const isFilter = part.key === "filters";
    const [text, taken] = chance() < 0.5 ? [any(part.bad)] : any(part.good);
    parts.push(`${name}=${isFilter || ["folds", "layers", "table"].includes(name) ? text : encodeURIComponent(text)}`);
    if (name === "table") wanted.table = true; // be the rest good or bad
    if (taken === undefined) bad += 1;
    else if (isFilter) filters[name.replace("filter:", "")] = taken;
    else wanted[part.key] = taken;
  }
  if (Object.keys(filters).length) wanted.filters = filters;
  return { address: `#${parts.sort(() => chance() - 0.5).join("&")}`, wanted, bad };
};

test("a bad part of an address is noted and ignored whole, and the others are taken over", (context) => {
  const notes = context.mock.method(console, "warn", () => undefined).mock;
  for (let nth = 0; nth < 3000; nth += 1) {
    const [{ address, wanted, bad }, before] = [draw(), notes.callCount()];
    assert.deepEqual(tidy(readAddress(address)), wanted, address);
    assert.equal(notes.callCount() - before, bad, address);
  }
});

test("bytes at random are no address that fails", () => {
  for (let nth = 0; nth < 3000; nth += 1) {
    const length = Math.floor(chance() * 40);
    const text = Array.from({ length }, () =>
      any([..."&=,~%#/:.0123456789abstory ü\u0000\ud800", "against=", "status="]),
    );
    const clean = tidy(readAddress(`#${text.join("")}`));
    assert.ok(clean.against === undefined || clean.against === "planned" || /^\d{4}$/.test(String(clean.against)));
    for (const value of [clean.filters?.status ?? []].flat()) assert.ok(STATUS.includes(value));
  }
});

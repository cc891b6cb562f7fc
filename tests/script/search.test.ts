/* The order in which a search finds. How names are folded is held to Python in test_one_rule.py. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Feature } from "../../src/corridors/web/script/types/payload.ts";
import { openPage } from "./open.ts";

openPage({
  folding: { letters: { ł: "l" }, dropped: "’'", spaced: "-/|()（）" },
  classes: { x: { geometry: "point", style: {} }, rail: { geometry: "line", style: {} } },
});
const { searcher } = await import("../../src/corridors/web/script/payload/search.ts");

const feature = (id: string, en: string, more: Partial<Feature> = {}): Feature => ({
  id,
  class: "x",
  kind: "city",
  name: { en },
  ...more,
});

const places = [
  feature("cities/almaty-1", "Almaty 1"),
  feature("rail/almaty", "Almaty", { class: "rail" }),
  feature("cities/almaty", "Almaty", { name: { en: "Almaty", zh: "阿拉木图" }, rank: 1, codes: ["ALA", "UAAA"] }),
  feature("cities/new", "New Almaty"),
  feature("cities/inside", "Zhalmatysk"),
  feature("ports/khorgos", "Horgos (Khorgos)"),
  feature("ports/khorgos-east", "Khorgos"),
  feature("cities/malaszewicze", "Małaszewicze", { facts: [{ text: "PL-1997" }, { text: "x".repeat(41) }] }),
];
const find = searcher(() => places);
const ids = (query: string): string[] => find(query).map(({ id }) => id);

test("the whole name comes first, then beginnings, words and parts; a point before a line", () => {
  assert.deepEqual(ids("almaty"), ["cities/almaty", "rail/almaty", "cities/almaty-1", "cities/new", "cities/inside"]);
});

test("accents, signs and case make no difference, and any language does", () => {
  assert.deepEqual(ids("MALASZEWICZE"), ["cities/malaszewicze"]);
  assert.deepEqual(ids("阿拉木图"), ["cities/almaty"]);
});

test("codes, ids and short facts find, long texts do not", () => {
  assert.deepEqual(ids("uaaa"), ["cities/almaty"]);
  assert.deepEqual(ids("pl-1997"), ["cities/malaszewicze"]);
  assert.deepEqual(ids("xxxx"), []);
});

test("a second name counts a little less than a name of its own", () => {
  assert.deepEqual(ids("khorgos"), ["ports/khorgos-east", "ports/khorgos"]);
  assert.deepEqual(ids("horgos")[0], "ports/khorgos");
});

test("all words have to be there, in any order; nothing asked finds nothing", () => {
  assert.deepEqual(ids("almaty new"), ["cities/new"]);
  assert.deepEqual(ids("almaty nowhere"), []);
  assert.deepEqual(ids(" ’ "), []);
});

test("no more than eight are given", () => {
  const many = Array.from({ length: 20 }, (_, nth) => feature(`a/${nth}`, `Name ${nth}`));
  assert.equal(searcher(() => many)("name").length, 8);
});

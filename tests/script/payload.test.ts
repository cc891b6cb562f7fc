/* What travels in the page, read back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsOf, messagesOf, openPage } from "./open.ts";
import { StreamWriter } from "./stream.ts";

const writer = new StreamWriter();
const step = 0.5;
const shapes = [
  {
    kind: "point",
    step,
    count: 1,
    heads: [writer.signed([153]), writer.signed([86])],
    steps: [writer.signed([]), writer.signed([])],
  },
  {
    kind: "line",
    step,
    count: 2,
    parts: writer.unsigned([1, 2]),
    sizes: writer.unsigned([2, 1, 1]),
    heads: [writer.signed([2, -1, 1]), writer.signed([4, -3, 1])],
    steps: [writer.signed([-1]), writer.signed([-1])],
  },
];

openPage(
  {
    shapes,
    messages: messagesOf({ en: { a: "A", b: "B" }, nl: { b: "Bee" } }),
    classes: { rail: { geometry: "line", style: { width: 2 } }, city: { geometry: "point", style: {} } },
    features: columnsOf([
      { id: "rail/a", class: "rail", kind: "rail", name: { en: "A" }, km: { KAZ: 1.5, CHN: 2 } },
      { id: "cities/b", class: "city", name: {} },
      { id: "rail/c", class: "unknown", name: {} },
    ]),
  },
  { blocks: writer.bytes() },
);
const { byId, classOf, featureOf, features, isArea, isCity, isPoint, kilometres } = await import(
  "../../src/corridors/web/script/payload/features.ts"
);
const { positionOf, positionsOf } = await import("../../src/corridors/web/script/columns/positions.ts");
const { setLanguage, t } = await import("../../src/corridors/web/script/payload/text.ts");
const [a, b, c] = features;

test("a feature has what its columns say, and no property that it lacks", () => {
  assert.deepEqual(a, { id: "rail/a", class: "rail", kind: "rail", name: { en: "A" }, km: { KAZ: 1.5, CHN: 2 } });
  assert.deepEqual(b, { id: "cities/b", class: "city", name: {} });
});

test("a message that a language lacks is in English, and an unknown one is its key", () => {
  setLanguage("nl");
  assert.deepEqual([t("a"), t("b"), t("c")], ["A", "Bee", "c"]);
});

test("features are found by id, and know their class, also where the page has none", () => {
  assert.equal(byId.get("rail/a"), a);
  assert.deepEqual([featureOf("nowhere"), featureOf(null)], [undefined, undefined]);
  assert.deepEqual([classOf(a).style.width, classOf(c).geometry], [2, "line"]);
  assert.deepEqual([isCity(a), isCity(b), isArea(a), isPoint(b)], [false, true, false, true]);
  assert.deepEqual([kilometres(a), kilometres(b)], [3.5, null]);
});

test("positions come back with the latitude first, of points, of lines and of their parts", () => {
  assert.deepEqual(positionOf(b), [43, 76.5]);
  assert.deepEqual(positionsOf(a), [
    [
      [2, 1],
      [1.5, 0.5],
    ],
  ]);
  assert.deepEqual(positionsOf(c), [[[0.5, 0.5]], [[1, 1]]]);
});

/* The deepest zoom of a page of own data follows the precision of its coordinates. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./open.ts";

const layer = (step: number): object => ({
  id: "a",
  count: 1,
  classes: [],
  columns: [],
  geometry: { kind: "point", step },
});
openPage({ columns: [layer(1e-3), layer(1e-5)] });
const { columnLayers, deepestZoom } = await import("../../src/corridors/web/script/payload/columns.ts");

test("a step of the finest coordinates is at least two pixels at the deepest zoom", () => {
  assert.equal(deepestZoom(), 18);
  assert.ok((1e-5 * 256 * 2 ** 18) / 360 < 2.1);
});

test("coarse coordinates and pages without own data end at the usual zoom, and the finest at 20", () => {
  columnLayers.pop();
  assert.equal(deepestZoom(), 14);
  columnLayers.pop();
  assert.equal(deepestZoom(), 14);
  columnLayers.push(layer(1e-7) as (typeof columnLayers)[number]);
  assert.equal(deepestZoom(), 20);
});

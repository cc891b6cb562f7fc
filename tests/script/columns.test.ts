/* A reader's own data: bytes to numbers, positions and rows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf, outlineOf } from "../../src/corridors/web/script/columns/outline.ts";
import { latOf, lonOf, scaleAt, WORLD, xOf, yOf } from "../../src/corridors/web/script/columns/projection.ts";
import { readShapes } from "../../src/corridors/web/script/columns/shapes.ts";
import { blockOf, openStore } from "../../src/corridors/web/script/columns/store.ts";
import { Reader, readNumbers, readSums } from "../../src/corridors/web/script/columns/varints.ts";
import type { Block, ColumnLayer } from "../../src/corridors/web/script/types/columns.ts";
import { StreamWriter, signed, unsigned } from "./stream.ts";

test("numbers of one to eight bytes are read back", () => {
  const numbers = [0, 1, 127, 128, 16_383, 16_384, 2 ** 21 - 1, 2 ** 21, 2 ** 28, 2 ** 31, 2 ** 32 + 5, 2 ** 53 - 1];
  const bytes = Uint8Array.from([9, ...unsigned(numbers)]);
  const reader = new Reader(bytes, [1, bytes.length - 1], numbers.length);
  assert.deepEqual(
    numbers.map(() => reader.next()),
    numbers,
  );
});

test("the bytes of known numbers are those of the format", () => {
  // 300 and 150 are the examples of Protocol Buffers: ac 02 and 96 01. Here all first bytes stand before all second ones.
  const reader = new Reader(Uint8Array.of(0xac, 0x96, 0x7f, 0x02, 0x01), [0, 5], 3);
  assert.deepEqual([reader.next(), reader.next(), reader.next()], [300, 150, 127]);
});

test("signed numbers are read back", () => {
  const numbers = [0, -1, 1, -2, 2, 63, -64, 64, 2 ** 30, -(2 ** 30), 2 ** 31, -(2 ** 31), 2 ** 51, -(2 ** 51)];
  const bytes = Uint8Array.from(signed(numbers));
  const reader = new Reader(bytes, [0, bytes.length], numbers.length);
  assert.deepEqual(
    numbers.map(() => reader.nextSigned()),
    numbers,
  );
});

test("a block gives its numbers, and the sums of its differences", () => {
  const bytes = Uint8Array.from([9, 9, ...unsigned([3, 300, 0])]);
  assert.deepEqual([...readNumbers(bytes, [2, 4], 3)], [3, 300, 0]);
  const steps = Uint8Array.from(signed([19_000, -1, 40_000_000_000]));
  assert.deepEqual([...readSums(steps, [0, steps.length], 3)], [19_000, 18_999, 40_000_018_999]);
});

test("places lie where Web Mercator has them", () => {
  // EPSG Guidance Note 7-2, method 1024 (Popular Visualisation Pseudo-Mercator): 24°22'54.433"N, 100°20'00.000"W.
  const metres = (units: number): number => (units / WORLD) * 2 * Math.PI * 6_378_137;
  assert.ok(Math.abs(metres(xOf(-100.333_333_333)) - -11_169_055.58) < 0.02);
  assert.ok(Math.abs(-metres(yOf(24.381_786_944)) - 2_800_000) < 0.02);
  assert.equal(yOf(85.051_128_779_806_6), -WORLD / 2);
  assert.equal(yOf(90), -WORLD / 2);
  assert.equal(yOf(-90), WORLD / 2);
  assert.equal(xOf(180), WORLD / 2);
  assert.equal(xOf(720), WORLD - 1);
  assert.equal(WORLD * scaleAt(0), 256);
});

test("positions come back to a hundred-millionth of a turn", () => {
  for (const [lon, lat] of [
    [0, 0],
    [76.95, 43.25],
    [-179.99, -84.9],
    [190, 70],
  ]) {
    assert.ok(Math.abs(lonOf(xOf(lon)) - lon) < 2e-7);
    assert.ok(Math.abs(latOf(yOf(lat)) - lat) < 2e-7);
  }
});

test("lines of several parts, and a row without geometry", () => {
  const stream = new StreamWriter();
  const geometry = {
    kind: "line" as const,
    step: 0.5,
    parts: stream.unsigned([1, 0, 2]),
    sizes: stream.unsigned([2, 2, 3]),
    heads: [stream.signed([20, -5, 10]), stream.signed([4, 1, 1])] as [Block, Block], // first vertices: 20, 15, 25
    steps: [stream.signed([2, 1, 1, 1]), stream.signed([0, 1, -1, -1])] as [Block, Block],
  };
  const shapes = readShapes(stream.bytes(), geometry, 3);
  const near = (row: number) =>
    outlineOf(shapes, row).map((part) => part.map((value) => Math.round(value * 1e5) / 1e5));
  assert.deepEqual(near(0), [[10, 2, 11, 2]]);
  assert.deepEqual(near(1), []);
  assert.deepEqual(near(2), [
    [7.5, 2.5, 8, 3],
    [12.5, 3, 13, 2.5, 13.5, 2],
  ]);
  assert.equal(boundsOf(shapes, 1), null);
  assert.deepEqual(
    boundsOf(shapes, 2)?.map((value) => Math.round(value * 1e5) / 1e5),
    [7.5, 2, 13.5, 3],
  );
});

test("areas keep the rings of all their polygons", () => {
  const stream = new StreamWriter();
  const geometry = {
    kind: "area" as const,
    step: 1,
    parts: stream.unsigned([2, 1]),
    rings: stream.unsigned([2, 1, 1]),
    sizes: stream.unsigned([4, 3, 3, 3]),
    heads: [stream.signed([0, 1, 10, -11]), stream.signed([0, 1, 0, 0])] as [Block, Block],
    steps: [stream.signed([9, 0, -9, 1, 0, 1, 0, 1, 0]), stream.signed([0, 9, 0, 0, 1, 0, 1, 0, 1])] as [Block, Block],
  };
  const { paths, starts } = readShapes(stream.bytes(), geometry, 2);
  assert.deepEqual([...paths], [0, 3, 4]);
  assert.deepEqual([...starts], [0, 4, 7, 10, 13]);
});

test("points need no sizes", () => {
  const stream = new StreamWriter();
  const geometry = {
    kind: "point" as const,
    step: 1e-5,
    heads: [stream.signed([7_695_000, 5]), stream.signed([0, 0])] as [Block, Block],
    steps: [stream.put([]), stream.put([])] as [Block, Block],
  };
  const { xy, boxes } = readShapes(stream.bytes(), geometry, 2);
  assert.deepEqual([...xy], [xOf(76.95), 0, xOf(76.95005), 0]);
  assert.deepEqual([...boxes.subarray(4)], [xOf(76.95005), 0, xOf(76.95005), 0]);
});

test("a store keeps classes by row, and of the stream what attributes need", () => {
  const stream = new StreamWriter();
  const heads: [Block, Block] = [stream.signed([1, 1, 1]), stream.signed([1, 1, 1])];
  const steps: [Block, Block] = [stream.put([]), stream.put([])];
  const codes = stream.unsigned([1, 0, 1]);
  const words: Block = stream.put(new TextEncoder().encode("абв"));
  const layer: ColumnLayer = {
    id: "a",
    count: 3,
    bounds: [1, 1, 3, 3],
    geometry: { kind: "point", step: 1, heads, steps },
    classes: ["a/x", "a/y"],
    codes,
    columns: [{ name: "word", type: "text", sizes: stream.unsigned([2, 2, 2]), bytes: words }],
  };
  const store = openStore(stream.bytes(), [layer]);
  assert.deepEqual([...store.layers[0].codes], [1, 0, 1]);
  assert.deepEqual([...store.layers[0].shown], [1, 1, 1]);
  assert.equal(store.blocks.size, 2);
  assert.equal(new TextDecoder().decode(blockOf(store, words)), "абв");
});

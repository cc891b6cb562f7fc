/* How a reader's own data is drawn and found: what covers which pixels, what is left out, and what the pointer meets. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Cells } from "../../src/corridors/web/script/columns/cells.ts";
import { Coverage, layOver } from "../../src/corridors/web/script/columns/coverage.ts";
import { withRoom } from "../../src/corridors/web/script/columns/crowding.ts";
import { type Box, boxOf, lensOf } from "../../src/corridors/web/script/columns/frame.ts";
import { distanceTo, hit, isInside } from "../../src/corridors/web/script/columns/hit.ts";
import { LevelMaker } from "../../src/corridors/web/script/columns/level.ts";
import { boundsOf, ensureLevels, levelAt, levelZoom } from "../../src/corridors/web/script/columns/levels.ts";
import { newParts } from "../../src/corridors/web/script/columns/moved.ts";
import { fastYOf, LIMIT, xOf, yOf } from "../../src/corridors/web/script/columns/projection.ts";
import type { Shapes } from "../../src/corridors/web/script/columns/shapes.ts";
import { rowsIn } from "../../src/corridors/web/script/columns/spatial.ts";
import { type OpenLayer, openStore, type Store } from "../../src/corridors/web/script/columns/store.ts";
import { isDot, segmentsOf, traceLines, traceRings } from "../../src/corridors/web/script/columns/trace.ts";
import type { Block, ColumnLayer, Frame, GeometryColumns } from "../../src/corridors/web/script/types/columns.ts";
import { StreamWriter } from "./stream.ts";

type Position = [lon: number, lat: number];

/** A store of layers of one kind each, whose features have one path. */
const storeOf = (...layers: [kind: GeometryColumns["kind"], features: Position[][], codes?: number[]][]): Store => {
  const stream = new StreamWriter();
  const step = 1e-3;
  const described = layers.map(([kind, features, codes], nth): ColumnLayer => {
    const differences = (numbers: number[]): number[] => numbers.map((number, i) => number - (i ? numbers[i - 1] : 0));
    const whole = ([0, 1] as const).map((axis) =>
      features.map((path) => path.map((position) => Math.round(position[axis] / step))),
    );
    const heads = whole.map((paths) => stream.signed(differences(paths.map(([first]) => first)))) as [Block, Block];
    const steps = whole.map((paths) =>
      stream.signed(paths.flatMap((path) => differences(path).slice(1))),
    ) as typeof heads;
    const positions = features.flat();
    const [lons, lats] = [positions.map(([lon]) => lon), positions.map(([, lat]) => lat)];
    return {
      id: `layer${nth}`,
      count: features.length,
      bounds: [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)],
      geometry: {
        kind,
        step,
        ...(kind === "point" ? {} : { sizes: stream.unsigned(features.map((path) => path.length)) }),
        heads,
        steps,
      },
      classes: codes ? ["x", "y"] : [`class${nth}`],
      ...(codes ? { codes: stream.unsigned(codes) } : {}),
      columns: [],
    };
  });
  return openStore(stream.bytes(), described);
};

/** A function that gives numbers from 0 to 1, the same each time. */
const randomFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

const only = (store: Store): OpenLayer => store.layers[0];

test("the fast projection is the exact one", () => {
  for (let lat = -LIMIT + 0.001; lat < LIMIT; lat += 0.377) assert.ok(Math.abs(fastYOf(lat) - yOf(lat)) <= 1, `${lat}`);
  assert.equal(fastYOf(90), yOf(90));
  assert.equal(fastYOf(-LIMIT), yOf(-LIMIT));
});

test("a lens puts the middle of the world into the middle of its pixels", () => {
  const lens = lensOf({ zoom: 1, left: 156, top: 206, width: 200, height: 100 }, 2);
  assert.deepEqual([lens.width, lens.height], [400, 200]);
  assert.deepEqual([0 * lens.scale - lens.left, 0 * lens.scale - lens.top], [200, 100]);
  const [west, north, east, south] = boxOf(lens, 0);
  assert.deepEqual([west, north], [-east, -south]);
});

test("a horizontal line covers its pixels, and those beside it in part", () => {
  const cover = new Coverage(10, 5);
  cover.stroke = 2;
  cover.moveTo(2, 2.5);
  cover.lineTo(8, 2.5);
  const column = (x: number): number[] => Array.from({ length: 5 }, (_, y) => cover.cells[y * 10 + x]);
  assert.deepEqual(column(5), [0, 127, 255, 127, 0]);
  assert.deepEqual(column(0), [0, 0, 0, 0, 0]);
  assert.deepEqual(column(9), [0, 0, 0, 0, 0]);
});

test("a coverage is the same for a line and for the line across it", () => {
  const [across, down] = [new Coverage(20, 20), new Coverage(20, 20)];
  for (const cover of [across, down]) cover.stroke = 1.7;
  across.moveTo(2.3, 4.1);
  across.lineTo(17.6, 9.2);
  down.moveTo(4.1, 2.3);
  down.lineTo(9.2, 17.6);
  for (let x = 0; x < 20; x += 1)
    for (let y = 0; y < 20; y += 1) assert.equal(across.cells[y * 20 + x], down.cells[x * 20 + y]);
});

test("the covered pixels of a line add up to its length times its width", () => {
  const cover = new Coverage(200, 200);
  cover.stroke = 3;
  cover.moveTo(20.2, 30.7);
  cover.lineTo(170.9, 120.3);
  const sum = cover.cells.reduce((total, cell) => total + cell / 255, 0);
  const area = 3 * Math.hypot(150.7, 89.6);
  assert.ok(Math.abs(sum / area - 1) < 0.02, `${sum} ${area}`);
});

test("nothing is covered outside, and a line through the picture from far away is", () => {
  const cover = new Coverage(10, 10);
  cover.moveTo(-5000, 5.5);
  cover.lineTo(5000, 5.5);
  assert.deepEqual([...cover.cells.subarray(50, 60)], new Array(10).fill(255));
  assert.equal(cover.cells.filter(Boolean).length, 10);
  cover.clear();
  cover.moveTo(-3, -3);
  cover.lineTo(14, -2);
  assert.equal(cover.cells.filter(Boolean).length, 0);
});

test("a dashed line has gaps, and goes on over its vertices", () => {
  const cover = new Coverage(24, 1);
  cover.dash = [4, 2];
  cover.moveTo(0, 0.5);
  cover.lineTo(7, 0.5);
  cover.lineTo(24, 0.5);
  assert.equal([...cover.cells].map((cell) => (cell ? "#" : ".")).join(""), "####..####..####..####..");
});

test("a colour is laid over pixels by its coverage and opacity", () => {
  const pixels = Uint8ClampedArray.of(0, 0, 0, 0, 100, 100, 100, 255, 9, 9, 9, 255);
  layOver(pixels, Uint8Array.of(255, 255, 0), Uint8ClampedArray.of(200, 50, 0, 255), 0.5);
  assert.deepEqual([...pixels], [200, 50, 0, 128, 150, 75, 50, 255, 9, 9, 9, 255]);
});

test("a cell is taken once, and a line takes all cells along it", () => {
  const cells = new Cells([0, 0, 100, 100], 10);
  assert.equal(cells.take(5, 5), true);
  assert.equal(cells.take(9, 9), false);
  assert.equal(cells.takeAlong(5, 5, 95, 5), true);
  assert.equal(cells.take(55, 5), false);
  assert.equal(cells.take(55, 15), true);
  assert.equal(cells.takeAlong(95, 5, 5, 5), false);
  assert.equal(cells.take(100, 100), true);
});

test("a line keeps its ends and the vertices that are apart", () => {
  const store = storeOf([
    "line",
    [
      [
        [0, 0],
        [0.001, 0],
        [10, 0],
        [10.001, 0],
        [20, 0],
      ],
    ],
  ]);
  const lens = lensOf({ zoom: 3, left: 0, top: 0, width: 2048, height: 2048 }, 1);
  const steps: string[] = [];
  const pen = (sign: string) => (x: number, y: number) => steps.push(`${sign}${Math.round(x)},${Math.round(y)}`);
  traceLines(only(store).shapes, 0, lens, { moveTo: pen("M"), lineTo: pen("L") });
  assert.deepEqual(steps, ["M1024,1024", "L1081,1024", "L1138,1024"]);
  assert.ok(segmentsOf(only(store).shapes, 0, lens) <= 6);
  assert.equal(isDot(only(store).shapes, 0, lens), false);
  assert.equal(isDot(only(store).shapes, 0, lensOf({ zoom: -4, left: 0, top: 0, width: 9, height: 9 }, 1)), true);
});

test("pieces of a line beside the picture are left out", () => {
  const store = storeOf([
    "line",
    [
      [
        [-100, 0],
        [-90, 0],
        [0, 0],
        [100, 60],
        [110, 60],
      ],
    ],
  ]);
  const lens = lensOf({ zoom: 3, left: 1000, top: 1000, width: 50, height: 50 }, 1);
  const steps: string[] = [];
  traceLines(only(store).shapes, 0, lens, { moveTo: () => steps.push("M"), lineTo: () => steps.push("L") });
  assert.deepEqual(steps, ["M", "L", "L"]);
});

test("a ring is closed", () => {
  const store = storeOf([
    "area",
    [
      [
        [0, 0],
        [10, 0],
        [10, 10],
      ],
    ],
  ]);
  const steps: [number, number][] = [];
  const pen = (x: number, y: number) => steps.push([Math.round(x), Math.round(y)]);
  traceRings(only(store).shapes, 0, lensOf({ zoom: 3, left: 0, top: 0, width: 2048, height: 2048 }, 1), {
    moveTo: pen,
    lineTo: pen,
  });
  assert.deepEqual(steps[3], steps[0]);
  assert.equal(steps.length, 4);
});

test("a ring far beside the picture is straight there, and unchanged inside", () => {
  const around: Position[] = [
    [-120, -10],
    [-120, 30],
    [-110, 40],
    [-100, 30],
    [0, 30],
    [10, 20],
    [0, 10],
    [-90, -10],
    [-100, -20],
  ];
  const lens = lensOf({ zoom: 3, left: 960, top: 800, width: 200, height: 200 }, 1);
  const steps: [number, number][] = [];
  const pen = (x: number, y: number) => steps.push([Math.round(x), Math.round(y)]);
  traceRings(only(storeOf(["area", [around]])).shapes, 0, lens, { moveTo: pen, lineTo: pen });
  const inside = steps.filter(([x, y]) => x >= -40 && x <= 240 && y >= -40 && y <= 240);
  assert.equal(inside.length, 3);
  assert.ok(steps.length < around.length);
  assert.deepEqual(steps.at(-1), steps[0]);
});

test("a level leaves out lines that lines of their class before them hide, and no others", () => {
  const along: Position[] = [
    [0, 0],
    [1, 0],
    [2, 0],
    [3, 0],
  ];
  const store = storeOf([
    "line",
    [
      along,
      along,
      [
        [0, 0],
        [1, 0],
      ],
      [
        [0, 0],
        [0, 40],
      ],
      along,
    ],
    [0, 0, 0, 0, 1],
  ]);
  const maker = new LevelMaker(only(store), boundsOf(only(store)), 4);
  for (let row = 0; row < 5; row += 1) maker.add(row);
  const { rows, codes, shapes } = maker.finish();
  assert.deepEqual([...rows], [0, 3, 4]);
  assert.deepEqual([...codes], [0, 0, 1]);
  assert.deepEqual([...shapes.paths], [0, 1, 2, 3]);
  assert.equal(shapes.xy.length, 2 * shapes.starts[3]);
  assert.deepEqual([...shapes.boxes.subarray(0, 4)], [0, 0, xOf(3), 0]);
});

test("a level has no row that is not shown, and one dot for all small features in a place", () => {
  const store = storeOf(["point", [[[1, 1]], [[1.0001, 1]], [[5, 5]], [[9, 9]]]]);
  only(store).shown[2] = 0;
  const maker = new LevelMaker(only(store), boundsOf(only(store)), 3);
  for (let row = 0; row < 4; row += 1) maker.add(row);
  assert.deepEqual([...maker.finish().rows], [0, 3]);
});

test("a picture of a large part of a layer is drawn of its level from the first on, one of a small part is not", async () => {
  const zigzag = (n: number): Position[] =>
    Array.from({ length: 500 }, (_, i): Position => [n % 20, n / 20 + (i % 2) / 1000]);
  const store = storeOf(["line", Array.from({ length: 210 }, (_, n) => zigzag(n))]);
  const turn = { due: () => true, pause: () => Promise.resolve() };
  const [west, north, east, south] = boundsOf(only(store));
  await ensureLevels(store, 4, [west, north, west + (east - west) / 5, south], turn);
  assert.equal(levelAt(only(store), store.version, 4), null);
  await ensureLevels(store, 4, [west, north, east, south], turn);
  const rows = levelAt(only(store), store.version, 4)?.rows;
  assert.ok(rows && rows.length > 0 && rows.length <= 210);
});

test("the zoom of a level is the next whole one", () => {
  assert.deepEqual([3, 3.25, 3.99, 4].map(levelZoom), [3, 4, 4, 4]);
});

test("of near points the first has room, whatever else is in the window", () => {
  const positions = Float64Array.of(0, 0, 3, 0, 30, 0, 6, 0);
  assert.deepEqual([...withRoom(positions, 5)], [1, 0, 1, 0]);
  assert.deepEqual(
    [
      ...withRoom(
        positions.map((value) => value - 1000),
        5,
      ),
    ],
    [1, 0, 1, 0],
  );
});

test("the index finds the rows whose boxes touch a box, in their order", () => {
  const random = randomFrom(7);
  const place = (most: number): number => Math.round((random() - 0.5) * most);
  for (const count of [0, 1, 31, 32, 33, 1500]) {
    // Most boxes lie close together, some are wide, and some rows have no geometry.
    const boxes = new Int32Array(4 * count);
    const paths = new Uint32Array(count + 1);
    for (let row = 0; row < count; row += 1) {
      const [x, y, size] = [place(row % 9 ? 1e4 : 2e9), place(row % 9 ? 1e4 : 2e9), row % 50 ? 90 : 1e9];
      boxes.set([x, y, x + Math.floor(random() * size), y + Math.floor(random() * size)], 4 * row);
      paths[row + 1] = paths[row] + Number(row % 7 !== 3);
    }
    const shapes: Shapes = { kind: "line", count, paths, starts: new Uint32Array(1), xy: new Int32Array(0), boxes };
    for (let trial = 0; trial < 60; trial += 1) {
      const [x, y, size] = [place(1.2e4), place(1.2e4), 10 ** (1 + (trial % 9))];
      const box: Box = [x, y, x + random() * size, y + random() * size];
      const rows = Array.from({ length: count }, (_, row) => row);
      const touches = (row: number): boolean =>
        paths[row] < paths[row + 1] &&
        boxes[4 * row] <= box[2] &&
        boxes[4 * row + 2] >= box[0] &&
        boxes[4 * row + 1] <= box[3] &&
        boxes[4 * row + 3] >= box[1];
      assert.deepEqual([...rowsIn(shapes, box)], rows.filter(touches));
    }
  }
});

test("the distance to a line is that to its nearest piece", () => {
  const { shapes } = only(
    storeOf([
      "line",
      [
        [
          [0, 0],
          [10, 0],
          [10, 10],
        ],
      ],
    ]),
  );
  assert.ok(Math.abs(distanceTo(shapes, 0, xOf(5), yOf(3)) + yOf(3)) < 1);
  assert.ok(Math.abs(distanceTo(shapes, 0, xOf(12), yOf(5)) - xOf(2)) < 2);
  assert.equal(distanceTo(shapes, 0, xOf(10), yOf(0)), 0);
});

test("a position is inside an area or not", () => {
  const { shapes } = only(
    storeOf([
      "area",
      [
        [
          [0, 0],
          [10, 0],
          [10, 10],
          [5, 2],
          [0, 10],
        ],
      ],
    ]),
  );
  assert.equal(isInside(shapes, 0, xOf(2), yOf(4)), true);
  assert.equal(isInside(shapes, 0, xOf(5), yOf(6)), false);
  assert.equal(isInside(shapes, 0, xOf(11), yOf(1)), false);
});

test("the pointer meets points before lines before areas, the nearest first, and nothing that is not shown", () => {
  const store = storeOf(
    [
      "area",
      [
        [
          [0, 0],
          [20, 0],
          [20, 20],
          [0, 20],
        ],
        [
          [1, 1],
          [19, 1],
          [19, 19],
        ],
      ],
    ],
    [
      "line",
      [
        [
          [0, 5],
          [20, 5],
        ],
        [
          [0, 5.2],
          [20, 5.2],
        ],
      ],
    ],
    ["point", [[[10, 5]]]],
  );
  const order = ["class0", "class1", "class2"];
  const at = (lon: number, lat: number, tolerance = 6) => {
    const zoom = 5;
    const pixels = (units: number) => (units / 2 ** 31 + 0.5) * 256 * 2 ** zoom;
    const found = hit(store, { x: pixels(xOf(lon)), y: pixels(yOf(lat)), zoom, tolerance, order });
    return found && [found.layer, found.row];
  };
  assert.deepEqual(at(10, 5.1), [2, 0]);
  assert.deepEqual(at(15, 4.95), [1, 0]);
  assert.deepEqual(at(15, 5.25), [1, 1]);
  assert.deepEqual(at(12, 8), [0, 1], "the smaller of two areas");
  assert.deepEqual(at(2, 15), [0, 0]);
  assert.equal(at(30, 5), null);
  store.layers[2].shown[0] = 0;
  assert.deepEqual(at(10, 5.02), [1, 0]);
});

test("of a moved window, the parts that were not seen before are drawn, and nothing twice", () => {
  const before = { zoom: 5, left: 100, top: 200, width: 60, height: 40 };
  for (const [right, down, width, height] of [
    [7, 0, 60, 40],
    [0, -5, 60, 40],
    [-9, 4, 60, 40],
    [3, 3, 60, 40],
    [0, 0, 60, 40],
    [-6, -4, 72, 48],
    [2, -4, 70, 30],
    [5, 5, 20, 20],
  ]) {
    const now = { zoom: 5, left: before.left + right, top: before.top + down, width, height };
    const parts = newParts(before, now);
    assert.ok(parts);
    for (let x = now.left; x < now.left + now.width; x += 1) {
      for (let y = now.top; y < now.top + now.height; y += 1) {
        const has = ({ left, top, width, height }: Frame): boolean =>
          x >= left && x < left + width && y >= top && y < top + height;
        assert.equal([before, ...parts].filter(has).length, 1);
      }
    }
  }
});

test("after a zoom or a long way, a window is drawn as a whole", () => {
  const before = { zoom: 5, left: 0, top: 0, width: 60, height: 40 };
  assert.equal(newParts(before, { ...before, zoom: 6 }), null);
  assert.equal(newParts(before, { ...before, left: 50 }), null);
  assert.equal(newParts(before, { ...before, left: 1000, top: 1000 }), null);
  assert.equal(newParts(before, { ...before, left: -60, width: 180, top: -40, height: 120 }), null);
});

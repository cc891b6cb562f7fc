/* Which rows of a long table are in sight. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  heightOf,
  type Position,
  rowsInSight,
  START,
  scrolled,
} from "../../src/corridors/web/script/panel/scrolling.ts";

const short = { rows: 1000, row: 28, room: 300 };
const long = { rows: 1_000_000, row: 28, room: 300 };
const place = ({ top, offset }: Position): number => top + offset;
const full = long.rows * long.row - long.room;

test("a short table scrolls as its element does", () => {
  assert.equal(heightOf(short), 28_000);
  assert.deepEqual(scrolled(START, 14_000, short), { top: 14_000, offset: 0 });
  assert.deepEqual(rowsInSight({ top: 14_000, offset: 0 }, short), [490, 521]);
  assert.deepEqual(rowsInSight(START, short), [0, 21]);
  assert.deepEqual(rowsInSight({ top: 27_700, offset: 0 }, short), [979, 1000]);
  assert.deepEqual(rowsInSight(START, { ...short, rows: 3 }), [0, 3]);
  assert.deepEqual(rowsInSight(START, { ...short, rows: 0 }), [0, 0]);
});

test("the element of a long table is lower than a browser allows, and its ends are those of the table", () => {
  assert.ok(heightOf(long) < 8_900_000);
  const end = heightOf(long) - long.room;
  assert.equal(place(scrolled(START, end, long)), full);
  assert.equal(scrolled(START, end, long).top, end);
  assert.deepEqual(scrolled({ top: end, offset: full - end }, 0, long), START);
  assert.equal(rowsInSight(scrolled(START, end, long), long)[1], long.rows);
});

test("a long way moves by its share of the rows, a short one by as many pixels", () => {
  const half = scrolled(START, heightOf(long) / 2, long);
  assert.ok(Math.abs(place(half) / full - 0.5) < 0.001);
  assert.equal(place(scrolled(half, half.top + 60, long)) - place(half), 60);
});

test("every row is reached by short ways, from either end, and never one is left out", () => {
  const starts: [Position, number][] = [
    [START, 60],
    [{ top: heightOf(long) - long.room, offset: full - heightOf(long) + long.room }, -60],
    [scrolled(START, 250_000, long), -60],
    [scrolled(START, 3_700_000, long), 60],
  ];
  for (const [from, by] of starts) {
    let position = from;
    for (let turn = 0; turn < 100_000; turn += 1) {
      const next = scrolled(position, Math.max(0, position.top + by), long);
      const ended = place(next) === 0 || place(next) === full;
      assert.ok(ended || place(next) - place(position) === by, `${place(position)} to ${place(next)}`);
      assert.ok(next.top >= 0 && next.top <= heightOf(long) - long.room);
      position = next;
      if (ended) break;
    }
  }
});

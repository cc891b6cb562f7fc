/* The steps of a story: an address or an embedder asks for one, and gets all of it or nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsOf, openPage } from "./open.ts";

const shown = {
  layers: ["rail"],
  filters: {},
  year: null,
  against: null,
  split: 50,
  selected: "ports/x",
  scenario: null,
  after: 100,
};
const other = { ...shown, layers: ["cities"], selected: null, year: 2013, against: "planned", split: 60 };
const payload = {
  map: {
    story: [shown, other].map((state) => ({ bounds: [60, 30, 90, 50], narrow: [60, 30, 90, 50], state })),
  },
  classes: { rail: { geometry: "line", style: {}, on: true }, cities: { geometry: "point", style: {}, on: true } },
  features: columnsOf([{ id: "ports/x", class: "cities", name: {} }]),
};
const done = openPage(payload, { hash: "#story=2" });
const notes: string[] = [];
console.warn = (words: string): void => {
  notes.push(words);
};
const { askedFirst, readFragment } = await import("../../src/corridors/web/script/state/address.ts");
const { apply, begin, getState, isTold } = await import("../../src/corridors/web/script/state/state.ts");
const { setRoamed, withStep } = await import("../../src/corridors/web/script/state/story.ts");

const VIEW = { lat: 43, lng: 76, zoom: 4 };

test("a page opens at the step of its address, with all that this step shows", async () => {
  await begin({ view: VIEW, ...withStep({ story: 1, ...askedFirst }) }, () => Promise.resolve());
  const { story, layers, selected, year, against } = getState();
  assert.deepEqual([story, layers, selected, year, against, isTold()], [2, ["cities"], null, 2013, "planned", true]);
});

test("a step is applied whole, and its number is all that the address then needs", () => {
  apply({ story: 1 });
  const { story, layers, selected, year } = getState();
  assert.deepEqual([story, layers, selected, year, isTold()], [1, ["rail"], "ports/x", null, true]);
  assert.equal(done.addresses.at(-1), "#lang=en&story=1");
});

test("a reader who looks around keeps the step, and the address has what was changed", () => {
  apply({ layers: ["cities"] });
  assert.deepEqual([getState().story, isTold()], [1, false]);
  assert.equal(done.addresses.at(-1), "#map=4/43/76&layers=cities&lang=en&select=ports/x&story=1");
  apply({ story: 1 });
  assert.ok(isTold());
  setRoamed(true);
  assert.equal(isTold(), false);
  setRoamed(false);
});

test("a reader who moves the divider of two dates keeps it in the address, and comes back to where the step has it", () => {
  apply({ story: 2 });
  assert.equal(done.addresses.at(-1), "#lang=en&story=2");
  apply({ split: 20 });
  assert.equal(isTold(), false);
  const moved = String(done.addresses.at(-1));
  assert.match(moved, /&year=2013&against=planned&split=20&/);
  apply({ story: 1 });
  assert.deepEqual([getState().against, isTold()], [null, true]);
  apply(withStep(readFragment(moved)));
  assert.deepEqual([getState().story, getState().split, getState().layers], [2, 20, ["cities"]]);
  apply({ story: 2 });
  assert.deepEqual([getState().split, isTold()], [60, true]);
});

test("an address with a view is the reader's own state, and only remembers the step", () => {
  const asked = readFragment("#map=4/43/76&layers=cities&story=1");
  assert.deepEqual(withStep(asked), asked);
  assert.deepEqual(withStep(readFragment("#story=1&lang=nl")), { ...shown, lang: "nl", story: 1 });
});

test("what is no step of the story is left out with a note, and nothing of it is applied", () => {
  apply({ story: 1 });
  const before = getState();
  for (const bad of ["0", "3", "-1", "1.5", "1e0", "", "x", "<b>", "__proto__", "9".repeat(400)]) {
    notes.length = 0;
    assert.deepEqual(readFragment(`#story=${encodeURIComponent(bad)}`), {}, bad);
    assert.equal(notes.length, 1, bad);
    apply({ story: bad });
    assert.deepEqual(getState(), before, bad);
  }
  for (const bad of [{}, [1, 2], true, Number.NaN]) apply({ story: bad });
  assert.deepEqual(getState(), before);
});

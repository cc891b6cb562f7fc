/* The one state and the one way to change it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsOf, openPage } from "./open.ts";

const done = openPage({ features: columnsOf([{ id: "a", class: "x", name: {} }]) });
const { apply, begin, follow, getState, isChanging, propose, suggest } = await import(
  "../../src/corridors/web/script/state/state.ts"
);
const told: string[] = [];
follow(["lang", "year"], (_, changed) => told.push([...changed].join()));
follow(["selected"], ({ selected }) => told.push(`selected ${selected}`));

test("who follows a key is told when it has changed, and only then", () => {
  propose({ year: 2030 });
  propose({ year: "2030", lang: "xx" });
  assert.deepEqual(told.splice(0), ["year"]);
  propose({ lang: "nl", selected: "a" });
  assert.deepEqual(told.splice(0), ["lang,selected", "selected a"]);
});

test("a change is written to the address and sent as events", () => {
  assert.equal(done.addresses.at(-1), "#lang=nl&year=2030&select=a");
  assert.deepEqual(
    done.events.map(({ type }) => type),
    ["corridors:change", "corridors:change", "corridors:select"],
  );
  assert.equal(done.events.at(-1)?.detail, "a");
});

test("the first state tells everybody, with a pause after each, and leaves the address as it is", async () => {
  const before = done.addresses.length;
  const pauses: number[] = [];
  await begin({}, () => {
    pauses.push(told.length);
    return Promise.resolve();
  });
  assert.deepEqual(pauses, [1, 2]);
  assert.equal(told.splice(0).length, 2);
  assert.equal(done.addresses.length, before);
});

test("what is given out is a copy", () => {
  getState().layers.push("x");
  assert.deepEqual(getState().layers, []);
  assert.equal(getState().language, "nl");
});

test("while a change is drawn it is known which keys it has", () => {
  const seen: boolean[] = [];
  follow(["after"], () => seen.push(isChanging("after"), isChanging("view")));
  apply({ after: 10 });
  assert.deepEqual([...seen, isChanging("after")], [true, false, false]);
});

test("nothing and nonsense change nothing", () => {
  const before = getState();
  apply(null);
  apply({ table: false, theme: "pink" });
  assert.deepEqual(getState(), before);
});

test("each kind of change is a step to go back to; moves of the map, and changes that go on, are none", (context) => {
  let now = 5000;
  context.mock.method(performance, "now", () => now);
  done.steps.splice(0);
  const step = (change: object, later: number): void => {
    now += later;
    propose(change);
  };
  step({ year: 2001 }, 2000);
  step({ year: 2002 }, 500); // the reader drags on
  step({ year: 2003 }, 900);
  step({ view: { lat: 1, lng: 2, zoom: 3 } }, 2000);
  step({ lang: "en" }, 100);
  step({ lang: "nl" }, 1500);
  assert.deepEqual(
    done.steps.map((address) => /lang=[^&]*(&year=[^&]*)?/.exec(address)?.[0]),
    ["lang=nl&year=2001", "lang=en&year=2003", "lang=nl&year=2003"],
  );
});

test("what follows from a change is a part of its step, and gives way to what the change itself asks for", (context) => {
  let now = 50_000;
  context.mock.method(performance, "now", () => now);
  follow(["split"], () => suggest({ sheet: "half" }));
  done.steps.splice(0);
  const step = (change: object): (string | null)[] => {
    now += 2000;
    propose(change);
    return [getState().sheet, done.steps.at(-1)?.match(/sheet=(\w+)/)?.[1] ?? null];
  };
  assert.deepEqual(step({ split: 20 }), ["half", "half"]);
  assert.deepEqual(step({ split: 30, sheet: "full" }), ["full", "full"]);
  assert.deepEqual(step({ split: 40, sheet: null }), [null, null]);
  assert.equal(done.steps.length, 3);
});

test("folds are in the address and are no steps", (context) => {
  context.mock.method(performance, "now", () => 90_000);
  done.steps.splice(0);
  propose({ folds: ["planner"] });
  assert.match(done.addresses.at(-1) ?? "", /&folds=planner&/);
  assert.equal(done.steps.length, 0);
});

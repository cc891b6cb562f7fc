/* Words, names and numbers. Plural forms, numbers and dates are held to Python's in test_script_rules.py. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { messagesOf, openPage } from "./open.ts";

const NBSP = "\u00a0";
openPage({
  messages: messagesOf({
    en: {
      hello: "from {0} to {1}, {0}",
      only: "in English",
      "number.about": "about {0}",
      "number.more_than": "over {0}",
      "list.and": ", ",
      "unit.km": "km",
      "unit.days.one": "day",
      "unit.days": "days",
      "kind.rail": "Railway",
    },
    nl: { hello: "{1} uit {0}" },
  }),
  countries: { KAZ: { en: "Kazakhstan", nl: "Kazachstan" } },
  classes: { gauge: { geometry: "line", style: {}, title: { en: "1520 mm" } } },
});
const text = await import("../../src/corridors/web/script/payload/text.ts");
const { formatNumber, formatQuantity, formatRange, messageParts, pick, setLanguage, t } = text;

/** Run with another language. */
const inLanguage = (code: string, run: () => void): void => {
  setLanguage(code);
  run();
  setLanguage("en");
};

test("a message is filled, falls back to English, and shows its key where nobody wrote it", () => {
  assert.equal(t("hello", "A", 2), "from A to 2, A");
  assert.equal(t("hello", "A"), "from A to {1}, A");
  inLanguage("nl", () =>
    assert.deepEqual([t("hello", 1, 2), t("only"), t("no.such")], ["2 uit 1", "in English", "no.such"]),
  );
  assert.ok(text.hasMessage("only") && !text.hasMessage("no.such"));
});

test("parts of a message keep the order of the language, and any kind of node", () => {
  const node = { any: "node" };
  inLanguage("nl", () => assert.deepEqual(messageParts<unknown>("hello", "A", node), [node, " uit ", "A"]));
  assert.deepEqual(messageParts("hello", node), ["from ", node, " to ", "{1}", ", ", node]);
});

test("of several names the language at hand comes first, then English, the local one, any", () => {
  assert.deepEqual([pick({ nl: "N", en: "E" }), pick({ local: "L", ru: "R" }), pick({ ru: "R" })], ["E", "L", "R"]);
  inLanguage("nl", () => assert.equal(pick({ nl: "N", en: "E" }), "N"));
  assert.deepEqual([pick("plain"), pick(null), pick({}), pick({ en: "" })], ["plain", "", "", ""]);
  assert.deepEqual(
    [text.countryName("KAZ"), text.countriesOf(["KAZ", "XYZ"]), text.countriesOf()],
    ["Kazakhstan", "Kazakhstan, XYZ", ""],
  );
});

test("numbers have as many digits as are asked for, else as many as they need", () => {
  const written = [1234567, 1234.56, 12.3456, 0.5, -3, -0.001].map((value) => formatNumber(value));
  assert.deepEqual(written, ["1,234,567", "1,234.6", "12.35", "0.5", "−3", "0"]);
  assert.deepEqual([formatNumber(1234.5, 2), formatNumber(0, 1)], ["1,234.50", "0.0"]);
  assert.deepEqual([formatNumber("text"), formatNumber(Number.NaN), formatNumber(null)], ["text", "–", "–"]);
  inLanguage("nl", () => assert.equal(formatNumber(1234.5, 1), "1.234,5"));
});

test("quantities have the unit that goes with their number, and say where they are about", () => {
  assert.equal(formatQuantity({ value: 1234, unit: "km" }), `1,234${NBSP}km`);
  assert.equal(formatQuantity({ value: 1, unit: "days" }), `1${NBSP}day`);
  assert.equal(formatQuantity({ value: 2, unit: "days", about: true }), `about 2${NBSP}days`);
  assert.equal(formatQuantity({ value: 2000, unit: "year" }), "2000");
  assert.equal(formatQuantity({ value: 5, unit: "percent", more: true }), "over 5%");
  assert.equal(formatRange({ value: 13, to: 15, unit: "days" }), `13–15${NBSP}days`);
  assert.deepEqual([text.formatPercent(0), text.formatPercent(2.55), text.formatPercent(12.5)], ["0%", "2.5%", "13%"]);
});

test("a feature is called by its kind, else by its class", () => {
  const feature = { id: "x", class: "gauge", kind: "rail", name: {} };
  assert.equal(text.kindOf(feature), "Railway");
  assert.equal(text.kindOf({ ...feature, kind: "other" }), "1520 mm");
  assert.equal(text.nameOf(feature), "x");
});

test("sentences follow one another as the language sets them", () => {
  assert.equal(text.sentences(["One.", "Two."]), "One. Two.");
  inLanguage("zh", () => assert.equal(text.sentences(["一。", "二。"]), "一。二。"));
});

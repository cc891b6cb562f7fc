/* The card of a row of a reader's own data: its name, its size, and all its attributes as text. */
import { type Child, el, linkTo, present } from "../dom.ts";
import { columnLayers } from "../payload/columns.ts";
import { data } from "../payload/data.ts";
import { dotted } from "../payload/isolated.ts";
import { countedMessage, formatNumber, pick, t, unitWord } from "../payload/text.ts";
import type { Answer, Cell, Column, Place } from "../types/columns.ts";
import { cardHead, LONG } from "./card_head.ts";
import { cellWords, layerTitle, rowName, sizeOf } from "./cells.ts";

const LINK = /^https?:\/\/\S+$/i;

const valueNode = (words: string): Child => (LINK.test(words) ? linkTo(words, words) : words);

const attribute = (column: Column, cell: Cell): HTMLElement[] => {
  const words = cellWords(column, cell);
  const long = words.length > LONG || column.name.length > LONG ? "long" : null;
  return [
    el("dt", { class: long, dir: "auto" }, column.name),
    el("dd", { class: long ? "long plain" : "plain", dir: "auto" }, valueNode(words)),
  ];
};

const sizeNode = (column: Column | undefined, cell: Cell): HTMLElement | null => {
  const size = column && sizeOf(column, cell);
  if (!size) return null;
  const large = el("span", { class: "large" }, formatNumber(size.value, size.digits));
  const unit = el("span", { class: "unit" }, ` ${unitWord(size.unit, size.value, size.digits)}`);
  return el(
    "dl",
    { class: "headline" },
    el("div", {}, el("dt", {}, t(`totals.${column.name}`)), el("dd", {}, large, unit)),
  );
};

/** The card of a row from what the worker knows of it. */
export const rowCard = (place: Place, { class: own, cells }: Answer<"feature">, close: () => void): HTMLElement[] => {
  const { columns, classes, label, size } = columnLayers[place.layer];
  const full = [...columns.entries()].filter(([nth]) => cells[nth] !== null);
  const missing = columns.length - full.length;
  const title = rowName(place, cells[columns.findIndex(({ name }) => name === label)] ?? null);
  const kind = classes.length > 1 ? pick(data.classes[own]?.title) : "";
  const over = dotted(...new Set([layerTitle(place.layer), kind]));
  return [
    cardHead(close, over, title, null),
    el(
      "div",
      { class: "card-body" },
      ...present([
        sizeNode(size, cells[columns.length] ?? null),
        full.length
          ? el(
              "dl",
              { class: "facts" },
              full.flatMap(([nth, column]) => attribute(column, cells[nth])),
            )
          : null,
        missing ? el("p", { class: "fine" }, countedMessage("card.missing", missing)) : null,
      ]),
    ),
  ];
};

/* A search among the texts and categories of all rows, in any script: each column is one long folded text. */
import type { Ask, Hit, Place } from "../types/columns.ts";
import type { Table } from "./tables.ts";
import type { CodedValues, TextValues, Values } from "./values.ts";

type Fold = (text: string) => string;

/** Folded texts, each after a mark: those of a column's rows, or of its list of values. */
interface Index {
  values: CodedValues | TextValues;
  folded: string;
  /** The position of the mark before each text, and at the end that of the last mark. */
  marks: Uint32Array;
}

/** A match: the nearer to 0, the better. */
interface Match extends Place {
  score: number;
  column: string;
}

const MARK = "\0"; // no folded text has it
const TOGETHER = 4096; // texts that are folded at once: long texts are quick, very long ones take memory
const [OTHER, CATEGORY] = [0.2, 0.4]; // behind equal matches of the column that names the rows
const WORDS = 4; // the distance of a row that has all words, but not side by side

const indexOf = (values: CodedValues | TextValues, count: number, fold: Fold): Index => {
  const total = values.is === "text" ? count : values.keys.length;
  const textOf = (nth: number): string => {
    if (values.is === "codes") return values.keys[nth];
    return values.missing(nth) ? "" : values.text(nth);
  };
  const parts: string[] = [];
  const marks = new Uint32Array(total + 1);
  let at = 0;
  for (let from = 0; from < total; from += TOGETHER) {
    const texts = Array.from({ length: Math.min(TOGETHER, total - from) }, (_, nth) =>
      textOf(from + nth).replaceAll(MARK, " "),
    );
    const folded = fold(texts.join(MARK))
      .split(MARK)
      .map((text) => text.trim());
    for (const [nth, text] of folded.entries()) {
      marks[from + nth] = at;
      at += text.length + 1;
    }
    parts.push(MARK, folded.join(MARK));
  }
  marks[total] = at;
  return { values, folded: parts.join("") + MARK, marks };
};

/** The last text whose mark is not after a position. */
const textAt = (marks: Uint32Array, at: number): number => {
  let [low, high] = [0, marks.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (marks[middle] <= at) low = middle;
    else high = middle - 1;
  }
  return low;
};

/** The texts that have a pattern, at most so many. */
const textsWith = ({ folded, marks }: Index, pattern: string, most: number): number[] => {
  const texts: number[] = [];
  let at = folded.indexOf(pattern);
  while (at >= 0 && texts.length < most) {
    const text = textAt(marks, at);
    texts.push(text);
    at = folded.indexOf(pattern, marks[text + 1]);
  }
  return texts;
};

/** The first rows that have one of these texts, in the order of the texts. */
const rowsWith = ({ values }: Index, texts: number[], most: number): number[] => {
  if (values.is === "text") return texts;
  const rows: number[] = [];
  for (const text of texts) {
    let row = values.codes.indexOf(text);
    while (row >= 0 && rows.length < most) {
      if (!values.missing(row)) rows.push(row);
      row = values.codes.indexOf(text, row + 1);
    }
  }
  return rows;
};

/** The first rows in whose columns all words are found. */
const rowsOfWords = (indices: Index[], words: string[], count: number, most: number): number[] => {
  const found = new Uint16Array(count);
  for (const [nth, word] of words.entries()) {
    for (const index of indices) {
      const texts = textsWith(index, word, Number.POSITIVE_INFINITY);
      for (const row of rowsWith(index, texts, Number.POSITIVE_INFINITY)) if (found[row] === nth) found[row] += 1;
    }
  }
  const rows: number[] = [];
  for (let row = found.indexOf(words.length); row >= 0 && rows.length < most; ) {
    rows.push(row);
    row = found.indexOf(words.length, row + 1);
  }
  return rows;
};

/** The best of matches, each row once. */
const best = (matches: Match[], limit: number): Match[] => {
  const sorted = matches.sort((a, b) => a.score - b.score || a.layer - b.layer || a.row - b.row);
  const rows = new Map<string, Match>();
  for (const match of sorted) {
    const key = `${match.layer}/${match.row}`;
    if (!rows.has(key)) rows.set(key, match);
  }
  return [...rows.values()].slice(0, limit);
};

const isText = (values: Values | null): values is CodedValues | TextValues =>
  values !== null && values.is !== "numbers";

/** A search, which reads each column at its first use. */
export const finderOf = (tables: Table[], fold: Fold): ((ask: Ask<"find">) => Hit[]) => {
  const known = new Map<Values, Index>();

  /** The columns of a layer that can be searched, by name. */
  const indicesOf = ({ opened: { layer }, column }: Table): [name: string, index: Index][] =>
    layer.columns.flatMap(({ name, type }): [string, Index][] => {
      const values = type === "text" || type === "category" ? column(name) : null;
      if (!isText(values)) return [];
      const index = known.get(values) ?? indexOf(values, layer.count, fold);
      known.set(values, index);
      return [[name, index]];
    });

  const matchesIn = (table: Table, nth: number, whole: string, limit: number): Match[] => {
    const { label = "", count } = table.opened.layer;
    const indices = indicesOf(table);
    // The whole text, its beginning, the beginning of a word, any part.
    const patterns = [MARK + whole + MARK, MARK + whole, ` ${whole}`, whole];
    const matches = indices.flatMap(([column, index]) => {
      const kind = index.values.is === "codes" ? CATEGORY : OTHER;
      const behind = column === label ? 0 : kind;
      return patterns.flatMap((pattern, distance) =>
        rowsWith(index, textsWith(index, pattern, limit), limit).map((row) => ({
          layer: nth,
          row,
          column,
          score: distance + behind,
        })),
      );
    });
    const words = whole.split(" ");
    if (words.length === 1 || matches.length >= limit) return matches;
    const rows = rowsOfWords(
      indices.map(([, index]) => index),
      words,
      count,
      limit,
    );
    return [...matches, ...rows.map((row) => ({ layer: nth, row, column: label, score: WORDS }))];
  };

  return ({ text, limit }) => {
    const whole = fold(text.replaceAll(MARK, " "));
    if (!whole) return [];
    const matches = tables.flatMap((table, nth) => matchesIn(table, nth, whole, limit));
    return best(matches, limit).map(({ layer, row, column }) => {
      const { opened, column: columnOf } = tables[layer];
      return {
        layer,
        row,
        class: opened.layer.classes[opened.codes[row]],
        column,
        text: String(columnOf(column)?.cell(row) ?? ""),
        name: opened.layer.label === undefined ? null : (columnOf(opened.layer.label)?.cell(row) ?? null),
      };
    });
  };
};

/* The body of a table: only the rows in sight are in the document, or all rows of a short table. */
import { el } from "../dom.ts";
import { heightOf, type Lengths, type Position, rowsInSight, START, scrolled } from "./scrolling.ts";
import type { TableColumn, TableRow, TableSource } from "./table_source.ts";

const WHOLE = 1000; // rows of a table that is in the document as a whole, for the reader's own search, and for print
const HEIGHT = 28; // pixels of a row, until one is measured

interface Options {
  /** The element that scrolls, and the table in it. */
  scroll: HTMLElement;
  table: HTMLTableElement;
  columns: TableColumn[];
  source: TableSource;
  count: number;
  /** Select a row; with the keyboard if `open`. */
  choose: (id: string, open: boolean) => void;
}

/** The functions of a body. */
export interface Body {
  /** Show the rows at the present position; done when they are there. */
  draw: () => Promise<void>;
  /** Mark the selected row. */
  mark: (selected: string | null) => void;
}

/** Move the keyboard to the name in the row before or after. */
const walk = (event: KeyboardEvent): void => {
  const by = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  const row = event.target instanceof Element && event.target.closest("tr");
  if (!by || !row) return;
  const next = row[by as "nextElementSibling"]?.querySelector("button");
  if (!next) return;
  event.preventDefault();
  next.focus();
};

export const buildBody = ({ scroll, table, columns, source, count, choose }: Options): Body => {
  const body = el("tbody", { keydown: (event) => walk(event as KeyboardEvent) });
  const space = table.parentElement as HTMLElement;
  const drawn = new Map<number, HTMLElement>();
  let position: Position = START;
  let height = HEIGHT;
  let marked: string | null = null;
  let measured = false;
  let drawing = false;
  let again = false;
  table.append(body);

  /** The rows below the head of the table, and the window that they have. */
  const lengths = (): Lengths => ({ rows: count, row: height, room: Math.max(height, scroll.clientHeight - head()) });
  const head = (): number => body.getBoundingClientRect().top - table.getBoundingClientRect().top;

  const rowNode = ({ id, cells }: TableRow, nth: number): HTMLElement => {
    const open = (event: Event): void => {
      event.stopPropagation();
      choose(id, true);
    };
    const name = el("button", { class: "link", click: open }, cells[0]);
    const [, ...others] = columns;
    const about = { "data-row": id, "aria-rowindex": nth + 2, class: id === marked ? "chosen" : null };
    return el(
      "tr",
      { ...about, click: () => choose(id, false) },
      el("th", { scope: "row", dir: "auto" }, name),
      others.map(({ figure }, at) =>
        el("td", { class: figure ? "figure" : null, dir: figure ? null : "auto" }, cells[at + 1]),
      ),
    );
  };

  /** Put these rows into the document, and take out all others. Rows that stay keep the keyboard. */
  const put = (rows: TableRow[], from: number): void => {
    const held = body.contains(document.activeElement);
    for (const [nth, node] of drawn) {
      if (nth >= from && nth < from + rows.length) continue;
      node.remove();
      drawn.delete(nth);
    }
    let after: Element | null = null;
    for (const [at, row] of rows.entries()) {
      const nth = from + at;
      const node: HTMLElement = drawn.get(nth) ?? rowNode(row, nth);
      if (!drawn.has(nth)) {
        if (after) after.after(node);
        else body.prepend(node);
        drawn.set(nth, node);
      }
      after = node;
    }
    if (held && !body.contains(document.activeElement)) scroll.focus({ preventScroll: true });
  };

  /** Columns may become wider, but never narrower: they do not move while the reader scrolls. */
  const holdWidths = (): void => {
    for (const cell of table.querySelectorAll<HTMLElement>("thead th")) cell.style.minWidth = `${cell.offsetWidth}px`;
  };

  /** The first rows tell the height of all. */
  const measure = (): void => {
    const [first] = drawn.values();
    if (measured || !first) return;
    measured = true;
    height = first.getBoundingClientRect().height || HEIGHT;
    again = true;
  };

  /** Lay the table where its rows belong. */
  const lay = (from: number): void => {
    space.style.height = `${heightOf(lengths()) + head()}px`;
    table.style.marginTop = `${from * height - position.offset}px`;
  };

  /** One question at a time: while the reader scrolls, the next one is for where the table is then. */
  const draw = async (): Promise<void> => {
    again = true;
    if (drawing) return;
    drawing = true;
    while (again) {
      again = false;
      const [from, to] = count <= WHOLE ? [0, count] : rowsInSight(position, lengths());
      put(await source.rows(from, to), from);
      if (count <= WHOLE) continue;
      holdWidths();
      measure();
      lay(from);
    }
    drawing = false;
  };

  scroll.onscroll = () => {
    if (count <= WHOLE || scroll.scrollTop === position.top) return;
    position = scrolled(position, scroll.scrollTop, lengths());
    if (Math.abs(position.top - scroll.scrollTop) > 1) scroll.scrollTop = position.top;
    position = { top: scroll.scrollTop, offset: position.top + position.offset - scroll.scrollTop };
    draw();
  };

  const mark = (selected: string | null): void => {
    marked = selected;
    for (const node of drawn.values()) node.classList.toggle("chosen", node.dataset.row === selected);
  };
  return { draw, mark };
};

/* Which rows of a long table are in sight. A browser limits the height of an element, so a very long table has an offset. */

/** Lengths in pixels: of one row, and of the window; and the number of rows. */
export interface Lengths {
  rows: number;
  row: number;
  room: number;
}

/** How far the element is scrolled, and how much further the table is, in pixels. */
export interface Position {
  top: number;
  offset: number;
}

const MOST = 4_000_000; // pixels; Firefox draws nothing below 8.9 million device pixels of two per pixel
const SPARE = 10; // rows above and below those in sight

const NEAR = 2; // windows from an end of the element

export const START: Position = { top: 0, offset: 0 };

/** The height of all rows in the element. */
export const heightOf = ({ rows, row }: Lengths): number => Math.min(rows * row, MOST);

const at = (top: number, place: number): Position => ({ top, offset: place - top });

/** The position after the element was scrolled. A short way moves the table by as much, a long one by its share of the rows. */
export const scrolled = (before: Position, top: number, lengths: Lengths): Position => {
  const { room } = lengths;
  const [most, fullMost] = [heightOf(lengths) - room, lengths.rows * lengths.row - room];
  if (most === fullMost) return at(top, top);
  const far = Math.abs(top - before.top) > room;
  const place = far ? Math.round((top / most) * fullMost) : top + before.offset;
  const above = Math.max(0, Math.min(fullMost, place));
  const below = fullMost - above;
  // Before the element ends, there must be as much left of it as of the table.
  if (top < NEAR * room && above > top) return at(Math.min(above, most / 4), above);
  if (most - top < NEAR * room && below > most - top) return at(most - Math.min(below, most / 4), above);
  return at(top, above);
};

/** The first row to have in the document, and the one below the last. */
export const rowsInSight = ({ top, offset }: Position, { rows, row, room }: Lengths): [from: number, to: number] => [
  Math.max(0, Math.min(rows, Math.floor((top + offset) / row) - SPARE)),
  Math.min(rows, Math.ceil((top + offset + room) / row) + SPARE),
];

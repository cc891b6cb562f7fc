/* The rows of a reader's own data in view, one after the other: the worker says which comes next. */
import { ask } from "../columns/client.ts";
import { idOf, placeOf } from "../payload/columns.ts";
import { clickRow } from "./column_labels.ts";
import { hint, leavePointer, pointAt } from "./column_pointer.ts";
import { boundsInField } from "./room.ts";
import type { Stop } from "./walk.ts";

/** The row after another one, or before it; null if none is in view. */
export const rowStop = async (map: L.Map, from: string | null, by: number): Promise<Stop | null> => {
  const [zoom, view] = [map.getZoom(), boundsInField()];
  const corners = [view.getNorthWest(), view.getSouthEast()].map((corner) => map.project(corner, zoom));
  const window = corners.flatMap(({ x, y }) => [x, y]);
  const found = await ask("walk", { zoom, window, from: placeOf(from), by });
  if (!found) return null;
  const at = map.unproject([found.x, found.y], zoom);
  const { nth, count } = found;
  return {
    id: idOf(found),
    nth,
    count,
    words: hint(found).textContent,
    mark: () => pointAt(found, at),
    unmark: leavePointer,
    open: () => clickRow(map, found, at),
  };
};

/* A reader's own data on the map: its picture, the pointer and the selection. */
import { ask } from "../columns/client.ts";
import { columnLayers } from "../payload/columns.ts";
import { data } from "../payload/data.ts";
import type { Answer } from "../types/columns.ts";
import { drawColumnCanvas } from "./column_canvas.ts";
import { followPointer } from "./column_pointer.ts";
import { followSelection } from "./column_selection.ts";

let opened: Promise<Answer<"open">> | null = null;

/** Tell the worker what is in its stream, once. */
export const openColumns = (): Promise<Answer<"open">> => {
  opened ??= ask("open", { layers: columnLayers, folding: data.folding });
  return opened;
};

/** Draw these layers, if the page has some; done when the first picture is there. */
export const drawColumns = async (map: L.Map): Promise<void> => {
  if (!columnLayers.length) return;
  followPointer(map);
  followSelection(map);
  await Promise.all([openColumns(), drawColumnCanvas(map)]);
};

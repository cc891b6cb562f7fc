/* A reader's own data on the map: its picture, the pointer and the selection. */
import { openColumns } from "../columns/client.ts";
import { columnLayers } from "../payload/columns.ts";
import { drawColumnCanvas } from "./column_canvas.ts";
import { followPointer } from "./column_pointer.ts";
import { followSelection } from "./column_selection.ts";

/** Draw these layers, if the page has some; done when the first picture is there. */
export const drawColumns = async (map: L.Map): Promise<void> => {
  if (!columnLayers.length) return;
  const opened = openColumns();
  followPointer(map);
  followSelection(map);
  await Promise.all([opened, drawColumnCanvas(map)]);
};

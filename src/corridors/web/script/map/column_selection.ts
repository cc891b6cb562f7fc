/* The selected feature of a reader's own data: its outline with a halo, and bringing it into view. */
import { ask } from "../columns/client.ts";
import { placeOf } from "../payload/columns.ts";
import { data } from "../payload/data.ts";
import { follow, getState } from "../state/state.ts";
import type { Answer, Place } from "../types/columns.ts";
import { outlinePaths } from "./column_outline.ts";

let map: L.Map;
let shown: L.Path[] = [];

const paths = ({ outline, class: id }: Answer<"feature">): L.Path[] => {
  const entry = data.classes[id];
  const zoom = map.getZoom();
  const width = { line: entry.style.width ?? 2, area: 1, point: 1 }[entry.geometry];
  const [halo, picked] = entry.geometry === "point" ? [7, 2.5] : [width + 9, width + 1.5];
  return [
    ...outlinePaths(outline, entry, { className: "halo", weight: halo }, zoom),
    ...outlinePaths(outline, entry, { className: "picked", weight: picked }, zoom),
  ];
};

/** What the worker knows of a feature. */
export const featureAt = (place: Place): Promise<Answer<"feature">> => ask("feature", place);

const select = async (id: string | null): Promise<void> => {
  for (const path of shown) path.remove();
  shown = [];
  const place = placeOf(id);
  if (!place) return;
  const found = await featureAt(place);
  if (getState().selected !== id) return;
  for (const path of shown) path.remove();
  shown = paths(found);
  for (const path of shown) path.addTo(map);
};

/** Let the map show the selected feature. */
export const followSelection = (leaflet: L.Map): void => {
  map = leaflet;
  follow(["selected"], ({ selected }) => select(selected));
};

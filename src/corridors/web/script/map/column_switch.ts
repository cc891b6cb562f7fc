/* A layer of Leaflet that shows and hides layers with columns, so that folium's control and groups can. */
import { columnLayers } from "../payload/columns.ts";
import { follow, getState, propose } from "../state/state.ts";

/** The layer for layers with columns. It follows the legend too. */
export const columnSwitch = (map: L.Map, ids: string[]): L.Layer => {
  const classes = columnLayers.filter(({ id }) => ids.includes(id)).flatMap((layer) => layer.classes);
  const layer = new L.Layer();
  let following = false;
  const show = (on: boolean): L.Layer => {
    const others = getState().layers.filter((id) => !classes.includes(id));
    if (!following) propose({ layers: on ? [...others, ...classes] : others });
    return layer;
  };
  layer.onAdd = () => show(true);
  layer.onRemove = () => show(false);
  follow(["layers"], ({ layers }) => {
    const on = classes.some((id) => layers.includes(id));
    if (on === map.hasLayer(layer)) return;
    following = true;
    if (on) map.addLayer(layer);
    else map.removeLayer(layer);
    following = false;
  });
  return layer;
};

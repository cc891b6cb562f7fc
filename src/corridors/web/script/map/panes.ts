/* Panes of the map. A pane is above all panes of lower levels. */

/** Add a pane at a level, without pointer events, and return its name. */
export const addPane = (map: L.Map, name: string, level: number): string => {
  Object.assign(map.createPane(name).style, { zIndex: String(level), pointerEvents: "none" });
  return name;
};

/** Options of layers that are only seen, on their own pane. */
export const seenOn = (pane: string) => ({
  pane,
  renderer: L.svg({ pane, padding: 0.3 }),
  interactive: false,
  fill: false,
});

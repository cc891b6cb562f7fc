/* Panes of the map: what is drawn on one lies above all that is drawn on those below it. */

/** Add a pane at a level, which the pointer passes through, and give its name. */
export const addPane = (map: L.Map, name: string, level: number): string => {
  Object.assign(map.createPane(name).style, { zIndex: String(level), pointerEvents: "none" });
  return name;
};

/** Options of what is only to be seen, on a pane of its own kind. */
export const seenOn = (pane: string) => ({
  pane,
  renderer: L.svg({ pane, padding: 0.3 }),
  interactive: false,
  fill: false,
});

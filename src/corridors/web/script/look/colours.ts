/* Colours of the classes, in both themes. */
import { data } from "../payload/data.ts";
import { follow } from "../state/state.ts";
import type { Theme } from "../types/state.ts";

const inks = new Map(Object.keys(data.classes).map((id, index) => [id, `--k${index}`]));

/** The colour of a class as a CSS value that changes with the theme. */
export const inkOf = (id: string): string => (inks.has(id) ? `var(${inks.get(id)})` : "var(--muted)");

/** Show the page in a theme. */
export const applyTheme = (theme: Theme): void => {
  const root = document.documentElement;
  root.dataset.theme = theme;
  for (const [id, name] of inks) {
    const { style, geometry, dark } = data.classes[id];
    const light = geometry === "area" ? style.fill : style.color;
    root.style.setProperty(name, (theme === "dark" ? dark : light) ?? "var(--muted)");
  }
};

/** Let the page use the theme of the state. */
export const followTheme = (): void => follow(["theme"], (state) => applyTheme(state.theme));

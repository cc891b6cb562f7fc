/* Colours of the classes in both themes: those of the light theme are given, those of the dark one follow from them. */
import { data } from "../payload/data.ts";
import { follow } from "../state/state.ts";
import type { Theme } from "../types/payload.ts";

/** Red, green and blue, 0 to 255. */
type Rgb = number[];

const PAPER = { light: "#F7F5F0", dark: "#20262B" };
const UNKNOWN = "#6B6B6B";

const channels = (hex: string): Rgb => {
  const long = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, "$&$&") : hex;
  return [1, 3, 5].map((at) => Number.parseInt(long.slice(at, at + 2), 16));
};

const hexOf = (rgb: Rgb): string => `#${rgb.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;

/** Relative luminance (WCAG 2). */
const luminance = (rgb: Rgb): number => {
  const [r, g, b] = rgb.map((value) =>
    value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const contrast = (a: Rgb, b: Rgb): number => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

/** A colour of the light theme as the given theme shows it: lightened until it stands out from dark land as it does from light land. */
export const themed = (color: string | null | undefined, theme: Theme, area: boolean): string => {
  if (!color || !/^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(color)) return UNKNOWN;
  if (theme !== "dark") return color;
  const base = channels(color);
  const ground = channels(PAPER.dark);
  // Steps of one hue keep their order on a dark ground when the strongest becomes the lightest.
  if (area) {
    const [full, share] = [210 / Math.max(...base, 1), 0.12 + 0.75 * (1 - luminance(base))];
    return hexOf(base.map((value, i) => ground[i] + (value * full - ground[i]) * share));
  }
  const aim = Math.max(4.5, Math.min(11, contrast(base, channels(PAPER.light))));
  let mixed = base;
  for (let step = 0; step <= 20 && contrast(mixed, ground) < aim; step += 1) {
    mixed = base.map((value) => value + (255 - value) * step * 0.05);
  }
  return hexOf(mixed);
};

const inks = new Map(Object.keys(data.classes).map((id, index) => [id, `--k${index}`]));

/** The colour of a class as a CSS value that follows the theme. */
export const inkOf = (id: string): string => (inks.has(id) ? `var(${inks.get(id)})` : "var(--muted)");

/** Show the page in a theme. */
export const applyTheme = (theme: Theme): void => {
  const root = document.documentElement;
  root.dataset.theme = theme;
  for (const [id, name] of inks) {
    const { style, geometry } = data.classes[id];
    const area = geometry === "area";
    root.style.setProperty(name, themed(area ? style.fill : style.color, theme, area));
  }
};

/** Let the page follow the theme of the state. */
export const followTheme = (): void => follow(["theme"], (state) => applyTheme(state.theme));

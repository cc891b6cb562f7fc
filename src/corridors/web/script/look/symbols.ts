/* How things look: colours by theme, strokes by status and precision, symbols and legend swatches. Map and legend share it. */
import { svg } from "../dom.ts";
import { data } from "../payload/data.ts";
import { follow } from "../state/state.ts";

const PAPER = { light: "#F7F5F0", dark: "#20262B" };
const { look } = data;

const channels = (hex) => {
  const long = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, "$&$&") : hex;
  return [1, 3, 5].map((at) => parseInt(long.slice(at, at + 2), 16));
};
const hexOf = (rgb) => `#${rgb.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;
const luminance = (rgb) => {
  const [r, g, b] = rgb.map((value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

/** A colour of the light theme as the given theme shows it: lightened until it stands out from dark land as it does from light land. */
const themed = (color, theme, area) => {
  if (!/^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(color || "")) return "#6B6B6B";
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
  for (let step = 0; step <= 20 && contrast(mixed, ground) < aim; step += 1) mixed = base.map((value) => value + (255 - value) * step * 0.05);
  return hexOf(mixed);
};

const inks = new Map(Object.keys(data.classes || {}).map((id, index) => [id, `--k${index}`]));

/** The colour of a class as a CSS value that follows the theme. */
export const inkOf = (id) => (inks.has(id) ? `var(${inks.get(id)})` : "var(--muted)");

/** Show the page in a theme. */
export const applyTheme = (theme) => {
  const root = document.documentElement;
  root.dataset.theme = theme;
  for (const [id, entry] of Object.entries(data.classes || {})) {
    const style = entry.style || {};
    const area = entry.geometry === "area";
    root.style.setProperty(inks.get(id), themed(area ? style.fill : style.color, theme, area));
  }
};
follow(["theme"], (state) => applyTheme(state.theme));

/** The strokes of a line from below: casing, ink, hollow core; width in pixels, colours as CSS values. */
export const strokesOf = (style, color, { status, basis, confidence, hollow }) => {
  const faint = confidence === "low";
  const soft = basis === "waypoints";
  const width = (style.width || 2) * (faint ? 0.75 : 1) + (hollow ? 0.9 : 0);
  const dash = look.dashes[status] || style.dash || null;
  const opacity = (style.opacity ?? 1) * (status === "suspended" ? look.suspended : 1) * (soft ? 0.8 : 1) * (faint ? 0.75 : 1);
  const strokes = [];
  if (soft) strokes.push({ role: "casing", stroke: color, width: width + 4.5, opacity: 0.14 });
  else if (style.casing) strokes.push({ role: "casing", stroke: "var(--casing)", width: width + 2.6, opacity: 0.9 });
  strokes.push({ role: "ink", stroke: color, width, opacity, dash });
  if (hollow) strokes.push({ role: "core", stroke: "var(--casing)", width: width * 0.45, opacity: 1, dash });
  return strokes;
};

const ATTRIBUTES = ["d", "cx", "cy", "r", "rx", "ry", "x", "y", "x1", "y1", "x2", "y2", "width", "height", "points", "transform", "stroke-width"];
const SHAPES = ["path", "circle", "rect", "line", "polyline", "polygon", "ellipse"];
const DIAMOND = [["path", { d: "M8 3l5 5-5 5-5-5z", fill: "current", stroke: "paper" }]];

const paint = (value, color, otherwise) => {
  if (value === "current") return color;
  if (value === "paper") return "var(--paper)";
  if (value === "none") return "none";
  if (value === "standard" || value === "broad") return `var(--${value})`;
  return otherwise;
};

/** A symbol of the given size in pixels, centred on 0,0; hollow where the position is of low confidence. */
export const symbolNode = (name, color, size, hollow) => {
  const group = svg("g", { transform: `scale(${size / 16}) translate(-8 -8)` });
  const primitives = (data.symbols || {})[name] || DIAMOND;
  for (const under of [true, false]) {
    for (const [tag, attributes] of primitives) {
      if (!SHAPES.includes(tag)) continue;
      const shape = svg(tag);
      for (const key of ATTRIBUTES) if (key in attributes) shape.setAttribute(key, attributes[key]);
      if (under) {
        // A rim of paper under the whole symbol keeps it apart from the lines that it sits on.
        Object.assign(shape.style, { fill: attributes.fill === "none" ? "none" : "var(--casing)", stroke: "var(--casing)", strokeWidth: String(Number(attributes["stroke-width"] || 1.5) + 2.4) });
      } else {
        const solid = hollow && attributes.fill === "current";
        const edge = hollow && attributes.stroke === "paper" ? "current" : attributes.stroke;
        shape.style.fill = solid ? "var(--paper)" : paint(attributes.fill, color, "none");
        shape.style.stroke = paint(solid ? "current" : edge, color, "none");
      }
      shape.setAttribute("stroke-linecap", "round");
      shape.setAttribute("stroke-linejoin", "round");
      if (!("stroke-width" in attributes)) shape.setAttribute("stroke-width", "1.5");
      group.append(shape);
    }
  }
  return group;
};

const frame = (...children) => svg("svg", { class: "swatch", viewBox: "0 0 26 16", width: 26, height: 16, "aria-hidden": "true", focusable: "false" }, ...children);

/** A short piece of line with these strokes, for legends and cards. */
export const lineSwatch = (style, color, look) => {
  const lines = strokesOf(style, color, look).map(({ stroke, width, opacity, dash }) => {
    const line = svg("line", { x1: 0, x2: 26, y1: 8, y2: 8, "stroke-dasharray": dash });
    Object.assign(line.style, { stroke, strokeWidth: `${width}px`, opacity: String(opacity) });
    return line;
  });
  if (look.status === "suspended") lines.push(svg("path", { class: "cross", d: "M8 4v8M18 4v8" }));
  if (look.basis === "stations") lines.push(svg("path", { class: "cross", d: "M5 5v6M13 5v6M21 5v6" }));
  return frame(...lines);
};

/** A symbol of this style and colour, in the same manner. */
export const symbolSwatch = ({ symbol, size }, color, look) =>
  frame(svg("g", { transform: "translate(13 8)" }, symbolNode(symbol, color, Math.min(size || 12, 15), look.confidence === "low")));

/** The legend drawing of a class, by the rules of the map. */
export const classSwatch = (id, look = {}) => {
  const entry = data.classes[id];
  const style = entry.style || {};
  const color = inkOf(id);
  if (entry.geometry === "line") return lineSwatch(style, color, { hollow: style.hollow, ...look });
  if (entry.geometry === "point") return symbolSwatch(style, color, look);
  const area = svg("rect", { x: 2.5, y: 2.5, width: 21, height: 11, class: "patch" });
  area.style.fill = style.hatch ? "url(#corridors-hatch)" : style.fill ? color : "none";
  return frame(area);
};

/** A neutral sample of one value of a filter: its pattern without a colour. */
export const filterSwatch = (property, value) => {
  const style = { width: 2.6 };
  if (property === "status") return lineSwatch(style, "var(--text)", { status: value });
  if (property === "basis") return lineSwatch(style, "var(--text)", { basis: value });
  if (property === "confidence") return lineSwatch(style, "var(--text)", { confidence: value });
  if (property === "electrified") return lineSwatch({ width: 3.4 }, "var(--text)", { hollow: value === "no" });
  return null;
};

/** Patterns that paths refer to by id; they live once in the document. */
export const hatchPatterns = () => {
  const hatches = ["hatch", "part"].map((name) => svg("pattern", { id: `corridors-${name}`, width: 6, height: 6, patternUnits: "userSpaceOnUse" },
    svg("path", { d: "M-1 1l2-2M0 6l6-6M5 7l2-2", class: `hatch ${name}` })));
  return svg("svg", { class: "patterns", width: 0, height: 0, "aria-hidden": "true", focusable: "false" }, svg("defs", {}, hatches));
};

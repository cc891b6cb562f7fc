/* What the page shows to a picture: the map with its names and scale, its title above, its key and credits below.
 *
 * Shapes are copied with the style that they have now. Each line of text stays a text, where the browser has put it. */
import { el, present, svg } from "../dom.ts";
import { keyRows } from "../panel/key.ts";
import { creditWords } from "../panel/panel.ts";
import { t } from "../payload/text.ts";
import { shownFeatures } from "../state/filter.ts";
import { getState } from "../state/state.ts";
import { producerLine } from "./producers.ts";

/** Properties of shapes, and the values that need not be written. */
const PAINT: Record<string, string> = {
  fill: "rgb(0, 0, 0)",
  "fill-opacity": "1",
  "fill-rule": "nonzero",
  stroke: "none",
  "stroke-width": "1px",
  "stroke-opacity": "1",
  "stroke-dasharray": "none",
  "stroke-linecap": "butt",
  "stroke-linejoin": "miter",
  opacity: "1",
  "clip-path": "none",
};
const FONT = ["font-family", "font-size", "font-style", "font-weight", "letter-spacing"];
const SIDES = ["top", "right", "bottom", "left"] as const;
const NOT_DRAWN = /^(class|style|(data|aria)-.*|pointer-events)$/; // attributes
const CLEAR = /^(none|transparent|rgba\(.*, 0\))$/;
const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const HALO = 3; // pixels
const SHARPER = 2; // pixels of a PNG for each of the page

type Origin = { left: number; top: number };

const pen = document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
let patterns: Set<string>;

/** Whether an element is seen. */
const isSeen = ({ display, visibility, opacity }: CSSStyleDeclaration): boolean =>
  display !== "none" && visibility === "visible" && opacity !== "0";

/** Write out the style of a shape, or of a group, in place of what it had. */
const paint = (copy: Element, style: CSSStyleDeclaration, names: string[]): void => {
  for (const { name } of [...copy.attributes]) if (name in PAINT || NOT_DRAWN.test(name)) copy.removeAttribute(name);
  for (const name of names) {
    const value = style.getPropertyValue(name);
    const [, pattern] = /url\(["']?[^"')]*#([\w-]+)["']?\)/.exec(value) ?? [];
    if (pattern) patterns.add(pattern);
    if (value !== PAINT[name]) copy.setAttribute(name, pattern ? `url(#${pattern})` : value);
  }
};

/** A shape or a group with its style written out; null if it is not seen. */
const copyOf = (node: Element): SVGElement | null => {
  const style = window.getComputedStyle(node);
  const inner = present([...node.children].map(copyOf));
  const isGroup = node.localName === "g" || node.localName === "pattern";
  const isBare = isGroup ? !inner.length : CLEAR.test(style.fill) && CLEAR.test(style.stroke);
  if (!isSeen(style) || isBare) return null;
  const copy = node.cloneNode(false) as SVGElement;
  paint(copy, style, isGroup ? ["opacity"] : Object.keys(PAINT));
  copy.append(...inner);
  return copy;
};

/** A drawing inside the page, at its place. */
const drawingOf = (node: SVGSVGElement, { left, top }: Origin): SVGElement => {
  const [rect, box] = [node.getBoundingClientRect(), node.viewBox.baseVal];
  const scale = box?.width ? rect.width / box.width : 1;
  const move = `translate(${rect.left - left} ${rect.top - top}) scale(${scale})`;
  const group = svg("g", { transform: box?.width ? `${move} translate(${-box.x} ${-box.y})` : move });
  group.append(...present([...node.children].map(copyOf)));
  return group;
};

/** The lines of a text, each with its box. */
const linesOf = (node: Text): [text: string, box: DOMRect][] => {
  const range = document.createRange();
  const lines: [string, DOMRect][] = [];
  for (let at = 0; at < node.length; at += 1) {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const box = range.getBoundingClientRect();
    const last = lines.at(-1);
    if (last && (!box.width || Math.abs(last[1].top - box.top) < box.height / 2)) last[0] += node.data[at];
    else if (node.data[at].trim()) lines.push([node.data[at], box]);
  }
  return lines;
};

const textOf = (node: Text, style: CSSStyleDeclaration, { left, top }: Origin): SVGElement[] => {
  pen.font = ["font-style", "font-weight", "font-size", "font-family"]
    .map((name) => style.getPropertyValue(name))
    .join(" ");
  const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = pen.measureText("x");
  const [halo] = /rgba?\([^)]*\)/.exec(style.textShadow) ?? [];
  const edge = { stroke: halo, "stroke-width": HALO, "stroke-linejoin": "round", "paint-order": "stroke" };
  return linesOf(node).map(([line, box]) => {
    const text = line.trimEnd().replace(NO_XML, "");
    const place = { x: box.left - left, y: box.top - top + (box.height * above) / (above + below) };
    const font = Object.fromEntries(FONT.map((name) => [name, style.getPropertyValue(name)]));
    const words = style.textTransform === "uppercase" ? text.toLocaleUpperCase(getState().lang) : text;
    return svg("text", { ...place, ...font, fill: style.color, ...(halo ? edge : {}) }, words);
  });
};

/** The ground and the borders of an element. */
const boxOf = (node: Element, style: CSSStyleDeclaration, { left, top }: Origin): SVGElement[] => {
  const { x, y, width, height } = node.getBoundingClientRect();
  const [west, north, east, south] = [x - left, y - top, x - left + width, y - top + height];
  const ends = { top: [west, north, east, north], right: [east, north, east, south] };
  const lines = { ...ends, bottom: [west, south, east, south], left: [west, north, west, south] };
  const drawn = SIDES.filter((side) => Number.parseFloat(style.getPropertyValue(`border-${side}-width`)));
  const ground = svg("rect", { x: west, y: north, width, height, fill: style.backgroundColor });
  const borders = drawn.map((side) => {
    const [x1, y1, x2, y2] = lines[side];
    const [stroke, wide] = ["color", "width"].map((name) => style.getPropertyValue(`border-${side}-${name}`));
    return svg("line", { x1, y1, x2, y2, stroke, "stroke-width": wide });
  });
  return CLEAR.test(style.backgroundColor) ? borders : [ground, ...borders];
};

/** An element of the page as shapes and texts, in the order in which they cover one another. */
const drawn = (node: Element, origin: Origin): SVGElement[] => {
  const style = window.getComputedStyle(node);
  if (!isSeen(style)) return [];
  if (node instanceof SVGSVGElement) return [drawingOf(node, origin)];
  if (node instanceof HTMLCanvasElement) {
    const { x, y, width, height } = node.getBoundingClientRect();
    return [svg("image", { x: x - origin.left, y: y - origin.top, width, height, href: node.toDataURL() })];
  }
  const level = (child: Node) => (child instanceof Element && Number(window.getComputedStyle(child).zIndex)) || 0;
  const children = [...node.childNodes].sort((one, other) => level(one) - level(other));
  const inner = children.flatMap((child) => {
    if (child instanceof Text) return textOf(child, style, origin);
    return child instanceof Element ? drawn(child, origin) : [];
  });
  return [...boxOf(node, style, origin), ...inner];
};

/** A block of the page that is laid out for the picture only. */
const block = (width: number, ...nodes: Node[]): { parts: SVGElement[]; height: number } => {
  const node = document.body.appendChild(el("div", { class: "picture" }, nodes));
  node.style.width = `${width}px`;
  const box = node.getBoundingClientRect();
  const parts = drawn(node, box);
  node.remove();
  return { parts, height: box.height };
};

const footNodes = (link: string): Node[] => {
  const used = shownFeatures(getState()).flatMap(({ sources = [], own }) => sources.slice(0, own));
  const sources = used.length ? `${t("take.sources")}: ${producerLine(used)}` : "";
  const lines = present([sources, creditWords(getState()), link]);
  return [el("ul", { class: "key" }, keyRows()), ...lines.map((line) => el("p", { class: "fine" }, line))];
};

/** The line between two dates. */
const dividerOf = ({ left, height }: DOMRect): SVGElement[] => {
  const node = document.querySelector(".divider:not([hidden])");
  if (!node) return [];
  const rect = node.getBoundingClientRect();
  const x = rect.left + rect.width / 2 - left;
  const stroke = window.getComputedStyle(node).color;
  return [svg("line", { class: "divider", x1: x, x2: x, y1: 0, y2: height, stroke, "stroke-width": 2 })];
};

/** The picture as SVG, which needs no other file. */
export const svgText = (link: string): string => {
  patterns = new Set();
  const map = document.querySelector("#map") as HTMLElement;
  const box = (map.parentElement as HTMLElement).getBoundingClientRect(); // what lies under the strip of years is not seen
  const { width } = box;
  const title = document.querySelector(".panel .head")?.cloneNode(true) ?? el("h1", {}, document.title);
  const [head, foot] = [block(width, title), block(width, ...footNodes(link))];
  const beside = present([...document.querySelectorAll(".divider:not([hidden]) b, .scale")]);
  const inside = [...drawn(map, box), ...dividerOf(box), ...beside.flatMap((node) => drawn(node, box))];
  const height = head.height + box.height + foot.height;
  const used = present([...patterns].map((id) => document.getElementById(id))).map(copyOf);
  const root = svg(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}`, role: "img" },
    svg("title", {}, document.title.replace(NO_XML, "")),
    svg("defs", {}, used),
    svg("g", {}, head.parts),
    svg("svg", { y: head.height, width, height: box.height }, inside),
    svg("g", { transform: `translate(0 ${head.height + box.height})` }, foot.parts),
  );
  return `${new XMLSerializer().serializeToString(root)}\n`;
};

/** The address of a picture as SVG. */
export const pictureAddress = (text: string): string => `data:image/svg+xml,${encodeURIComponent(text)}`;

/** The same picture in pixels. */
export const canvasOf = async (link: string): Promise<HTMLCanvasElement> => {
  const picture = new Image();
  picture.src = pictureAddress(svgText(link));
  await picture.decode();
  const canvas = el("canvas", { width: picture.width * SHARPER, height: picture.height * SHARPER, role: "img" });
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
};

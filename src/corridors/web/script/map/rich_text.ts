/* Rich text and icons of folium's elements, from their data. Every word becomes a text node; nothing here parses markup. */
import { el, svg } from "../dom.ts";
import { formatNumber } from "../payload/text.ts";
import type { ElementStyle, IconData, RichText } from "../types/elements.ts";

const TAGS = [
  "a",
  "b",
  "br",
  "caption",
  "code",
  "div",
  "em",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "hr",
  "i",
  "li",
  "ol",
  "p",
  "pre",
  "small",
  "span",
  "strong",
  "sub",
  "sup",
  "table",
  "tbody",
  "td",
  "tfoot",
  "th",
  "thead",
  "tr",
  "u",
  "ul",
] as const;
const LINK = /^(https?:\/\/|mailto:)/i;
const PIN = "M13 1C6 1 1 6.300 1 13c0 8 8.500 12.500 12 22 3.500-9.500 12-14 12-22C25 6.300 20 1 13 1z";
const PIN_COLOURS: Record<string, string | undefined> = {
  red: "#c9302c",
  darkred: "#8f2626",
  lightred: "#ea6f5f",
  orange: "#e8862a",
  beige: "#d9a877",
  green: "#5c9a1f",
  darkgreen: "#5a6e2c",
  lightgreen: "#8fbf5a",
  blue: "#2a81cb",
  darkblue: "#1f5c8d",
  cadetblue: "#3f6776",
  lightblue: "#66a9d9",
  purple: "#a63bb0",
  darkpurple: "#563a61",
  pink: "#e07fc0",
  white: "#f7f7f7",
  gray: "#6f6f6f",
  lightgray: "#a3a3a3",
  black: "#2b2b2b",
};

const nodeOf = (part: RichText): HTMLElement | string | null => {
  if (typeof part === "string") return part;
  if ("number" in part) return formatNumber(part.number);
  const tag = TAGS.find((name) => name === part.tag);
  if (!tag) return null; // elements that are not on the list are never made
  const node = el(tag, {}, richNodes(part.children));
  for (const [property, value] of Object.entries(part.style ?? {})) node.style.setProperty(property, value);
  if (tag === "a" && LINK.test(part.href ?? "")) {
    node.setAttribute("href", part.href ?? "");
    node.setAttribute("rel", "noopener noreferrer");
    node.setAttribute("target", "_blank");
  }
  return node;
};

const richNodes = (tree: RichText[] = []): (HTMLElement | string | null)[] => tree.map(nodeOf);

/** A box with rich text. */
export const richBox = (tree: RichText[] | undefined): HTMLElement => el("div", {}, richNodes(tree));

/** The words of rich text, at most so many letters, as a name for screen readers. */
export const wordsOf = (tree: RichText[] | undefined): string =>
  richBox(tree).textContent.trim().replace(/\s+/g, " ").slice(0, 120);

const pin = (colour = "", dot = ""): SVGSVGElement =>
  svg(
    "svg",
    { viewBox: "0 0 26 36", width: 26, height: 36, "aria-hidden": "true", focusable: "false" },
    svg("path", { d: PIN, fill: PIN_COLOURS[colour] ?? colour, stroke: "#fff", "stroke-width": "1.500" }),
    svg("circle", { cx: 13, cy: 13, r: 4.5, fill: PIN_COLOURS[dot] ?? dot }),
  );

/** The icon of a marker: an image, a piece of rich text, or a pin. */
export const iconOf = (icon: IconData, style: ElementStyle = {}): L.Icon<L.IconOptions> | L.DivIcon => {
  if (icon.type === "image") return L.icon(icon.options);
  if (icon.type === "div") {
    const className = icon.boxed ? "leaflet-div-icon" : "corridors-div-icon";
    return L.divIcon({ ...icon.options, html: richBox(style.html ?? icon.html), className });
  }
  return L.divIcon({
    html: pin(style.pin ?? icon.color, style.dot ?? icon.dot) as unknown as HTMLElement,
    className: "corridors-pin",
    iconSize: [26, 36],
    iconAnchor: [13, 36],
    popupAnchor: [0, -30],
    tooltipAnchor: [11, -20],
  });
};

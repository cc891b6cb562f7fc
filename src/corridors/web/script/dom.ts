/* Document nodes from names, attributes and children. Text always becomes a text node; nothing here parses markup. */

const SVG = "http://www.w3.org/2000/svg";

/** A listener for the kind of event that its name gives. */
type Listener = { of(event: Event): void }["of"];

export type Attributes = Record<string, string | number | boolean | null | undefined | Listener>;
export type Child = Node | string | null | undefined | false;
export type Children = Child | Child[];

/** Those of the nodes that exist. */
export const present = <T>(items: (T | null | undefined | false | "")[]): T[] => items.filter(Boolean) as T[];

const build = <T extends Element>(node: T, attributes: Attributes, children: Children[]): T => {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
};

/** An HTML element; an attribute that is a function becomes a listener of the event of that name. */
export const el = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Children[]
) => build(document.createElement(tag), attributes, children);

/** An SVG element, in the same way. */
export const svg = <Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Children[]
) => build(document.createElementNS(SVG, tag), attributes, children);

/** Say something of a node that is there, for screen readers. */
export const aria = (node: Element | null | undefined, name: string, value: unknown): void =>
  node?.setAttribute(`aria-${name}`, String(value));

/** The only element that a selector matches. A page without it is a fault of ours. */
export const find = <T extends HTMLElement>(selector: string, within: ParentNode = document): T => {
  const node = within.querySelector<T>(selector);
  if (!node) throw new Error(`the page has no ${selector}`);
  return node;
};

/** A link for a web address; any other scheme is shown as plain text. */
export const linkTo = (address: string | undefined, words: string) => {
  if (!address || !/^https?:\/\//i.test(address)) return el("span", {}, words || address);
  return el("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, words || address);
};

const SIGNS = {
  close: "M4 4l8 8M12 4l-8 8",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  home: "M2.5 8L8 3l5.5 5M4 7v6h8V7",
  full: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  theme: "M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11",
  swap: "M5 3v10M2.5 10.5L5 13l2.5-2.5M11 13V3M8.5 5.5L11 3l2.5 2.5",
  compare: "M3 13.5V8M8 13.5V2.5M13 13.5v-8M1.5 13.5h13",
  table: "M2.5 3h11v10h-11zM2.5 6.5h11M2.5 9.75h11M6.5 3v10",
  layers: "M8 2.5L14 6 8 9.5 2 6zM2.5 9.5L8 12.75 13.5 9.5",
  info: "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2M8 7.25v3.5M8 5.2v.1",
  measure: "M2 11L11 2l3 3-9 9zM4.75 8.25l1.5 1.5M7 6l1.5 1.5M9.25 3.75l1.5 1.5",
  previous: "M10 3L5 8l5 5",
  next: "M6 3l5 5-5 5",
  fold: "M4 4l8 8M12 6v6H6",
  take: "M8 2.5v7.5M4.5 7L8 10.5 11.5 7M2.5 10.5v3h11v-3",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 1 0 0-9M10.5 10.5l3.5 3.5",
};

export type Sign = keyof typeof SIGNS;

/** A drawn sign. */
export const signNode = (sign: Sign) => {
  const stroke = {
    stroke: "currentColor",
    "stroke-width": "1.5",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  };
  const size = { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", focusable: "false" };
  return svg("svg", size, svg("path", { d: SIGNS[sign], fill: "none", ...stroke }));
};

/** A button with a drawn sign and a name for screen readers. */
export const signButton = (sign: Sign, attributes: Attributes) => el("button", attributes, signNode(sign));

/** A listener for keys: Escape closes, unless what has the keyboard has its own use for it. */
export const onEscape =
  (close: () => void) =>
  (event: Event): void => {
    const { key, defaultPrevented, target } = event as KeyboardEvent;
    const clears = target instanceof HTMLInputElement && target.type === "search" && target.value;
    if (key !== "Escape" || defaultPrevented || clears) return;
    close();
    event.preventDefault();
  };

/** Run a script that the page has as text, with the parts of the page that it imports (tools/late.mjs). */
export const runScript = (name: string, parts: unknown[]): void => {
  Object.assign(globalThis, { corridorsParts: parts });
  document.head.append(el("script", {}, find(`#corridors-${name}`).textContent));
  Reflect.deleteProperty(globalThis, "corridorsParts");
};

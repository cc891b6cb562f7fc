/* From a number to its own sources: a click on it lists them. */
import { aria, type Child, el, linkTo } from "../dom.ts";
import { data } from "../payload/data.ts";
import { formatDate, formatNumber, pick, t } from "../payload/text.ts";
import type { Feature } from "../types/payload.ts";

/** Ids of sources, or a function that finds them when needed. */
export type SourceIds = string[] | (() => string[]);

let box: HTMLElement | null = null;

/** The sources of some features, the most used ones first. */
export const sourcesOf = (features: Feature[]): string[] => {
  const times = new Map<string, number>();
  for (const { sources = [], own } of features) {
    for (const id of sources.slice(0, own)) times.set(id, (times.get(id) ?? 0) + 1);
  }
  return [...times].sort(([, one], [, other]) => other - one).map(([id]) => id);
};

/** Ids of sources from their indices in the page's list. */
export const sourcesAt = (places: number[] = []): string[] => {
  const ids = Object.keys(data.sources);
  return places.map((place) => ids[place]);
};

export const sourceLink = (id: string): HTMLElement => {
  const { url, title } = data.sources[id] ?? {};
  return linkTo(url, pick(title) || id);
};

export const sourceItem = (id: string): HTMLLIElement => {
  const { producer, date, title } = data.sources[id] ?? {};
  const rest = [producer, date && formatDate(date)].filter((part) => part && part !== title).join(", ");
  return el("li", {}, sourceLink(id), rest ? ` · ${rest}` : "");
};

/** How many sources there are, in words. */
export const sourcesTitle = (ids: string[]): string => t("page.sources", formatNumber(ids.length, 0));

/** A list of sources; numbered if a text refers to them by number. */
export const sourceList = (ids: string[], tag: "ul" | "ol" = "ul"): HTMLElement =>
  el(tag, { class: "sources" }, ids.map(sourceItem));

/** Place the box below a node, or above it, within the window. */
const placeAt = (node: HTMLElement, own: HTMLElement): void => {
  const [at, { width, height }] = [node.getBoundingClientRect(), own.getBoundingClientRect()];
  const within = (value: number, room: number): string => `${Math.max(8, Math.min(value, room - 8))}px`;
  const below = at.bottom + 4 + height < window.innerHeight;
  own.style.left = within(at.left, window.innerWidth - width);
  own.style.top = within(below ? at.bottom + 4 : at.top - height - 4, window.innerHeight - height);
};

const open = (node: HTMLElement, ids: string[]): void => {
  box ??= document.body.appendChild(el("div", { class: "origin", popover: "auto", role: "dialog" }));
  aria(box, "label", sourcesTitle(ids));
  box.replaceChildren(el("p", { class: "fine" }, sourcesTitle(ids)), sourceList(ids));
  box.showPopover();
  placeAt(node, box);
  box.scrollTop = 0;
  (box.querySelector("a") ?? box).focus({ preventScroll: true });
};

/** A number, as text or a node, that links to its sources, if it has any. */
export const sourcedNumber = (number: Child, ids?: SourceIds): Child => {
  if (!ids?.length && typeof ids !== "function") return number;
  const show = (event: Event): void => {
    event.stopPropagation();
    open(node, typeof ids === "function" ? ids() : ids);
  };
  const node = el("button", { class: "sourced", title: t("ui.sources"), click: show }, number);
  return node;
};

/* The way from a number to its own sources: a press on it lists them. */
import { el, linkTo } from "../dom.ts";
import { data } from "../payload/data.ts";
import { formatDate, formatNumber, t } from "../payload/text.ts";

let box = null;

/** The sources of some features, those that most of them rest on first. */
export const sourcesOf = (features) => {
  const times = new Map();
  for (const id of features.flatMap((feature) => (feature.sources || []).slice(0, feature.own))) times.set(id, (times.get(id) || 0) + 1);
  return [...times.keys()].sort((one, other) => times.get(other) - times.get(one));
};

/** Ids of sources from their places in the page's list. */
export const sourcesAt = (places) => {
  const ids = Object.keys(data.sources || {});
  return (places || []).map((place) => ids[place]);
};

const open = (node, ids) => {
  if (!box) document.body.append(box = el("div", { class: "origin", popover: "auto", role: "dialog" }));
  box.setAttribute("aria-label", t("page.sources", formatNumber(ids.length, 0)));
  box.replaceChildren(el("p", { class: "fine" }, t("page.sources", formatNumber(ids.length, 0))), el("ul", { class: "sources" }, ids.map(sourceItem)));
  box.showPopover();
  const [at, own] = [node.getBoundingClientRect(), box.getBoundingClientRect()];
  box.style.left = `${Math.max(8, Math.min(at.left, window.innerWidth - own.width - 8))}px`;
  const below = at.bottom + 4 + own.height < window.innerHeight;
  box.style.top = `${Math.max(8, Math.min(below ? at.bottom + 4 : at.top - own.height - 4, window.innerHeight - own.height - 8))}px`;
  box.scrollTop = 0;
  (box.querySelector("a") || box).focus({ preventScroll: true });
};

/** A number, as text or a node, that leads to its sources; ids as a list, or a function that finds them. */
export const sourcedNumber = (number, ids) => {
  if (!ids || !(ids.length || typeof ids === "function")) return number;
  const find = () => open(node, typeof ids === "function" ? ids() : ids);
  const node = el("button", { type: "button", class: "sourced", title: t("ui.sources"), click: (event) => { event.stopPropagation(); find(); } }, number);
  return node;
};

export const sourceLink = (id) => {
  const { url, title } = (data.sources || {})[id] || {};
  return linkTo(url, title || id);
};

export const sourceItem = (id) => {
  const source = (data.sources || {})[id] || {};
  const rest = [source.producer, source.date ? formatDate(source.date) : null].filter((part) => part && part !== source.title).join(", ");
  return el("li", {}, sourceLink(id), rest ? ` · ${rest}` : "");
};

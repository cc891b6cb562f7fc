/* Parts that can be folded. The state keeps what the reader has turned, so a part that is built again is as it was. */
import { aria, type Child, type Children, el } from "../dom.ts";
import { follow, getState, propose, suggest } from "../state/state.ts";

/** Whether a part is open at first; a function tells it of the present state. */
type First = boolean | (() => boolean);

const shows = new WeakMap<Element, () => void>();

const showAll = (): void => {
  for (const node of document.querySelectorAll("[data-fold]")) shows.get(node)?.();
};
follow(["folds"], showAll);

const isFirst = (first: First): boolean => (typeof first === "function" ? first() : first);

const isOpen = (id: string, first: First): boolean => getState().folds.includes(id) !== isFirst(first);

/** The change after which a part is open, or not. */
const turned = (id: string, first: First, open: boolean): { folds: string[] } => {
  const others = getState().folds.filter((other) => other !== id);
  return { folds: open === isFirst(first) ? others : [...others, id] };
};

/** Let a node show whether its part is open, now and whenever that changes. */
const showOn = (node: Element, id: string, show: () => void): void => {
  node.setAttribute("data-fold", id);
  shows.set(node, show);
  show();
};

/** After a change of what `first` tells: open the part if it is to be open now, else leave it as it was. */
export const settle = (id: string, first: () => boolean, was: boolean): void => {
  suggest(turned(id, first, was || first()));
  showAll();
};

/** Let the state keep whether an element `details` is open. */
export const keepDetails = (node: HTMLDetailsElement, id: string, first: First = false): void => {
  const show = (): void => {
    node.open = isOpen(id, first);
  };
  // The event "toggle" would come later, when the part may have been built again.
  node.querySelector("summary")?.addEventListener("click", (event) => {
    event.preventDefault();
    propose(turned(id, first, !node.open));
    show();
  });
  showOn(node, id, show);
};

/** A part under words that open it. */
export const folded = (id: string, words: Child, content: Children, first = false): HTMLElement => {
  const node = el("details", {}, el("summary", {}, words), content);
  keepDetails(node, id, first);
  return node;
};

/** A part under a heading that opens it, with more beside the heading. `told` hears whether it is open. */
export const fold = (
  { id, title, first }: { id: string; title: string; first: First },
  content: HTMLElement,
  beside: Child[] = [],
  told?: (open: boolean) => void,
): HTMLElement => {
  const click = (): void => {
    propose(turned(id, first, content.hidden === true));
  };
  const toggle = el(
    "button",
    { class: "fold", click },
    el("span", { class: "arrow", "aria-hidden": "true" }),
    el("span", { class: "words", dir: "auto" }, title),
  );
  showOn(toggle, id, () => {
    const open = isOpen(id, first);
    content.hidden = !open;
    aria(toggle, "expanded", open);
    told?.(open);
  });
  return el("div", { class: "group" }, el("div", { class: "group-head" }, toggle, beside), content);
};

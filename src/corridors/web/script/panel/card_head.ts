/* The head of a card: what it is about, and the button that closes it. */
import { el } from "../dom.ts";
import { closeButton } from "./close.ts";

export const LONG = 22; // a text with more letters has its own line

/** The head. `over` stands above the title, and `below` below it, if there is something to say. */
export const cardHead = (close: () => void, over: string, title: string, below: string | null): HTMLElement =>
  el(
    "div",
    { class: "card-head" },
    el("p", { class: "over", dir: "auto" }, over),
    closeButton(close),
    el("h2", { id: "card-title", tabindex: "-1", dir: "auto" }, title),
    below ? el("p", { class: "local" }, below) : null,
  );

/* The story in the panel: its steps change the map; the reader may look around, and come back to where the story was. */
import { aria, el } from "../dom.ts";
import { goHome, setHomeFrame } from "../map/home.ts";
import { namedButton } from "../map/named_button.ts";
import { t } from "../payload/text.ts";
import { askedFirst } from "../state/address.ts";
import { follow, getState, isTold, propose } from "../state/state.ts";
import { setRoamed, steps } from "../state/story.ts";
import { keepDetails } from "./folds.ts";
import { openText } from "./sheet.ts";

const AHEAD = 0.4; // a step is current from where its title is in the upper part of the text
const KEYS: Record<string, number> = { PageDown: 1, ArrowRight: 1, PageUp: -1, ArrowLeft: -1 };

let reading = false; // while the reader scrolls to a step

const number = (): number => getState().story ?? 0;

/** Put the story at the beginning of the scrolled part of the panel. Returns its controls, or null without a story. */
export const buildStory = (scroll: HTMLElement): HTMLElement | null => {
  const article = document.querySelector<HTMLElement>("#story");
  if (!article || !steps.length) return null;
  const parts = [...article.querySelectorAll<HTMLElement>("[data-step]")];
  for (const [nth, node] of article.querySelectorAll("details").entries())
    keepDetails(node, `story:${parts[nth] ? nth + 1 : "sources"}`);
  const go = (step: number): void => {
    const same = step === number();
    propose({ story: step });
    if (same) tell();
  };
  const by = (more: number): void => go(Math.max(1, Math.min(steps.length, number() + more)));
  const [previous, next] = [
    namedButton("previous", "story.previous", () => by(-1)),
    namedButton("next", "story.next", () => by(1)),
  ] as HTMLButtonElement[];
  const at = el("span", { role: "status" });
  const back = el("button", { class: "back", click: () => go(number()) });
  let told: boolean | null = null;
  const refresh = (): void => {
    const before = told;
    const { selected } = getState();
    const root = document.documentElement;
    const own = selected === steps[number() - 1]?.state.selected; // on a phone, its card would cover the way back
    told = isTold();
    root.toggleAttribute("data-own", own);
    if (told === before) return;
    root.toggleAttribute("data-told", told);
    at.hidden = !told;
    back.hidden = told;
    if (told || (selected && !(own && root.dataset.layout === "sheet"))) openText(told);
  };
  /** Show the view of the step; before, its text and its card are as the story has them, since the map is fitted beside both. */
  const tell = (): void => {
    setRoamed(false);
    refresh();
    goHome(true);
  };
  let place = 0; // where the story itself has scrolled to; -1: the reader has scrolled
  const align = (): void => {
    const part = parts[number() - 1];
    if (part) scroll.scrollTop += part.getBoundingClientRect().top - scroll.getBoundingClientRect().top;
    place = scroll.scrollTop;
  };
  new ResizeObserver(() => place < 0 || align()).observe(scroll); // a text of another width has other lines
  setHomeFrame(steps[Number(askedFirst.story ?? 1) - 1]);
  scroll.prepend(article);
  scroll.addEventListener("scroll", () => {
    if (Math.abs(scroll.scrollTop - place) < 2) return;
    place = -1;
    const edge = scroll.getBoundingClientRect().top + scroll.clientHeight * AHEAD;
    const step = parts.findLastIndex((part) => part.getBoundingClientRect().top < edge) + 1;
    if (step && step !== number()) {
      reading = true;
      propose({ story: step });
      reading = false;
    }
  });
  scroll.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && event.target.closest("input, select");
    if (!KEYS[event.key] || typing || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    by(KEYS[event.key]);
  });
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  follow(["story", "lang"], ({ story }, changed) => {
    for (const [nth, part] of parts.entries())
      if (nth + 1 === story) aria(part, "current", "step");
      else part.removeAttribute("aria-current");
    aria(scroll, "label", t("story.label"));
    back.textContent = t("story.back");
    at.textContent = t("story.step", String(story), String(steps.length));
    previous.disabled = story === 1;
    next.disabled = story === steps.length;
    if (!reading) align();
    if (!story || !changed.has("story")) return;
    setHomeFrame(steps[story - 1]);
    if (!changed.has("view")) tell();
  });
  follow(["story", "view", "layers", "filters", "year", "against", "split", "selected", "scenario", "after"], refresh);
  return el("div", { class: "turn", role: "group" }, previous, at, back, next);
};

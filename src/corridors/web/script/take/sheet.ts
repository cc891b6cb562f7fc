/* The part of the dialogue that asks how the view is printed. */

import { el } from "../dom.ts";
import { t } from "../payload/text.ts";
import { print } from "./paper.ts";

/** Choices for the sheet, the first of each at first. */
const CHOICES = {
  shown: ["take.as_shown", "take.whole"],
  size: ["A4", "A3"],
  orientation: ["take.portrait", "take.landscape"],
};
type Choice = keyof typeof CHOICES;

const chosen = Object.fromEntries(Object.entries(CHOICES).map(([name, [first]]) => [name, first]));

const radio = (name: string, value: string): HTMLElement => {
  const change = () => {
    chosen[name] = value;
  };
  const input = el("input", { type: "radio", name, value, checked: value === chosen[name], change });
  return el("label", {}, input, t(value));
};

/** The choices and the button. ``leave`` closes the dialogue, so that it is not on paper. */
export const sheetPart = (leave: () => void): HTMLElement[] => {
  const click = () => {
    leave();
    const { shown, size, orientation } = chosen;
    print({ whole: shown === "take.whole", size, orientation: orientation.replace("take.", "") });
  };
  const groups = (Object.keys(CHOICES) as Choice[]).map((name) =>
    el(
      "span",
      { class: "choice" },
      CHOICES[name].map((value) => radio(name, value)),
    ),
  );
  return [
    el("fieldset", { class: "sheet" }, el("legend", {}, t("take.paper")), groups),
    el("p", { class: "deeds" }, el("button", { class: "button", click }, t("take.print"))),
  ];
};

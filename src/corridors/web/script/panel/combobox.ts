/* A text field with hits below it: typed into, walked through with the arrow keys, chosen from by keyboard or pointer. */
import { el } from "../dom.ts";
import { classSwatch } from "../look/symbols.ts";
import { data } from "../payload/data.ts";
import { foldName } from "../payload/folding.ts";
import { countryName, hasMessage, nameOf, pick, t } from "../payload/text.ts";

/** What a hit shows of a feature: its swatch, its name, what it is and where. */
export const hitOf = (feature) => {
  const entry = data.classes[feature.class];
  const kind = hasMessage(`kind.${feature.kind}`) ? t(`kind.${feature.kind}`) : pick((entry || {}).title);
  const where = (feature.country || []).map(countryName).join(t("list.and"));
  return [entry ? classSwatch(feature.class) : null, el("span", { class: "words" }, nameOf(feature), el("small", {}, [kind, where].filter(Boolean).join(" · ")))];
};

/**
 * Build one: find(text) gives features, choose(feature) is told of the one chosen, leave(text) of what was typed when the
 * keyboard goes elsewhere. Gives its nodes, and name() to call it in the language at hand.
 */
export const buildCombobox = ({ id, type, find, choose, leave }) => {
  let hits = [];
  let active = -1;

  const close = () => {
    list.hidden = true;
    empty.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  };

  const mark = (position) => {
    active = position;
    [...list.children].forEach((node, nth) => node.setAttribute("aria-selected", String(nth === active)));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", `${id}-${active}`);
      list.children[active].scrollIntoView({ block: "nearest" });
    }
  };

  const take = (feature) => {
    close();
    input.value = nameOf(feature);
    choose(feature);
  };

  const option = (feature, nth) =>
    el("li", { role: "option", id: `${id}-${nth}`, "aria-selected": "false", mousedown: (event) => event.preventDefault(), click: () => take(feature) }, hitOf(feature));

  const look = () => {
    hits = find(input.value);
    const nothing = !hits.length && foldName(input.value) !== "";
    list.replaceChildren(...hits.map(option));
    list.hidden = !hits.length;
    empty.hidden = !nothing;
    empty.textContent = nothing ? t("search.empty", input.value.trim()) : "";
    input.setAttribute("aria-expanded", String(Boolean(hits.length)));
    mark(-1);
  };

  const keys = (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) look();
      if (!hits.length) return;
      mark((active + (event.key === "ArrowDown" ? 1 : -1) + hits.length + (active < 0 && event.key === "ArrowUp" ? 1 : 0)) % hits.length);
    } else if (event.key === "Enter" && hits.length && !list.hidden) {
      event.preventDefault();
      take(hits[Math.max(0, active)]);
    } else if (event.key === "Escape" && (!list.hidden || !empty.hidden)) {
      event.preventDefault();
      close();
    }
  };

  const blur = () => {
    close();
    if (leave) leave(input.value);
  };

  const input = el("input", { type, role: "combobox", autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": "false", input: look, keydown: keys, focus: () => input.value && type === "search" && look(), blur });
  const list = el("ul", { role: "listbox", id, hidden: true });
  const empty = el("p", { class: "empty", role: "status", hidden: true });
  const name = (words) => {
    for (const node of [input, list]) node.setAttribute("aria-label", words);
    close();
  };
  return { input, list, empty, name };
};

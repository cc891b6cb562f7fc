/* The search field: all names, in classes that are on or off. */
import { el } from "../dom.ts";
import { showFeature } from "../map/selection.ts";
import { features } from "../payload/features.ts";
import { searcher } from "../payload/search.ts";
import { t } from "../payload/text.ts";
import { follow } from "../state/state.ts";
import type { Feature } from "../types/payload.ts";
import { focusCard } from "./card.ts";
import { buildCombobox } from "./combobox.ts";

const choose = ({ id }: Feature): void => {
  showFeature(id);
  focusCard();
};

export const buildSearch = (): HTMLElement => {
  const find = searcher(() => features);
  const { input, list, empty, name } = buildCombobox({ id: "hits", type: "search", find, choose });
  const form = el("div", { class: "search", role: "search" }, input, list, empty);
  follow(["lang"], () => {
    name(t("ui.search"));
    form.setAttribute("aria-label", t("ui.search"));
    input.placeholder = t("ui.search");
  });
  return form;
};

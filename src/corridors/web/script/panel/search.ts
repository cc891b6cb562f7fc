/* The search field: all names, in classes that are on or off; of a reader's own data all texts, which the worker searches. */
import { ask } from "../columns/client.ts";
import { el } from "../dom.ts";
import { classSwatch } from "../look/symbols.ts";
import { showFeature } from "../map/selection.ts";
import { columnLayers, idOf } from "../payload/columns.ts";
import { features } from "../payload/features.ts";
import { searcher } from "../payload/search.ts";
import { t } from "../payload/text.ts";
import { follow } from "../state/state.ts";
import { focusCard } from "./card.ts";
import { layerTitle, rowName } from "./cells.ts";
import { buildCombobox, type Hit, hitOf } from "./combobox.ts";

const MOST = 8; // results
const LONGEST = 60; // letters of a text that matched

const choose = ({ id }: Hit): void => {
  showFeature(id);
  focusCard(id);
};

/** A long text from a little before its match. */
const excerpt = (text: string, sought: string): string => {
  const at = Math.max(0, text.toLowerCase().indexOf(sought.trim().toLowerCase()) - LONGEST / 3);
  if (text.length <= LONGEST) return text;
  return `${at ? "…" : ""}${text.slice(at, at + LONGEST)}${at + LONGEST < text.length ? "…" : ""}`;
};

/** Rows whose texts match: their names, the text that matched if that is not the name, and their layer. */
const findRows = async (text: string): Promise<Hit[]> => {
  const found = await ask("find", { text, limit: MOST });
  return found.map(({ class: own, column, text: matched, name, ...place }) => {
    const { label } = columnLayers[place.layer];
    const said = column && column !== label ? `${column}: ${excerpt(matched, text)}` : "";
    const rest = [said, layerTitle(place.layer)].filter(Boolean).join(" · ");
    return { id: idOf(place), name: rowName(place, name), rest, swatch: classSwatch(own) };
  });
};

/** Among features and rows, if the page has both. */
const finder = (): ((text: string) => Hit[] | Promise<Hit[]>) => {
  const find = searcher(() => features);
  const findFeatures = (text: string): Hit[] => find(text).map(hitOf);
  if (OWN && columnLayers.length)
    return async (text) => [...findFeatures(text), ...(await findRows(text))].slice(0, MOST);
  return findFeatures;
};

export const buildSearch = (): HTMLElement => {
  const { input, list, empty, name } = buildCombobox({ id: "hits", type: "search", find: finder(), choose });
  const form = el("div", { class: "search", role: "search" }, input, list, empty);
  follow(["lang"], () => {
    const words = t(columnLayers.length ? "ui.search.rows" : "ui.search");
    name(words);
    form.setAttribute("aria-label", words);
    input.placeholder = words;
  });
  return form;
};

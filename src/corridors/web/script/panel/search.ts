/* The search field: all names and filters, in classes that are on or off; of a reader's own data all texts, which the worker searches. */
import { ask } from "../columns/client.ts";
import { aria, el, present } from "../dom.ts";
import { classSwatch } from "../look/symbols.ts";
import { showFeature } from "../map/selection.ts";
import { columnLayers, idOf } from "../payload/columns.ts";
import { features } from "../payload/features.ts";
import { facetName, facetNames, filters } from "../payload/filters.ts";
import { foldName } from "../payload/folding.ts";
import { dotted, isolated } from "../payload/isolated.ts";
import { MOST, searcher } from "../payload/search.ts";
import { t } from "../payload/text.ts";
import { follow, getState, propose } from "../state/state.ts";
import { span } from "../state/years.ts";
import { focusCard } from "./card.ts";
import { layerTitle, rowName } from "./cells.ts";
import { buildCombobox, type Hit, hitOf } from "./combobox.ts";
import { want } from "./filters.ts";

const LONGEST = 60; // letters of a text that matched

const FILTER = "filter/"; // begins the id of a result that is a filter
const FEWEST = 3; // letters that propose a filter
const PROPOSED = 3; // filters, at most

const choose = ({ id }: Hit): void => {
  if (id.startsWith(FILTER)) {
    const [property, value] = id.slice(FILTER.length).split("=");
    if (property === "year") propose({ year: value });
    else want(property, [...new Set([...[getState().filters[property] ?? []].flat(), value])]);
    return;
  }
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
    const said = column && column !== label ? `${isolated(column)}: ${isolated(excerpt(matched, text))}` : "";
    const rest = dotted(said, layerTitle(place.layer));
    return { id: idOf(place), name: rowName(place, name), rest, swatch: classSwatch(own) };
  });
};

/** Filters whose values are called like the text, in any language, and a year. */
const findFilters = (text: string): Hit[] => {
  const sought = foldName(text);
  if (sought.length < FEWEST && !/\p{scx=Han}{2}/u.test(sought)) return [];
  const hits = filters.flatMap((filter) =>
    (filter.column ? (filter.values ?? []) : [])
      .filter((value) => facetNames(filter, value).some((name) => ` ${foldName(name)}`.includes(` ${sought}`)))
      .map((value) => hitOfFilter(filter.property, value, facetName(filter, value))),
  );
  const year = /^\d{4}$/.test(sought) && span && span[0] <= Number(sought) && Number(sought) <= span[1];
  return [...(year ? [hitOfFilter("year", sought, sought)] : []), ...hits].slice(0, PROPOSED);
};

const hitOfFilter = (property: string, value: string, name: string): Hit => ({
  id: `${FILTER}${property}=${value}`,
  name,
  rest: `${t("filter.title")} · ${t(`filter.${property}`)}`,
  swatch: null,
});

/** Among features and rows, if the page has both. */
const finder = (): ((text: string) => Hit[] | Promise<Hit[]>) => {
  const find = searcher(
    () => features,
    () => getState().scenario,
  );
  const findFeatures = (text: string): Hit[] => {
    const [best, ...others] = find(text).map(hitOf);
    return present([best, ...(ATLAS ? findFilters(text) : []), ...others]).slice(0, MOST);
  };
  if (OWN && columnLayers.length)
    return async (text) => [...findFeatures(text), ...(await findRows(text))].slice(0, MOST);
  return findFeatures;
};

export const buildSearch = (): HTMLElement => {
  const { input, list, empty, name } = buildCombobox({ id: "hits", type: "search", find: finder(), choose });
  const form = el("div", { class: "search", role: "search" }, input, el("div", { class: "hits" }, empty, list));
  follow(["lang"], () => {
    const words = t(columnLayers.length ? "ui.search.rows" : "ui.search");
    name(words);
    aria(form, "label", words);
    input.placeholder = words;
  });
  return form;
};

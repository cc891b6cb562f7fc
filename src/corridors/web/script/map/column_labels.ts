/* What folium shows of a row of columns: its tooltip on hovering, its popup on a click, its look under the pointer. */
import { ask } from "../columns/client.ts";
import { pathOptions } from "../look/path_look.ts";
import { columnLayers } from "../payload/columns.ts";
import { data } from "../payload/data.ts";
import type { Answer, Cell, Place, RowLabel } from "../types/columns.ts";
import type { RichText } from "../types/elements.ts";
import { outlinePaths } from "./column_outline.ts";
import { richBox } from "./rich_text.ts";

type Hit = NonNullable<Answer<"hit">>;

/** A cell as folium writes it. */
const cellText = (cell: Cell, localize: boolean): RichText[] => {
  if (cell === null || cell === "") return [];
  return [typeof cell === "number" && localize ? { number: cell } : String(cell)];
};

const tableOf = (fields: NonNullable<RowLabel["fields"]>, cell: (name: string) => Cell): RichText[] => {
  if (!fields.length) return [];
  const rows = fields.map(({ name, alias, localize }): RichText => {
    const value: RichText = { tag: "td", children: cellText(cell(name), localize) };
    return { tag: "tr", children: alias === null ? [value] : [{ tag: "th", children: [alias] }, value] };
  });
  return [{ tag: "table", children: rows }];
};

/** The content of a tooltip or popup for a row. */
const contentOf = async ({ content, fields, style }: RowLabel, { layer, row }: Place): Promise<HTMLElement> => {
  if (!fields) return richBox(content);
  const [cells] = await ask("rows", { layer, rows: [row] });
  const { columns } = columnLayers[layer];
  const cell = (name: string): Cell => cells[columns.findIndex((column) => column.name === name)] ?? null;
  return richBox([{ tag: "div", style, children: tableOf(fields, cell) }]);
};

/** The middle of a feature, where a tooltip that does not follow the pointer is. */
const middleOf = ({ outline: [part] }: Hit): L.LatLng | null => {
  if (!part) return null;
  const corners = Array.from({ length: part.length / 2 }, (_, n): L.LatLngTuple => [part[2 * n + 1], part[2 * n]]);
  return L.latLngBounds(corners).getCenter();
};

const tooltips = new Map<number, { tooltip: L.Tooltip; row: number }>(); // by layer

/** The tooltip of a row; null if folium gave none. */
export const rowTooltip = async (found: Hit, at: L.LatLng): Promise<L.Tooltip | null> => {
  const { layer, row } = found;
  const label = columnLayers[layer].pointer?.tooltip;
  if (!label) return null;
  const known = tooltips.get(layer) ?? { tooltip: L.tooltip(label.options), row: -1 };
  if (known.row !== row) known.tooltip.setContent(await contentOf(label, found));
  tooltips.set(layer, { ...known, row });
  return known.tooltip.setLatLng(label.sticky === false ? (middleOf(found) ?? at) : at);
};

/** Paths that show how a row looks while the pointer is on it; none if it does not change. */
export const highlightPaths = ({ class: id, outline }: Hit, zoom: number): L.Path[] => {
  const entry = data.classes[id];
  const { highlight } = entry.style;
  if (!highlight) return [];
  const paths = outlinePaths(outline, entry, { ...pathOptions(highlight), className: "", interactive: false }, zoom);
  for (const path of paths) if (path instanceof L.CircleMarker) path.setRadius(highlight.radius);
  return paths;
};

/** Do what folium does on a click: show the popup, zoom to the feature. Whether there was something to do. */
export const clickRow = async (map: L.Map, found: Hit, at: L.LatLng): Promise<boolean> => {
  const rules = columnLayers[found.layer].pointer;
  if (rules?.zoom) {
    const corners = found.outline.flatMap((part) =>
      Array.from({ length: part.length / 2 }, (_, n): L.LatLngTuple => [part[2 * n + 1], part[2 * n]]),
    );
    if (corners.length > 1) map.fitBounds(L.latLngBounds(corners));
    else if (corners.length) map.flyTo(corners[0], map.getZoom() > 12 ? map.getZoom() : map.getZoom() + 1);
  }
  if (!rules?.popup) return Boolean(rules?.zoom);
  const width = rules.popup.max_width == null ? {} : { maxWidth: rules.popup.max_width };
  const popup = L.popup({ ...rules.popup.options, ...width }).setContent(await contentOf(rules.popup, found));
  if (rules.keep) {
    const kept = highlightPaths(found, map.getZoom());
    popup.on({
      add: () => {
        for (const path of kept) path.addTo(map);
      },
      remove: () => {
        for (const path of kept) path.remove();
      },
    });
  }
  popup.setLatLng(at).openOn(map);
  return true;
};

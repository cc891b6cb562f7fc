/* The shown rows of a reader's own data as a file: CSV, GeoJSON or JSON. */
import { isoOf } from "../payload/ranges.ts";
import type { Ask, Cell, Column } from "../types/columns.ts";
import { csvLine, digitsOf, type FileCell, geometryOf, type Positions } from "./files.ts";
import { outlineOf } from "./outline.ts";
import type { Table } from "./tables.ts";

type Row = Record<string, FileCell>;

const LENGTH = { length: ["measured_km", 1e3], area: ["area_km2", 1e6] } as const;

/** The positions of a row, as exactly as the page has them. */
const pathsOf = ({ opened: { layer, shapes } }: Table, row: number): Positions[] => {
  const digits = digitsOf(layer.geometry.step);
  return outlineOf(shapes, row).map((path) => {
    const degrees = path.map((number) => Number(number.toFixed(digits)));
    return Array.from({ length: degrees.length / 2 }, (_, nth) => degrees.slice(2 * nth, 2 * nth + 2));
  });
};

const cellOf = ({ type }: Column, cell: Cell): FileCell => {
  if (typeof cell !== "number") return cell;
  if (type === "day") return isoOf(cell);
  return type === "time" ? new Date(cell * 1000).toISOString().slice(0, 19) : cell;
};

/** A name that no column has. */
const free = (name: string, taken: Set<string>): string => (taken.has(name) ? free(`${name}_`, taken) : name);

/** Called for each shown row: the table, the row's number and its cells by column, with its layer and its size. */
const eachRow = (tables: Table[], add: (table: Table, row: number, cells: Row) => void): void => {
  const taken = new Set(tables.flatMap(({ opened }) => opened.layer.columns.map(({ name }) => name)));
  for (const table of tables) {
    const { layer, shown } = table.opened;
    const [values, sizes] = [table.all(), table.sizes()];
    for (let row = 0; row < layer.count; row += 1) {
      if (!shown[row]) continue;
      const cells: Row = tables.length > 1 ? { [free("layer", taken)]: layer.id } : {};
      for (const [nth, column] of layer.columns.entries()) {
        const value = cellOf(column, values[nth].cell(row));
        Object.defineProperty(cells, column.name, { value, enumerable: true, configurable: true });
      }
      if (layer.size && sizes) {
        const [name, per] = LENGTH[layer.size.name as keyof typeof LENGTH];
        cells[free(name, taken)] = Number(sizes.cell(row)) / per;
      }
      add(table, row, cells);
    }
  }
};

const csvText = (tables: Table[]): string => {
  const rows: Row[] = [];
  const taken = new Set(tables.flatMap(({ opened }) => opened.layer.columns.map(({ name }) => name)));
  eachRow(tables, (table, row, cells) => {
    const [[position] = []] = table.opened.layer.geometry.kind === "point" ? pathsOf(table, row) : [];
    if (position) Object.assign(cells, { [free("lon", taken)]: position[0], [free("lat", taken)]: position[1] });
    rows.push(cells);
  });
  const names = [...new Set(rows.flatMap(Object.keys))];
  return [names, ...rows.map((row) => names.map((name) => (Object.hasOwn(row, name) ? row[name] : null)))]
    .map(csvLine)
    .join("");
};

const geojsonText = (tables: Table[], about: object): string => {
  const features: object[] = [];
  eachRow(tables, (table, row, properties) => {
    const { layer } = table.opened;
    const paths = pathsOf(table, row);
    const geometry = paths.length ? geometryOf(layer.geometry.kind, paths) : null;
    features.push({ type: "Feature", id: `${layer.id}/${row}`, properties, geometry });
  });
  return `${JSON.stringify({ type: "FeatureCollection", ...about, features })}\n`;
};

const jsonText = (tables: Table[], about: object): string => {
  const features: Row[] = [];
  eachRow(tables, (_, __, cells) => features.push(cells));
  return `${JSON.stringify({ ...about, features }, null, 1)}\n`;
};

/** The text of a file of what is shown. `about` is what it says about itself. */
export const textOf = (tables: Table[], { form, about }: Ask<"text">): string => {
  if (form === "csv") return csvText(tables);
  return form === "geojson" ? geojsonText(tables, about) : jsonText(tables, about);
};

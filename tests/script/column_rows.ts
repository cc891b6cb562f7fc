/* What the worker of a page reads from columns that Python wrote, for tests that hold the two together.
 *
 * Standard input is {layers, stream}: the layers of a page, and the zlib stream as letters. Standard output has each row
 * of each layer: its cells and the paths of its geometry, in degrees. */
import { text } from "node:stream/consumers";
import { queriesOf } from "../../src/corridors/web/script/columns/queries.ts";
import { openStore } from "../../src/corridors/web/script/columns/store.ts";
import { inflate, portionsOf } from "../../src/corridors/web/script/payload/inflate.ts";
import type { ColumnLayer } from "../../src/corridors/web/script/types/columns.ts";

const { layers, stream }: { layers: ColumnLayer[]; stream: string } = JSON.parse(await text(process.stdin));
const store = openStore(new Uint8Array(await inflate(portionsOf(stream)).arrayBuffer()), layers);
const { feature } = queriesOf(store, { letters: {}, dropped: "", spaced: "" });

const rows = layers.map(({ count }, layer) =>
  Array.from({ length: count }, (_, row) => {
    const { cells, outline, class: name } = feature({ layer, row });
    return { cells, outline, class: name };
  }),
);
process.stdout.write(JSON.stringify(rows));

/* What the worker of a page reads from columns that Python wrote, for tests that hold the two together.
 *
 * Each line of standard input is {layers, stream}: the layers of a page, and the zlib stream as letters. Its answer is a
 * line of standard output, with each row of each layer: its cells and the paths of its geometry, in degrees. */
import { createInterface } from "node:readline";
import { queriesOf } from "../../src/corridors/web/script/columns/queries.ts";
import { openStore } from "../../src/corridors/web/script/columns/store.ts";
import { inflate, portionsOf } from "../../src/corridors/web/script/payload/inflate.ts";
import type { ColumnLayer } from "../../src/corridors/web/script/types/columns.ts";

async function rowsOf(layers: ColumnLayer[], stream: string): Promise<unknown> {
  const store = openStore(new Uint8Array(await inflate(portionsOf(stream)).arrayBuffer()), layers);
  const { feature } = queriesOf(store, { letters: {}, dropped: "", spaced: "" });
  return layers.map(({ count }, layer) =>
    Array.from({ length: count }, (_, row) => {
      const { cells, outline, class: name } = feature({ layer, row });
      return { cells, outline, class: name };
    }),
  );
}

for await (const line of createInterface({ input: process.stdin })) {
  const { layers, stream }: { layers: ColumnLayer[]; stream: string } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(await rowsOf(layers, stream))}\n`);
}

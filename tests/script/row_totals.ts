/* What a page of a reader's own data says of states: its totals by layer, the commands that give them, and its files.
 *
 * Standard input is {payload, stream, states}, with the stream in base64; standard output is a list of
 * {commands, layers: [{features, km, km2}], files: {form: text}}. */
import { text } from "node:stream/consumers";
import { openPage } from "./open.ts";

const { payload, stream, states } = JSON.parse(await text(process.stdin));
openPage(payload);

const SCRIPT = "../../src/corridors/web/script";
const [{ queriesOf }, { openStore }, { sizeOf }, { commandsOf }, { tidy }] = await Promise.all(
  ["columns/queries", "columns/store", "state/measured", "state/condition", "state/tidy"].map(
    (name) => import(`${SCRIPT}/${name}.ts`),
  ),
);

const { view, text: fileOf } = queriesOf(openStore(Buffer.from(stream, "base64"), payload.columns), payload.folding);

const answers = states.map((asked: object) => {
  const { layers: on, filters } = tidy(asked);
  const { layers } = view({ on, filters, counted: [] });
  return {
    commands: commandsOf({ layers: on, filters }),
    layers: layers.map(({ features, metres, squareMetres }: Record<string, number>) => ({
      features,
      km: sizeOf(metres, 1e3).value,
      km2: sizeOf(squareMetres, 1e6).value,
    })),
    files: Object.fromEntries(
      ["csv", "geojson", "json"].map((form) => [form, fileOf({ form, about: { generator: "corridors" } })]),
    ),
  };
});
process.stdout.write(JSON.stringify(answers));

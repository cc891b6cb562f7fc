/* What functions of the pages' script answer, for tests that hold them to Python.
 *
 * Standard input is {payload, blocks, calls: [[module, function, arguments]]}, with the blocks in base64; standard output is
 * the list of answers, where a function that fails gives {error}: what cut a route, or the message. */
import { text } from "node:stream/consumers";
import { openPage } from "./open.ts";

const { payload, blocks, calls } = JSON.parse(await text(process.stdin));
openPage(payload, { blocks: Buffer.from(blocks, "base64") });

const answers: unknown[] = [];
for (const [module, name, given] of calls) {
  const exports = await import(`../../src/corridors/web/script/${module}.ts`);
  try {
    answers.push((await exports[name](...given)) ?? null);
  } catch (error) {
    const { cut, message } = error as Error & { cut?: string };
    answers.push({ error: cut ?? message });
  }
}
process.stdout.write(JSON.stringify(answers));

/* The page's script from its parts: src/corridors/web/assets/*.js in the order of order.txt to one small file, page.js.
 *
 *     node tools/bundle.mjs [--check]
 *
 * With --check nothing is written, and the exit code is 1 where the committed file is not what would be made. */
import { readFile, writeFile } from "node:fs/promises";
import process from "node:process";
import { transform } from "esbuild";

const assets = new URL("../src/corridors/web/assets/", import.meta.url);
const read = async (name) => (await readFile(new URL(name, assets), "utf8")).trim();

const names = (await read("order.txt")).split(/\s+/);
const parts = await Promise.all(names.map(read));
const whole = `(() => {\n"use strict";\nconst corridors = {};\n${parts.join("\n")}\n})();`;
const { code } = await transform(whole, { minify: true, charset: "utf8", legalComments: "none", target: "es2022" });

const bundle = new URL("page.js", assets);
if (process.argv.includes("--check")) {
  const committed = await readFile(bundle, "utf8").catch(() => "");
  if (committed !== code) {
    process.stderr.write("src/corridors/web/assets/page.js is not what its parts give. Remedy: run make script.\n");
    process.exitCode = 1;
  }
} else {
  await writeFile(bundle, code);
}

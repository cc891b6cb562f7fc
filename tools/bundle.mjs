/* The pages' scripts from their modules: src/corridors/web/script/ to one small file each in src/corridors/web/assets/.
 *
 *     node tools/bundle.mjs [--check]
 *
 * With --check nothing is written, and the exit code is 1 where a committed file is not what would be made. */
import { readFile, writeFile } from "node:fs/promises";
import { relative } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const web = new URL("../src/corridors/web/", import.meta.url);

const { outputFiles } = await build({
  absWorkingDir: fileURLToPath(web),
  entryPoints: ["page", "index", "claims", "worker"].map((name) => `script/${name}.ts`),
  outdir: "assets",
  bundle: true,
  minify: true,
  format: "esm", // pages have it in a module script, which may wait for its payload
  target: "es2022",
  charset: "utf8",
  legalComments: "inline", // licences of packages in the bundle
  write: false,
});

for (const { path, text } of outputFiles) {
  if (!process.argv.includes("--check")) await writeFile(path, text);
  else if ((await readFile(path, "utf8").catch(() => "")) !== text) {
    process.stderr.write(`${relative("", path)} is not what its modules give. Remedy: run make script.\n`);
    process.exitCode = 1;
  }
}

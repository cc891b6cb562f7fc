/* The pages' scripts from their modules, and Leaflet from its own: each bundle is one small file in
 * src/corridors/web/assets/. A page contains the bundle that has what the page needs, and not more.
 *
 *     node tools/bundle.mjs [--check]
 *
 * With --check nothing is written, and the exit code is 1 where a committed file is not what would be made. */
import { readFile, writeFile } from "node:fs/promises";
import { parse, relative } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { givesParts, lateScript, takesParts } from "./late.mjs";

const web = new URL("../src/corridors/web/", import.meta.url);

const COMMON = {
  absWorkingDir: fileURLToPath(web),
  outdir: "assets",
  bundle: true,
  minify: true,
  target: "es2022",
  charset: "utf8",
  legalComments: "inline", // licences of packages in the bundle
  write: false,
};

const [licence] = /^\/\*.*?\*\//s.exec(await readFile(new URL(import.meta.resolve("leaflet")), "utf8"));

/** The bundles of the page, and the parts of each (see script/types/parts.ts). */
const PAGES = Object.entries(JSON.parse(await readFile(new URL("assets/bundles.json", web), "utf8")));
const PARTS = new Set(PAGES.flatMap(([, parts]) => parts));

const partsOf = (has) => Object.fromEntries([...PARTS].map((part) => [part, String(has.includes(part))]));

const MODULES = fileURLToPath(new URL("script", web));

/** The scripts that a page has as text, and runs when they are first needed. */
const LATE = {
  charts: lateScript(MODULES, "charts/charts"),
  host: lateScript(MODULES, "host/host"),
  measure: lateScript(MODULES, "measure/measure", ["map/measure_tool", "network/geodesic"]),
  planner: lateScript(MODULES, "planner/planner", ["network/profile"]),
  profile: lateScript(MODULES, "profile/profile"),
  results: lateScript(MODULES, "results/results"),
  take: lateScript(MODULES, "take/take", ["columns/files"]),
  time: lateScript(MODULES, "time/strip"),
};

/** The modules of Leaflet that a page needs; with folium's elements, all of them. */
const LEAFLET = {
  leaflet: ["Leaflet"],
  leaflet_core: [
    ...["core/index", "dom/index", "geo/index", "geometry/index", "map/index"],
    ...["LayerGroup", "FeatureGroup", "Tooltip", "marker/index", "vector/index"].map((name) => `layer/${name}`),
  ],
};

const scripts = (names, define = {}) => ({
  ...COMMON,
  entryPoints: names.map(([module, name]) => ({ in: `script/${module}.ts`, out: name })),
  format: "esm", // pages have it in a module script, which may wait for its payload
  define,
  plugins: [givesParts(LATE, MODULES)],
});

const late = ([name, script]) => ({
  ...COMMON,
  entryPoints: [{ in: `script/${script.entry}.ts`, out: name }],
  format: "iife",
  plugins: [takesParts(script)],
});

const leaflet = ([name, modules]) => ({
  ...COMMON,
  stdin: {
    contents: modules.map((module) => `export * from "leaflet/src/${module}.js";`).join(""),
    resolveDir: COMMON.absWorkingDir,
  },
  entryNames: name,
  format: "iife",
  globalName: "L",
  banner: { js: licence },
});

const bundles = [
  scripts(["index", "claims", "worker"].map((name) => [name, name])),
  ...Object.entries(LATE).map(late),
  ...PAGES.map(([name, has]) => scripts([["page", parse(name).name]], partsOf(has))),
  ...Object.entries(LEAFLET).map(leaflet),
  { ...COMMON, entryPoints: [{ in: "leaflet/dist/leaflet.css", out: "leaflet" }], loader: { ".png": "dataurl" } },
];

const made = await Promise.all(bundles.map(build));
for (const { path, text } of made.flatMap(({ outputFiles }) => outputFiles)) {
  if (!process.argv.includes("--check")) await writeFile(path, text);
  else if ((await readFile(path, "utf8").catch(() => "")) !== text) {
    process.stderr.write(`${relative("", path)} is not what its modules give. Remedy: run make script.\n`);
    process.exitCode = 1;
  }
}

/* Scripts that a page has as text and runs when they are first needed. They import from the page's modules as those do from
 * each other. Here each such import becomes a part that the page gives when it runs the script, so that no module is in both.
 * What a script takes and what the page gives are read from the same imports: no list of them is written by hand. */
import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

const IMPORT = /^import (?!type\b)\{([^}]*)\} from "(\.[^"]+)";/gms;

/** A late script: its first module, and modules outside of its folder that the page has no use for.
 *
 * @param {string} folder of all modules
 * @param {string} entry in that folder, without its suffix
 * @param {string[]} [others] likewise */
export const lateScript = (folder, entry, others = []) => {
  const own = [dirname(entry) + sep, ...others.map((name) => `${name}.ts`)];
  const isOwn = (path) => own.some((start) => relative(folder, path).startsWith(start));
  /** @type {Map<string, string>} the module of each name that is the page's */
  const parts = new Map();
  const seen = new Set();
  const walk = (path) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const [, names, from] of readFileSync(path, "utf8").matchAll(IMPORT)) {
      const module = resolve(dirname(path), from);
      if (isOwn(module)) walk(module);
      else
        for (const name of names.split(",").map((word) => word.trim()))
          if (name && !name.startsWith("type ")) add(name, module);
    }
  };
  const add = (name, module) => {
    if ((parts.get(name) ?? module) !== module) throw new Error(`${entry}.ts has ${name} from two modules`);
    parts.set(name, module);
  };
  walk(join(folder, `${entry}.ts`));
  return { entry, isOwn, parts: [...parts].sort(([a], [b]) => (a < b ? -1 : 1)) };
};

const source = (contents, resolveDir) => ({ contents, loader: "ts", resolveDir });

/** In a late script: what it imports of the page's modules are the parts that runScript in dom.ts gives. */
export const takesParts = ({ isOwn, parts }) => ({
  name: "takes parts",
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /^\./ }, ({ resolveDir, path }) =>
      isOwn(resolve(resolveDir, path)) ? null : { namespace: "page", path: "parts" },
    );
    onLoad({ filter: /^/, namespace: "page" }, () =>
      source(`export const [${parts.map(([name]) => name)}] = globalThis.corridorsParts;`),
    );
  },
});

/** In the page: `#parts/NAME` is a function that lists the parts of that late script. */
export const givesParts = (late, folder) => ({
  name: "gives parts",
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /^#parts\// }, ({ path }) => ({ namespace: "parts", path: path.slice("#parts/".length) }));
    onLoad({ filter: /^/, namespace: "parts" }, ({ path }) => {
      const { parts } = late[path];
      const imports = parts.map(([name, module]) => `import { ${name} } from ${JSON.stringify(module)};`);
      return source([...imports, `export const parts = () => [${parts.map(([name]) => name)}];`].join("\n"), folder);
    });
  },
});

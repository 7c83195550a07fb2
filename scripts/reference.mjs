/**
 * `npm run docs`: writes docs/reference from the documentation comments of what the package exports. An export, an argument or an
 * output without one, and a link to something that is not there, are refused. With --check it compares and writes nothing.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Application } from "typedoc";

const root = fileURLToPath(new URL("..", import.meta.url));
const written = join(root, "docs/reference");
const isCheck = process.argv.includes("--check");

process.chdir(root);
const caches = join(root, "node_modules/.cache");
mkdirSync(caches, { recursive: true });
const out = isCheck ? mkdtempSync(join(caches, "reference-")) : written;
try {
  const app = await Application.bootstrapWithPlugins({ out, logLevel: "Warn" });
  const project = await app.convert();
  if (project) app.validate(project);
  if (!project || app.logger.hasErrors() || app.logger.hasWarnings()) {
    process.exitCode = 1;
  } else {
    await app.generateOutputs(project);
    if (isCheck) compare(pagesOf(written), pagesOf(out));
  }
} finally {
  if (isCheck) rmSync(out, { recursive: true, force: true });
}

function compare(/** @type {Map<string, string>} */ old, /** @type {Map<string, string>} */ now) {
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  const stale = names.filter((name) => old.get(name) !== now.get(name));
  for (const name of stale) process.stderr.write(`docs/reference/${name} is not what the comments say\n`);
  if (stale.length === 0) return;
  process.stderr.write("run: npm run docs\n");
  process.exitCode = 1;
}

/** The text of each page, by its path. */
function pagesOf(/** @type {string} */ folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]));
}

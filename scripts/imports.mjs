/**
 * Finds imports that run in a circle, in `provider/` and `emulator/`, and imports of the emulator that run against the order
 * of its parts. Imports of types count. The argument is the folder that holds the two, by default the repository.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { say } from "./progress.mjs";

const root = process.argv[2] ?? fileURLToPath(new URL("..", import.meta.url));

/** The emulator's parts: each may import from itself and from those before it. A file belongs to the first that fits. */
const parts = [
  ["the clock, bodies, parameters, documents and errors", /^api\/(?!call\.|api\.)/],
  ["records", /^products\/\w+\/(records|blocks|countries)\./],
  ["the account", /^account\//],
  ["calls", /^api\/call\./],
  ["relations", /^products\/\w+\/(relations|scope|fields|joining|stock|definition|workflow-configuration)\./],
  ["families", /^products\/\w+\//],
  ["kinds, and the mirror of an account", /^(kinds|mirror)\//],
  ["the list of families", /^products\/index\./],
  ["the API", /^api\/api\./],
  ["messages", /^messages\//],
  ["the page, control and HTTP", /^(page|http)\//],
  ["the entry points and the conformance run", /^(index\.|main\.|conformance\/)/],
];

/** Every TypeScript file below a folder, with the files of ours that it imports, all relative to the root. */
function importsIn(/** @type {string} */ folder) {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => name.endsWith(".ts") && !/^(dist|node_modules)[\\/]/.test(name));
  return files.map((name) => {
    const file = join(root, folder, name);
    const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"), true, true);
    const imported = importedFiles
      .filter(({ fileName }) => fileName.startsWith("."))
      .map(({ fileName }) => join(dirname(file), fileName))
      .map((path) => [`${path}.ts`, join(path, "index.ts")].find(existsSync) ?? path);
    return { file: relative(root, file), imported: imported.map((path) => relative(root, path)) };
  });
}

/** The circles that a walk from each file meets, each once. */
function circlesIn(/** @type {Map<string, string[]>} */ graph) {
  const done = new Set();
  const circles = new Set();
  const walk = (/** @type {string} */ file, /** @type {string[]} */ way) => {
    if (way.includes(file)) circles.add([...way.slice(way.indexOf(file)), file].join(" -> "));
    if (done.has(file) || way.includes(file)) return;
    for (const next of graph.get(file) ?? []) walk(next, [...way, file]);
    done.add(file);
  };
  for (const file of graph.keys()) walk(file, []);
  return [...circles];
}

const partOf = (/** @type {string} */ file) =>
  parts.findIndex(([, pattern]) => new RegExp(pattern).test(file.replace("emulator/", "")));

function againstTheOrder(/** @type {string} */ file, /** @type {string[]} */ imported) {
  if (!file.startsWith("emulator/")) return [];
  const own = partOf(file);
  if (own === -1) return [`${file} is of no part of the emulator: see scripts/imports.mjs`];
  return imported
    .filter((other) => other.startsWith("emulator/") && partOf(other) > own)
    .map((other) => `${file} (${parts[own]?.[0]}) imports ${other} (${parts[partOf(other)]?.[0]})`);
}

const found = ["provider", "emulator"].flatMap(importsIn);
const problems = [
  ...circlesIn(new Map(found.map(({ file, imported }) => [file, imported]))).map((way) => `circle: ${way}`),
  ...found.flatMap(({ file, imported }) => againstTheOrder(file, imported)),
];
for (const problem of problems) say(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

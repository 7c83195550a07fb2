/**
 * Whether the commands that the Markdown files tell people to type are there: commands and options of both packages, scripts of
 * package.json, files that are given to node and jest. What README and getting-started.md say is also run, by `tests/install`.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { lexer, walkTokens } from "marked";
import { CommandFailed, run } from "./run.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const programs = {
  "pulumi-twilio-flex": "bin/pulumi-twilio-flex.js",
  "twilio-flex-emulator": "emulator/bin/twilio-flex-emulator.js",
};
/** @type {Map<string, Promise<string>>} */
const helps = new Map();
/** @type {string[]} */
const faults = [];

const options = ["--cached", "--others", "--exclude-standard"];
const listed = (await run("git", ["ls-files", ...options], { cwd: root })).split("\n").filter(Boolean);
const documents = listed.filter((file) => file.endsWith(".md") && existsSync(join(root, file)));
let count = 0;
for (const file of documents) {
  for (const line of linesIn(readFileSync(join(root, file), "utf8"))) {
    const reason = await faultOf(line, dirname(file));
    if (reason) faults.push(`${file}: ${line}: ${reason}`);
  }
}
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.stderr.write(
  `${count} commands in ${documents.length} Markdown files, ${faults.length} that do not work\n`,
);
process.exitCode = faults.length === 0 ? 0 : 1;

/** What stands in code, line by line. A line that ends with a backslash goes on in the next one. */
function linesIn(/** @type {string} */ text) {
  /** @type {string[]} */
  const lines = [];
  walkTokens(lexer(text), (token) => {
    if (token.type === "codespan") lines.push(token.text);
    if (token.type === "code" && ["", "sh", "bash", "console"].includes(token.lang ?? ""))
      lines.push(...token.text.replaceAll("\\\n", " ").split("\n"));
  });
  return lines.map((line) => line.trim());
}

/** Why a line cannot be typed; nothing where it can, or where it is no command that is known here. */
async function faultOf(/** @type {string} */ line, /** @type {string} */ folder) {
  const [typed = ""] = line.split(/ # | {2,}#|\s[|>] |&& |; /);
  const words = typed.replaceAll("&quot;", '"').split(/\s+/);
  const script = /^npm run (?:--silent )?([\w:-]+)/.exec(typed)?.[1];
  if (script) {
    count += 1;
    const known = [".", folder].flatMap(scriptsOf);
    return known.includes(script) ? undefined : `no package.json has the script ${script}`;
  }
  for (const [name, file] of Object.entries(programs)) {
    const at = words.indexOf(name);
    // Elsewhere it is the name of a package.
    const isTyped = at === 0 || (at > 0 && words[0] === "npx" && !words[at - 1]?.startsWith("--package"));
    if (!isTyped || words.length === at + 1) continue;
    count += 1;
    return faultOfArguments(file, words.slice(at + 1));
  }
  const path = /^(?:node|npx jest(?: -c \S+)?) ((?:scripts|tests|bench)\/\S+)/.exec(typed)?.[1];
  if (!path) return undefined;
  count += 1;
  return listed.some((file) => file.startsWith(path)) ? undefined : `there is no ${path}`;
}

async function faultOfArguments(/** @type {string} */ file, /** @type {string[]} */ words) {
  const general = await help(file);
  const hasCommands = /^Commands:$/m.test(general);
  const [first = ""] = words;
  const command = hasCommands && /^[a-z]+$/.test(first) ? first : undefined;
  if (command && !new RegExp(`^  ${command}\\b`, "m").test(general)) return `there is no command ${command}`;
  const said = command ? await help(file, command) : general;
  const used = words.flatMap((word) => /^\[?(--[a-z][a-z-]*)/.exec(word)?.[1] ?? []);
  const unknown = used.filter((option) => option !== "--help" && !new RegExp(`${option}\\b(?!-)`).test(said));
  return unknown.length === 0 ? undefined : `there is no option ${unknown.join(", ")}`;
}

function help(/** @type {string} */ file, /** @type {string[]} */ ...command) {
  const key = [file, ...command].join(" ");
  const known = helps.get(key) ?? run(process.execPath, [join(root, file), ...command, "--help"]);
  helps.set(key, known);
  return known.catch((error) => (error instanceof CommandFailed ? error.output : Promise.reject(error)));
}

/** @returns {string[]} */
function scriptsOf(/** @type {string} */ folder) {
  const file = join(root, folder, "package.json");
  return existsSync(file) ? Object.keys(JSON.parse(readFileSync(file, "utf8")).scripts ?? {}) : [];
}

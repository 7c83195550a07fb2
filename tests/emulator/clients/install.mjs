/**
 * Installs a client of Twilio's as it is published, once, into the user's cache, and prints what it takes to run it.
 * Argument: `python` (a folder for PYTHONPATH), `go` (the program of `go/`), `java` (a class path that holds the program of
 * `java/`) or `cli` (the program of twilio-cli).
 */
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cache, cached } from "../../../scripts/engine/cache.mjs";
import { withLock } from "../../../scripts/engine/lock.mjs";
import { say, seconds } from "../../../scripts/progress.mjs";
import { CommandFailed, run } from "../../../scripts/run.mjs";

const sdkForPython = "twilio==9.13.0";
const cli = "twilio-cli@6.2.4";

/**
 * @typedef {object} Client
 * @property {string} doing
 * @property {string} takes what has to be on the machine
 * @property {() => Promise<string> | string} key tells installations apart
 * @property {(folder: string, doing: string) => Promise<unknown>} install
 * @property {(folder: string) => string} answer
 */

/** @type {Record<string, Client>} */
const clients = {
  python: {
    doing: `installing ${sdkForPython} for python3`,
    takes: "python3 with pip",
    key: async () => {
      const abi =
        "import sys, sysconfig; print(sys.implementation.cache_tag, sysconfig.get_platform(), sep='-')";
      return `${sdkForPython.replace("==", "-")}-${(await run("python3", ["-c", abi])).trim()}`;
    },
    install: (folder, doing) => {
      const quiet = ["--no-input", "--disable-pip-version-check"];
      const pip = ["-m", "pip", "install", ...quiet, "--target", folder, sdkForPython];
      return run("python3", pip, { doing, limitSeconds: 600 });
    },
    answer: (folder) => folder,
  },
  go: {
    doing: "building a program with Twilio's SDK for Go",
    takes: "go 1.23 or newer",
    key: () => ofSources("go/main.go", "go/go.sum"),
    install: (folder, doing) =>
      run("go", ["build", "-o", join(folder, "families"), "."], {
        cwd: here("go"),
        doing,
        limitSeconds: 600,
      }),
    answer: (folder) => join(folder, "families"),
  },
  java: {
    doing: "installing Twilio's SDK for Java and compiling a program with it",
    takes: "a JDK 17 or newer, and mvn",
    key: () => ofSources("java/Families.java", "java/pom.xml"),
    install: async (folder, doing) => {
      const jars = join(folder, "jars");
      mkdirSync(jars);
      copyFileSync(here("java/pom.xml"), join(folder, "pom.xml"));
      const maven = ["--batch-mode", "dependency:copy-dependencies", `-DoutputDirectory=${jars}`];
      await run("mvn", maven, { cwd: folder, doing, limitSeconds: 600 });
      const javac = ["-d", folder, "-cp", join(jars, "*"), here("java/Families.java")];
      await run("javac", javac, { doing, limitSeconds: 600 });
    },
    answer: (folder) => `${folder}:${join(folder, "jars", "*")}`,
  },
  cli: {
    doing: `installing ${cli}`,
    takes: "npm",
    key: () => cli.replace("@", "-"),
    install: (folder, doing) => {
      const quiet = ["--no-audit", "--no-fund", "--ignore-scripts"];
      return run("npm", ["install", ...quiet, "--prefix", folder, cli], { doing, limitSeconds: 600 });
    },
    answer: (folder) => join(folder, "node_modules/twilio-cli/bin/run"),
  },
};

const [name = ""] = process.argv.slice(2);
const client = clients[name];
if (!client) throw new Error(`What is ${name}? Known are ${Object.keys(clients).join(", ")}`);
try {
  const key = `client-${name}-${await client.key()}`;
  const folder = await withLock(join(cache, "engine.lock"), () =>
    cached(key, async (draft) => {
      const started = Date.now();
      say(client.doing);
      await client.install(draft, client.doing);
      say(`${client.doing}: done in ${seconds(started)}`);
    }),
  );
  process.stdout.write(client.answer(folder));
} catch (error) {
  if (error instanceof CommandFailed) say(error.output);
  const reason = error instanceof Error ? error.message : String(error);
  say(`${client.doing}: ${reason}. It takes ${client.takes}, and a package registry that is reached.`);
  process.exitCode = 1;
}

/** @param {string} path beside this file */
function here(path) {
  return new URL(path, import.meta.url).pathname;
}

/** @param {string[]} paths */
function ofSources(...paths) {
  const hash = createHash("sha256");
  for (const path of paths) hash.update(readFileSync(here(path)));
  return hash.digest("hex").slice(0, 12);
}

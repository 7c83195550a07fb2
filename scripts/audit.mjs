/**
 * Asks the package registry for known vulnerabilities of what users of both packages install, without development tools. A
 * registry that answers no such question, as a mirror may not, is said and is no error.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { say } from "./progress.mjs";
import { runtimePackages } from "./runtime-packages.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const all = new Set(runtimePackages().map(({ path }) => path));
const { stdout, stderr } = spawnSync("npm", ["audit", "--omit=dev", "--json"], {
  cwd: root,
  encoding: "utf8",
  timeout: 60_000,
  shell: process.platform === "win32",
});

const report = parsed(stdout);
if (report?.vulnerabilities === undefined) {
  const [why = "no answer"] = [report?.message, ...stderr.split("\n")].filter(Boolean);
  say(`the registry answers no audit, so that vulnerabilities are not known: ${why.split(" - ")[0]}`);
} else {
  const known = Object.values(report.vulnerabilities).filter(({ nodes }) =>
    nodes.some((path) => all.has(path)),
  );
  for (const { name, severity, via } of known)
    say(
      `${name}: ${severity}; ${via.map((one) => (typeof one === "string" ? `by ${one}` : `${one.title} ${one.url}`)).join("; ")}`,
    );
  say(`${all.size} packages at runtime, ${known.length} with a known vulnerability`);
  process.exitCode = known.length === 0 ? 0 : 1;
}

/** @returns {{ message?: string, vulnerabilities?: Record<string, { name: string, severity: string, nodes: string[], via: (string | { title: string, url: string })[] }> } | undefined} */
function parsed(/** @type {string} */ text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

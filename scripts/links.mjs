/**
 * Whether every link of every Markdown file leads to a file, and to a heading of it, that there is; and whether what the README
 * of a package links to is in its tarball, as people see the README on npm and in node_modules.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { lexer, walkTokens } from "marked";
import { run } from "./run.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
/** @type {Map<string, Set<string>>} */
const anchors = new Map();
/** @type {string[]} */
const broken = [];

const options = ["--cached", "--others", "--exclude-standard"];
const listed = await run("git", ["ls-files", ...options, "*.md"], { cwd: root });
const files = listed.split("\n").filter((file) => file !== "" && existsSync(join(root, file)));
for (const file of files) {
  for (const { path, anchor, href } of linksOf(file)) {
    const full = join(root, path);
    if (!existsSync(full)) broken.push(`${file}: ${href}: there is no ${path}`);
    else if (anchor !== "" && (statSync(full).isDirectory() || !anchorsOf(path).has(anchor)))
      broken.push(`${file}: ${href}: ${path} has no heading of this name`);
  }
}
for (const folder of [".", "emulator"]) {
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts", "--workspace", folder];
  const [tarball] = JSON.parse(await run("npm", args, { cwd: root }));
  /** @type {string[]} */
  const packed = tarball.files.map((/** @type {{ path: string }} */ { path }) => path);
  for (const { path, href } of linksOf(join(folder, "README.md"))) {
    const inside = relative(folder, path);
    if (!packed.some((file) => file === inside || file.startsWith(`${inside}/`)))
      broken.push(`${join(folder, "README.md")}: ${href} is not in the tarball of ${tarball.name}`);
  }
}
for (const line of broken) process.stderr.write(`${line}\n`);
process.stderr.write(`${files.length} Markdown files, ${broken.length} broken links\n`);
process.exitCode = broken.length === 0 ? 0 : 1;

/** The links of a file that stay in the repository, also those of pictures. */
function linksOf(/** @type {string} */ file) {
  /** @type {{ path: string, anchor: string, href: string }[]} */
  const links = [];
  walkTokens(lexer(readFileSync(join(root, file), "utf8")), (token) => {
    if (token.type !== "link" && token.type !== "image") return;
    if (/^[a-z]+:/i.test(token.href)) return;
    const [path = "", anchor = ""] = decodeURI(token.href).split("#");
    links.push({
      path: path === "" ? file : normalize(join(dirname(file), path)).replace(/\/$/, ""),
      anchor,
      href: token.href,
    });
  });
  return links;
}

/** The anchors of a file's headings, as GitHub names them. */
function anchorsOf(/** @type {string} */ file) {
  const known = anchors.get(file);
  if (known) return known;
  /** @type {Set<string>} */
  const found = new Set();
  walkTokens(lexer(readFileSync(join(root, file), "utf8")), (token) => {
    if (token.type !== "heading") return;
    const name = token.text
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, "")
      .replaceAll(" ", "-");
    let anchor = name;
    for (let n = 1; found.has(anchor); n += 1) anchor = `${name}-${n}`;
    found.add(anchor);
  });
  anchors.set(file, found);
  return found;
}

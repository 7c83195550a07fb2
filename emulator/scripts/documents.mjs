// Gets Twilio's OpenAPI documents out of the npm package that ships them and writes what the emulator reads of them to
// dist/documents: paths, parameters and schemas, without prose and examples. The examples go to dist/examples, which only
// the conformance run reads and nothing ships. Does nothing when that is up to date.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { source } from "./source.mjs";

const documents = [
  "flex_v1",
  "flex_v2",
  "proxy_v1",
  "api_v2010",
  "studio_v2",
  "chat_v2",
  "conversations_v1",
  "messaging_v1",
  "messaging_v2",
  "taskrouter_v1",
];

const licence = `The documents in this folder are cut out of Twilio's OpenAPI documents (https://github.com/twilio/twilio-oai,
version ${source.version}, as shipped in the npm package ${source.package}), which are under this licence:

MIT License

Copyright (C) 2023, Twilio, Inc. <help@twilio.com>

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;

const scriptPath = fileURLToPath(import.meta.url);
const dist = resolve(dirname(scriptPath), "..", "dist");
const stampPath = join(dist, "documents", ".stamp");
const stamp = createHash("sha256")
  .update(readFileSync(scriptPath))
  .update(JSON.stringify(source))
  .digest("hex");

const isGenuine = (path) =>
  `sha512-${createHash("sha512").update(readFileSync(path)).digest("base64")}` === source.integrity;

/** The package's tarball, from the cache or the registry, checked against the pinned integrity. */
function tarball() {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-twilio-flex");
  const cached = join(cache, source.file);
  if (existsSync(cached) && isGenuine(cached)) return cached;

  mkdirSync(cache, { recursive: true });
  const download = mkdtempSync(join(cache, "download-"));
  try {
    const npm = spawnSync("npm", ["pack", source.package, "--silent", "--pack-destination", download], {
      cwd: download,
      stdio: ["ignore", "ignore", "inherit"],
      shell: process.platform === "win32",
    });
    const fetched = join(download, source.file);
    if (npm.status !== 0 || !existsSync(fetched)) {
      throw new Error(
        `npm pack ${source.package} failed: the npm registry must be reachable for the first build`,
      );
    }
    if (!isGenuine(fetched)) {
      throw new Error(`${source.package} does not match its pinned integrity, so nothing was built from it`);
    }
    renameSync(fetched, cached);
  } finally {
    rmSync(download, { recursive: true, force: true });
  }
  return cached;
}

const prose = new Set([
  "description",
  "example",
  "examples",
  "externalDocs",
  "tags",
  "security",
  "headers",
  "servers",
]);

/** Drops prose, but never a property that merely bears such a name. */
function withoutProse(value, parentKey) {
  if (Array.isArray(value)) return value.map((item) => withoutProse(item));
  if (typeof value !== "object" || value === null) return value;
  const isNameMap = parentKey === "properties" || parentKey === "schemas" || parentKey === "paths";
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => isNameMap || !(prose.has(key) || key.startsWith("x-")))
      .map(([key, item]) => [key, withoutProse(item, key)]),
  );
}

/** Names of the schemas that `value` refers to, directly or through another schema. */
function referred(value, schemas, found = new Set()) {
  for (const [, name] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    if (found.has(name)) continue;
    found.add(name);
    referred(schemas[name], schemas, found);
  }
  return found;
}

function cut(document) {
  const { paths, components } = withoutProse(document);
  const used = referred(paths, components.schemas);
  const schemas = Object.fromEntries(Object.entries(components.schemas).filter(([name]) => used.has(name)));
  return { server: document.servers[0].url, paths, components: { schemas } };
}

/** Every example of an answer that is no refusal, by operation id, with the request of the same name where there is one. */
function examplesIn({ paths, components }) {
  const operations = Object.values(paths).flatMap((item) => Object.values(item));
  const examplesOf = (part) =>
    Object.fromEntries(
      Object.values(part?.content ?? {})
        .flatMap(({ examples }) => Object.entries(examples ?? {}))
        .map(([name, { $ref, value }]) => [
          name,
          $ref ? components.examples?.[$ref.split("/").at(-1)]?.value : value,
        ])
        .filter(([, value]) => value !== undefined),
    );
  return Object.fromEntries(
    operations
      .filter(({ operationId }) => operationId)
      .map(({ operationId, requestBody, responses }) => {
        const requests = examplesOf(requestBody);
        const answers = Object.entries(responses)
          .filter(([status]) => status.startsWith("2"))
          .flatMap(([status, response]) =>
            Object.entries(examplesOf(response)).map(([name, answer]) => ({
              name,
              request: requests[name] ?? null,
              status: Number(status),
              answer,
            })),
          );
        return [operationId, answers];
      })
      .filter(([, answers]) => answers.length > 0),
  );
}

/** Writes everything beside its place first, so that an interrupted build leaves the old documents or none. */
function build() {
  mkdirSync(dist, { recursive: true });
  const work = mkdtempSync(join(dist, ".work-"));
  const unpacked = join(work, "unpacked");
  try {
    for (const path of [unpacked, join(work, "documents"), join(work, "examples")]) mkdirSync(path);
    execFileSync("tar", ["-xzf", tarball(), "-C", unpacked], { stdio: "inherit" });
    for (const name of documents) {
      const path = join(unpacked, "package", source.folder, `twilio_${name}.json`);
      const document = JSON.parse(readFileSync(path, "utf8"));
      writeFileSync(join(work, "examples", `${name}.json`), JSON.stringify(examplesIn(document)));
      writeFileSync(join(work, "documents", `${name}.json`), JSON.stringify(cut(document)));
    }
    writeFileSync(join(work, "documents", "LICENSE"), licence);
    writeFileSync(join(work, "documents", ".stamp"), stamp);
    // The stamp is in the last one, so that it is never there without the other.
    for (const name of ["examples", "documents"]) {
      rmSync(join(dist, name), { recursive: true, force: true });
      renameSync(join(work, name), join(dist, name));
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

try {
  if (!existsSync(stampPath) || readFileSync(stampPath, "utf8") !== stamp) build();
} catch (error) {
  process.stderr.write(`Twilio's documents could not be built: ${error.message}\n`);
  process.exitCode = 1;
}

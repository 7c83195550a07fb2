/**
 * Writes docs/coverage.md: every parameter of every operation that the classes use, read from Twilio's OpenAPI
 * documents, and what becomes of it. With `--check` it writes nothing and fails where the page is out of date.
 * A parameter of a request's body that no argument stands for and no reason is given for is an error.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { source } from "../emulator/scripts/source.mjs";
import { say } from "./progress.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = join(root, "docs/coverage.md");
const load = createRequire(join(root, "dist/"));
const exported = load("./index.js");
const { TwilioResource } = load("./program/resource.js");
const { resourceNamed } = load("./life/define.js");

const paging = new Set(["Page", "PageSize", "PageToken"]);
const problems = [];

function write() {
  const classes = Object.values(exported)
    .filter((value) => typeof value === "function" && value.prototype instanceof TwilioResource)
    .map(({ name }) => resourceNamed(name))
    .sort((a, b) => (a.type < b.type ? -1 : 1));
  return [
    "# What of Twilio's API is managed",
    "",
    `Made by \`npm run docs\` from Twilio's OpenAPI documents, version ${source.version}, and from the classes. Every parameter of every`,
    "operation that a class uses is here:",
    "",
    "- **managed**: the argument that stands for it;",
    "- **computed**: it follows from the object's id or the credentials, or the class finds it out;",
    "- **left out**, with the reason.",
    ...classes.flatMap(section),
    "",
  ].join("\n");
}

function section(resource) {
  const operations = Object.entries(resource.api.operations).flatMap(([document, ids]) =>
    ids.map((id) => operationOf(resource, document, id)),
  );
  const rows = new Map();
  for (const operation of operations) {
    for (const { name, where } of parametersOf(operation)) {
      const row = rows.get(name) ?? { name, where, operations: [] };
      row.operations.push(operation.id);
      rows.set(name, row);
    }
  }
  const { leftOut = {} } = resource.api;
  const known = [...rows.keys()];
  const newer = Object.keys(leftOut).filter(
    (name) => !known.some((row) => row === name || row.startsWith(`${name}.`)),
  );
  return [
    "",
    `## ${resource.type}`,
    "",
    operations.map(({ document, id }) => `${document} \`${id}\``).join(", "),
    "",
    "| parameter | what becomes of it |",
    "| --- | --- |",
    ...[...rows.values()].map((row) => `| \`${row.name}\` | ${fateOf(resource, row)} |`),
    ...newer.map((name) => `| \`${name}\`, newer than the documents | left out: ${leftOut[name]} |`),
  ];
}

function operationOf(resource, document, id) {
  const { paths, components } = documentNamed(document);
  for (const item of Object.values(paths)) {
    for (const operation of Object.values(item)) {
      if (operation.operationId === id) return { document, id, operation, components };
    }
  }
  problems.push(`${resource.type}: ${document} has no operation ${id}`);
  return { document, id, operation: {}, components };
}

function documentNamed(name) {
  return JSON.parse(readFileSync(join(root, "emulator/dist/documents", `${name}.json`), "utf8"));
}

function parametersOf({ operation, components }) {
  const named = (operation.parameters ?? []).map((parameter) => ({
    name: parameter.name,
    where: parameter.in,
  }));
  const [content] = Object.values(operation.requestBody?.content ?? {});
  const body = content && leavesOf(bodySchema(content.schema, operation, components), components);
  return [...named, ...(body ?? []).map((name) => ({ name, where: "body" }))];
}

/** One body has no schema in the documents: it takes what the answer holds. */
function bodySchema(schema, { responses }, components) {
  const { properties } = resolved(schema, components);
  if (properties && Object.keys(properties).length > 0) return schema;
  return responses["200"].content["application/json"].schema;
}

function resolved(schema, components) {
  const name = schema.$ref?.split("/").at(-1);
  return name ? components.schemas[name] : schema;
}

function leavesOf(schema, components, above = "") {
  const { properties = {} } = resolved(schema, components);
  return Object.entries(properties).flatMap(([key, value]) => {
    const inner = leavesOf(value, components, `${above}${key}.`);
    return inner.length > 0 ? inner : [`${above}${key}`];
  });
}

function fateOf({ type, schema, api }, { name, where, operations }) {
  const { renamed = {}, leftOut = {} } = api;
  const reason = leftOut[name] ?? leftOut[name.split(".")[0]];
  if (reason) return `left out: ${reason}`;
  const argument = renamed[name] ?? camelCase(name);
  if (hasArgument(schema, argument.split("."))) return `managed: \`${argument}\``;
  if (name in renamed) problems.push(`${type}: ${name} is renamed to ${argument}, which is no argument`);
  if (where === "path" || name === "account_sid") return "computed: from the id, or from the credentials";
  if (where === "header") return "left out: it is for clients that act at run time";
  if (where === "query" && paging.has(name)) return "computed: pages are followed to the end";
  if (where === "query")
    return "left out: a filter that is not needed; objects are told apart by all they hold";
  problems.push(`${type}: nothing is said of ${name} (${operations.join(", ")})`);
  return "";
}

const camelCase = (name) =>
  name
    .split(".")
    .map((part) =>
      part
        .replace(/_([a-z])/g, (_, letter) => letter.toUpperCase())
        .replace(/^[A-Z]/, (letter) => letter.toLowerCase()),
    )
    .join(".");

/** Whether a schema has a place with this path, in whichever member of a union. */
function hasArgument(schema, [key, ...rest]) {
  if (key === undefined) return true;
  const { def } = schema;
  if (def.innerType) return hasArgument(def.innerType, [key, ...rest]);
  if (def.options) return def.options.some((option) => hasArgument(option, [key, ...rest]));
  if (def.element) return hasArgument(def.element, [key, ...rest]);
  const inner = schema.shape?.[key];
  return inner !== undefined && hasArgument(inner, rest);
}

const text = write();
if (problems.length > 0) {
  for (const problem of problems) say(problem);
  process.exitCode = 1;
} else if (!process.argv.includes("--check")) writeFileSync(page, text);
else if (readFileSync(page, "utf8") !== text) {
  say("docs/coverage.md is out of date: run npm run docs");
  process.exitCode = 1;
}

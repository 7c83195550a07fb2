import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { Refusal } from "../../values/errors";
import { dependenciesFor } from "../installed";

/** A folder that has something in it is written into with `force` only. */
export function refuseFilled(folder: string, force: boolean): void {
  if (isFile(folder)) throw new Refusal(`${folder} is a file; name a folder with --out`);
  if (!force && !isEmpty(folder))
    throw new Refusal(`${folder} is not empty; name another folder with --out, or give --force`);
}

export const isFile = (path: string): boolean => existsSync(path) && !statSync(path).isDirectory();
export const isEmpty = (folder: string): boolean => !existsSync(folder) || readdirSync(folder).length === 0;

/** Writes a program's files and, where there are none yet, those of its project. */
export function writeProject(
  folder: string,
  description: string,
  program: ReadonlyMap<string, string>,
): void {
  for (const [file, text] of Object.entries(projectFiles(folder, description)))
    if (!existsSync(join(folder, file))) write(join(folder, file), text);
  for (const [file, text] of program) write(join(folder, file), text);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** A name that Pulumi and npm both allow: "My channels" is `my-channels`. */
function projectNameOf(folder: string): string {
  const words =
    basename(resolve(folder))
      .normalize("NFKD")
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return words.join("-").slice(0, 60) || "twilio";
}

function projectFiles(folder: string, description: string): Record<string, string> {
  const project = projectNameOf(folder);
  return {
    "Pulumi.yaml": `name: ${project}
description: ${description}
runtime: nodejs
`,
    "package.json": json({ name: project, private: true, main: "index.ts", ...dependenciesFor(folder) }),
    "tsconfig.json": json({
      compilerOptions: {
        strict: true,
        target: "es2022",
        module: "node16",
        noEmit: true,
        skipLibCheck: true,
        types: ["node"],
      },
      files: ["index.ts"],
    }),
    ".gitignore": "node_modules/\n",
  };
}

const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;

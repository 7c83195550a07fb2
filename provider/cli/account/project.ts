import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { Refusal } from "../../values/errors";
import { identifier } from "../names";

const { name, version, peerDependencies } = JSON.parse(
  readFileSync(join(__dirname, "..", "..", "..", "package.json"), "utf8"),
);

/** A folder that has something in it is written into with `force` only. */
export function refuseFilled(folder: string, force: boolean): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw new Refusal(`${folder} is a file; name a folder with --out`);
  if (!force && readdirSync(folder).length > 0)
    throw new Refusal(`${folder} is not empty; name another folder with --out, or give --force`);
}

/** Writes a program's files and, where there are none yet, those of its project. */
export function writeProject(folder: string, accountSid: string, program: ReadonlyMap<string, string>): void {
  const project = identifier(basename(resolve(folder))).toLowerCase() || "twilio";
  for (const [file, text] of Object.entries(projectFiles(project, accountSid)))
    if (!existsSync(join(folder, file))) write(join(folder, file), text);
  for (const [file, text] of program) write(join(folder, file), text);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const projectFiles = (project: string, accountSid: string) => ({
  "Pulumi.yaml": `name: ${project}
description: The Twilio account ${accountSid}
runtime: nodejs
`,
  "package.json": json({
    name: project,
    private: true,
    main: "index.ts",
    dependencies: { "@pulumi/pulumi": peerDependencies["@pulumi/pulumi"], [name]: `^${version}` },
    devDependencies: { "@types/node": "^20.19.0", typescript: "^5.0.0" },
  }),
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
});

const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;

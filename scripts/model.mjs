/** See `help` below and docs/development/testing.md. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { say } from "./progress.mjs";

const help = `npm run test:model [-- --sequences <n> --seed <n> --path <path>]
  Runs programs of chance on the emulator, with edits, renames, adoption, hands behind Pulumi's back and faults: after each
  up the account is as declared, the next one asks nothing, and destroy gives back the start.

  --sequences <n>  how many, default 2000
  --seed <n>       the same sequences in each run, default by chance; it is printed
  --path <path>    one of them, as a failure prints it
  --help
`;

const { values } = parseArgs({
  options: {
    sequences: { type: "string", default: "2000" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1e6)) },
    path: { type: "string" },
    help: { type: "boolean" },
  },
});

if (values.help) process.stdout.write(help);
else {
  const { sequences, seed, path } = values;
  say(`${sequences} sequences, seed ${seed}`);
  const model = { sequences: Number(sequences), seed: Number(seed), ...(path !== undefined && { path }) };
  const root = fileURLToPath(new URL("..", import.meta.url));
  const args = ["tests/model/model.full", "-w", "1", "--globals", JSON.stringify({ model })];
  const jest = spawn(process.execPath, [join(root, "node_modules/jest/bin/jest.js"), ...args], {
    cwd: root,
    stdio: "inherit",
  });
  jest.on("close", (code) => {
    process.exitCode = code ?? 1;
  });
}

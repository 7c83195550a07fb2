/** See `help` below and docs/development/testing.md. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { say } from "./progress.mjs";

const help = `npm run test:model [-- --sequences <n> --seed <n> --path <path> --engine]
  Runs programs of chance on the emulator, with edits, renames, adoption, hands behind Pulumi's back and faults: after each
  up the account is as declared, the next one asks nothing, and destroy gives back the start.

  --sequences <n>  how many, default 2000, and 40 with --engine
  --seed <n>       the same sequences in each run, default by chance; it is printed
  --path <path>    one of them, as a failure prints it
  --engine         on the Pulumi engine instead of its stand-in, some 30 seconds each
  --help
`;

const { values } = parseArgs({
  options: {
    sequences: { type: "string" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1e6)) },
    path: { type: "string" },
    engine: { type: "boolean", default: false },
    help: { type: "boolean" },
  },
});

if (values.help) process.stdout.write(help);
else {
  const { engine, seed, path } = values;
  const { sequences = engine ? "40" : "2000" } = values;
  say(`${sequences} sequences, seed ${seed}`);
  const model = { sequences: Number(sequences), seed: Number(seed), ...(path !== undefined && { path }) };
  const root = fileURLToPath(new URL("..", import.meta.url));
  const file = engine ? "tests/model/onEngine.full" : "tests/model/model.full";
  const args = [file, "-w", "1", "--globals", JSON.stringify({ model })];
  const jest = spawn(process.execPath, [join(root, "node_modules/jest/bin/jest.js"), ...args], {
    cwd: root,
    stdio: "inherit",
  });
  jest.on("close", (code) => {
    process.exitCode = code ?? 1;
  });
}

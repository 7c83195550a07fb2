/** See `help` below and docs/development/testing.md. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { say } from "./progress.mjs";

const help = `npm run test:import [-- --accounts <n> --engine <n> --seed <n>]
  Fills accounts by chance with every kind of object, odd names, secret URLs and references, and imports each: the program
  compiles, its up writes nothing, a second one changes nothing, and destroy leaves the account as it was. On the
  way, trace and what arrives agree on every address, calls included.

  --accounts <n>   how many, on the engine's stand-in, default 200
  --engine <n>     how many besides, on the engine itself, default 6
  --seed <n>       the first account's number, default 1; a failure names the number of its account
  --help
`;

const { values } = parseArgs({
  options: {
    accounts: { type: "string", default: "200" },
    engine: { type: "string", default: "6" },
    seed: { type: "string", default: "1" },
    help: { type: "boolean" },
  },
});

if (values.help) process.stdout.write(help);
else {
  const importing = {
    accounts: Number(values.accounts),
    engine: Number(values.engine),
    seed: Number(values.seed),
  };
  say(
    `${values.accounts} accounts on the stand-in, ${values.engine} on the engine, from seed ${values.seed}`,
  );
  const root = fileURLToPath(new URL("..", import.meta.url));
  const args = ["tests/cli/importAccount.full", "-w", "1", "--globals", JSON.stringify({ importing })];
  const jest = spawn(process.execPath, [join(root, "node_modules/jest/bin/jest.js"), ...args], {
    cwd: root,
    stdio: "inherit",
  });
  jest.on("close", (code) => {
    process.exitCode = code ?? 1;
  });
}

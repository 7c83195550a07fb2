/**
 * Runs every class through create, update, read and delete, each with every fault, against the emulator, and writes
 * docs/reliability.md. With `--check` it writes nothing and fails where the page is out of date. A cell that does not hold is an
 * error in either case. `--only TEXT` runs the cells whose class, operation and fault contain the text, and writes nothing.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { say } from "./progress.mjs";
import { faults } from "./reliability/faults.mjs";
import { classes, operations, runMatrix } from "./reliability/matrix.mjs";

const page = join(fileURLToPath(new URL("..", import.meta.url)), "docs/reliability.md");

const isOf = (cell, text) => `${cell.type} ${cell.operation} ${cell.fault.name}`.includes(text);

/** `29` where all hold, else `28 of 29`. */
function count(cells) {
  const held = cells.filter(({ problem }) => problem === undefined).length;
  if (cells.length === 0) return "–";
  return held === cells.length ? String(held) : `${held} of ${cells.length}`;
}

/** A table as the formatter leaves it. */
function table(head, rows) {
  const widths = head.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column])].map((text) => text.length)),
  );
  const line = (row) => `| ${row.map((text, column) => text.padEnd(widths[column])).join(" | ")} |`;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...rows.map(line)];
}

function write(cells) {
  const of = (key, value) => cells.filter((cell) => cell[key] === value);
  const row = (title, some) => [
    title,
    ...operations.map((operation) => count(some.filter((cell) => cell.operation === operation))),
  ];
  return [
    "# Reliability",
    "",
    "Made by `npm run docs:reliability`, which ends with an error where a cell does not hold.",
    "",
    "## Faults",
    "",
    `One object of each of the ${classes.length} classes is created, changed, read and deleted. Each time, one request goes wrong: the one that writes or reads`,
    "the object. A cell holds if after at most two runs of `pulumi up` (or `refresh`, or `destroy`) the account is exactly as declared, nothing in it is doubled,",
    `and the next \`up\` changes nothing. These are ${cells.length} cells; the numbers are those that hold.`,
    "",
    ...table(
      ["what goes wrong", ...operations],
      faults.map(({ name }) => row(name, of("fault", name))),
    ),
    "",
    "By class:",
    "",
    ...table(
      ["class", ...operations],
      classes.map(({ type }) => row(`\`${type}\``, of("type", type))),
    ),
    "",
    "Classes without a number for `update` have nothing that the API changes. The faults that end in a lookup that fails too are of creates only: all else is simply repeated.",
    "",
    "## Other trials",
    "",
    "CI runs a form of each; `--moments`, `--sequences` and `--seed` make the first two longer and other ones.",
    "",
    "- **Killed runs**: `npm run test:kill -- --moments 2 --seed 2` kills `up` of thirty resources at moments of chance, the CLI or the provider, on the same machine, on a new one with `twilio:recover`,",
    "  and without checkpoints. 12 runs, all as declared after the next `up` and, on the same machine, as at the start after `destroy`; before `destroy` was part of it, 240 runs.",
    "- **Random histories**: `npm run test:model -- --sequences 300 --seed 20261210` runs programs of chance with edits, renames, moves, adoption, hands behind Pulumi's back and faults. After each `up` the account is as",
    "  declared, the next one asks nothing, and `destroy` gives back the start. 300 histories with 2,040 runs of `up` and 676 faults. `--engine` does the same on the Pulumi engine.",
    "- **Two at once**: `npx jest tests/hosts/twoAtOnce tests/stacks/meanwhile`, two stacks on one account, and a person who changes something between two requests.",
    "- **Secrets**: `npx jest -c jest.engine.config.js tests/stacks/secrets tests/cli/secrets` plants one in every argument that may hold one, and reads every byte that was written.",
    "- **Older states**: `npx jest tests/fixtures` refreshes, updates and destroys stacks as earlier versions have left them.",
    "- **Supply**: `npm run audit` and `npx jest tests/scripts/supply`, what users install beside the package and what is in the tarballs.",
    "- **Size**: see [Memory](#memory).",
    "",
    "## What becomes of a lost answer",
    "",
    "- An update whose outcome is not known is sent again by the next `up`, with what is declared by then, also where that is what was there before.",
    "- An answer counts only if it is Twilio's and speaks of the right object. All else is a lost answer.",
    "- Reads, updates and deletes are repeated, up to five times.",
    "- A create is looked up: exactly one object that equals what was sent, was made since, and belongs to no other resource of the stack is taken. If there is none, the create is repeated.",
    "- A create that got no answer in time may still be carried out. If Twilio refuses a second such object, it is repeated; else it is looked for during a minute.",
    "- If it is still not known what became of a create, the stack keeps it under an id that begins with `in-doubt-since-`. The next `up` or `refresh` looks for it first, and takes it or",
    "  creates it; `destroy` deletes it if it is there. Preview shows a replacement, with a warning that says why. Several objects that it could be are an error that names them: delete the others, or",
    '  name the right one with `adopt: "<SID>"`.',
    "- Pulumi refuses to replace a protected resource. If its create is in doubt, run `pulumi refresh` first, which looks for it, too.",
    "",
    "## Two stacks on one account",
    "",
    "- What two stacks create in the same moment is there once, and the error of the other stack names it (`tests/hosts/twoAtOnce`).",
    "- Twilio has no write that holds only for what was read. If two stacks set the handler of one number in the same moment, the later write counts; `refresh` shows it to the other stack,",
    "  whose destroy then leaves the handler as it is.",
    "",
    "## Memory",
    "",
    "`npm run test:scale`, 2,000 resources with 5 % of 429 and 5 % of 503 each: nothing doubled, and the provider process had 239 MB at most. Between 54 and 80 MB of it were in use; the rest is",
    "the program itself and what the garbage collector had not collected yet.",
    "",
    "## Credentials in logs",
    "",
    "No credential is in the state, the journal, errors, warnings, or what the commands print. But Pulumi's own debug messages quote every value, secrets too: `pulumi up --json` prints those messages,",
    "and `-v=9` logs them. Do not publish either of them.",
    "",
  ].join("\n");
}

const only = process.argv.includes("--only") ? process.argv.at(-1) : undefined;
const cells = await runMatrix({
  only: (cell) => only === undefined || isOf(cell, only),
  say,
});
const text = write(cells);
const failed = cells.filter(({ problem }) => problem !== undefined);
for (const { type, operation, fault, problem } of failed) say(`${type}, ${operation}, ${fault}: ${problem}`);
if (only !== undefined) say(`${cells.length} cells, of which ${failed.length} do not hold`);
else if (!process.argv.includes("--check")) writeFileSync(page, text);
else if (readFileSync(page, "utf8") !== text) {
  say("docs/reliability.md is out of date; run npm run docs:reliability");
  process.exitCode = 1;
}
if (failed.length > 0) process.exitCode = 1;
process.exit();

/** docs/performance.md, from what was measured. */
import { operations, programs } from "./life.mjs";
import { median } from "./median.mjs";

/** @typedef {import("./run.mjs").Results} Results */
/** @typedef {import("./life.mjs").Life} Life */

/** The figures of one program in one group. */
export class Figures {
  /** @param {Life[]} lives @param {string} program @param {number} resources @param {number} latency */
  constructor(lives, program, resources, latency) {
    this.lives = lives.filter(
      (life) => life.program === program && life.resources === resources && life.latency === latency,
    );
    this.rounds = this.lives.length;
  }

  /** @param {(life: Life) => number | undefined} of */
  #median(of) {
    const known = this.lives.map(of).filter((value) => value !== undefined);
    return known.length === 0 ? undefined : median(known);
  }

  seconds = (/** @type {string} */ operation) => this.#median((life) => life.operations[operation].seconds);
  calls = (/** @type {string} */ operation) => this.#median((life) => life.operations[operation].calls);
  state = () => this.#median((life) => life.state);
  unplaced = () => this.#median((life) => life.unplaced);
  memory = () =>
    this.#median((life) => {
      const known = Object.values(life.operations).flatMap(({ memory }) => memory ?? []);
      return known.length === 0 ? undefined : Math.max(...known);
    });
}

export const groupsIn = (/** @type {Life[]} */ lives) =>
  [
    ...new Map(
      lives.map(({ resources, latency }) => [`${latency} ${resources}`, { resources, latency }]),
    ).values(),
  ].sort((a, b) => a.latency - b.latency || a.resources - b.resources);

const text = (/** @type {number | undefined} */ value, digits = 1) => value?.toFixed(digits) ?? "–";
const ratio = (/** @type {number | undefined} */ of, /** @type {number | undefined} */ to) =>
  of === undefined || to === undefined ? undefined : of / to;

/** A table as the formatter leaves it. @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  const widths = head.map((title, column) =>
    Math.max(3, ...[title, ...rows.map((row) => row[column])].map(({ length }) => length)),
  );
  const line = (/** @type {string[]} */ row) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...rows.map(line), ""];
}

/** @param {Results} results */
export function page({ machine, lives, starts, loads }) {
  const of = (/** @type {string} */ program, resources = 400, latency = 0) =>
    new Figures(lives, program, resources, latency);
  return [
    "# Performance",
    "",
    "Made by `npm run bench`, which measures it all again in at most half an hour; `npm run bench -- --help` lists what can be chosen.",
    "What it means for large stacks is in [at-scale.md](at-scale.md).",
    "",
    "## What is measured",
    "",
    "Programs with the same Flex Flows, run by the same engine on a backend of files, each operation of one right after the same of the others:",
    "",
    "- **floor**: dynamic resources with the same arguments behind which nothing happens, so what Pulumi itself takes",
    "- **ours**: `FlexFlow` of this package",
    "- **ours, no checkpoints**: the same with `PULUMI_SKIP_CHECKPOINTS=true` and `--parallel 64`",
    "- **closure**: a dynamic provider as Pulumi's guide shows it, whose code the engine stores with each resource",
    "",
    "Twilio is the emulator, a process of its own on the same machine, which also counts the requests. Seconds are those of the whole command",
    "(`pulumi up --yes --skip-preview`, `refresh --yes`, `destroy --yes --skip-preview`) and medians of the rounds. Seconds depend on the machine and on what else",
    "it does, so compare them within one table only. The ratio is that of ours to the floor. Memory is the peak of the provider process.",
    "The engine also stores where in the program each resource is made, by folders of the machine: the state is given with and without these places.",
    "",
    `Measured on ${machine}, at a load average of ${text(loads.length === 0 ? undefined : median(loads))}: above the number of processors, others made all columns slower. All measurements are in \`bench/results.json\`, one entry for each stack.`,
    "",
    "![Seconds of create, no change, refresh and destroy against the number of resources](performance.svg)",
    "",
    ...groupsIn(lives).flatMap(({ resources, latency }) => group(lives, resources, latency)),
    "## Start of a provider process",
    "",
    ...startOf(starts),
    "## Targets",
    "",
    ...table(["target", "measured", ""], targets(of, starts)),
  ].join("\n");
}

/** @param {Life[]} lives @param {number} resources @param {number} latency */
function group(lives, resources, latency) {
  const names = Object.keys(programs);
  const figures = Object.fromEntries(
    names.map((name) => [name, new Figures(lives, name, resources, latency)]),
  );
  const shown = names.filter((name) => figures[name].rounds > 0);
  const { ours, floor } = figures;
  const row = (
    /** @type {string} */ title,
    /** @type {(one: Figures) => number | undefined} */ value,
    digits = 1,
  ) => [
    title,
    ...shown.map((name) => text(value(figures[name]), digits)),
    text(ratio(value(ours), value(floor)), 2),
  ];
  const rounds = Math.max(...shown.map((name) => figures[name].rounds));
  return [
    `## ${resources} Flex Flows, ${latency === 0 ? "answers at once" : `answers after ${latency} ms`}`,
    "",
    ...table(
      [
        rounds === 1 ? "one round" : `${rounds} rounds`,
        ...shown.map((name) => programs[name].title),
        "ratio",
      ],
      [
        ...operations.map((operation) => row(`${operation}, s`, (one) => one.seconds(operation))),
        [
          "requests",
          ...shown.map((name) =>
            operations.map((operation) => text(figures[name].calls(operation), 0)).join(", "),
          ),
          "",
        ],
        row("state, bytes each", (one) => ratio(one.state(), resources), 0),
        row("without places, bytes", (one) => ratio(one.unplaced(), resources), 0),
        row("memory, MB", (one) => one.memory(), 0),
      ],
    ),
  ];
}

/** @param {import("./start.mjs").Start[]} starts */
function startOf(starts) {
  if (starts.length === 0) return ["Not measured.", ""];
  const of = (/** @type {keyof import("./start.mjs").Start} */ key) =>
    text(median(starts.map((one) => one[key])), 0);
  return [
    `After Pulumi's own part is loaded (${of("emptyMb")} MB), it takes ${of("checkedMs")} ms until a first check is answered and ${of("askedMs")} ms until a first request is, of`,
    `which the processor is busy for ${of("busyMs")} ms: the rest is waiting, also for other programs. Then the process has ${of("readyMb")} MB. Median of ${starts.length} processes.`,
    "",
  ];
}

/** @param {(program: string, resources?: number, latency?: number) => Figures} of @param {import("./start.mjs").Start[]} starts */
function targets(of, starts) {
  const [floor, ours, without] = [of("floor"), of("ours"), of("without")];
  /** @type {(name: string, value: number | undefined, limit: number, digits?: number) => string[]} */
  const at = (name, value, limit, digits = 2) => [
    name,
    text(value, digits),
    value === undefined ? "not measured" : value <= limit ? "met" : "missed",
  ];
  const part = (/** @type {Figures} */ one, /** @type {Figures} */ to, /** @type {string} */ operation) =>
    ratio(one.seconds(operation), to.seconds(operation));
  const slowFloor = of("floor", 400, 100).seconds("create") ?? floor.seconds("create");
  const slow = ratio(
    of("ours", 400, 100).seconds("create"),
    slowFloor && Math.max(slowFloor, (400 * 0.1) / 10),
  );
  return [
    at("no change of 400 ≤ 1.1 × floor", part(ours, floor, "no change"), 1.1),
    at("requests of no change = 0", ours.calls("no change"), 0, 0),
    at("create of 400 ≤ 1.2 × floor", part(ours, floor, "create"), 1.2),
    at("destroy of 400 ≤ 1.2 × floor", part(ours, floor, "destroy"), 1.2),
    at("refresh of 1000 ≤ 1.1 × floor", part(of("ours", 1000), of("floor", 1000), "refresh"), 1.1),
    at("requests of a refresh of 1000 ≤ 24", of("ours", 1000).calls("refresh"), 24, 0),
    at("create of 400 without checkpoints ≤ 9 / 18.5 × floor", part(without, floor, "create"), 9 / 18.5),
    at("destroy of 400 without checkpoints ≤ 3 / 12.6 × floor", part(without, floor, "destroy"), 3 / 12.6),
    at("create of 400 with answers after 100 ms ≤ 1.15 × floor", slow, 1.15),
    at("state of a Flex Flow ≤ 2300 bytes", ratio(ours.state(), 400), 2300, 0),
    at("the same without places ≤ 2300 bytes", ratio(ours.unplaced(), 400), 2300, 0),
    at(
      "provider process ready ≤ 350 ms after an empty one",
      starts.length === 0 ? undefined : median(starts.map((one) => one.askedMs)),
      350,
      0,
    ),
    at("memory at 1000 ≤ 130 MB", of("ours", 1000).memory(), 130, 0),
  ];
}

// @ts-check
/** See `help` below. */
import { appendFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isJob, run } from "./pipeline/jobs.mjs";

const help = `node pipeline.mjs <job> [--stack <name>] [--out <file>]

  preview   what \`up\` would do, changes made by hand included. Changes nothing
  up        makes the account match the program, changes made by hand included
  drift     what was changed by hand since the last \`up\`. Changes nothing

  --stack <name>   default: PULUMI_STACK. The stack must be there: pulumi stack init <name>
  --out <file>     writes the report there too; with GITHUB_STEP_SUMMARY set, it is also added to that file
  --help

The report is Markdown on stdout; progress is on stderr. Credentials and backend are taken from the environment.

Exit codes
  0   done. For drift: nothing was changed by hand
  1   an error, which the report says in one line. For drift: it is not known whether anything was changed
  2   drift only: something was changed by hand, and the report says what
`;

process.exitCode = await main();

async function main() {
  const refused = (/** @type {string} */ reason) => {
    process.stderr.write(`${reason}\n\n${help}`);
    return 1;
  };
  const options = readOptions();
  if (typeof options === "string") return refused(options);
  const { values, positionals } = options;
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const [job, ...rest] = positionals;
  if (!isJob(job) || rest.length > 0) return refused("Give one job: preview, up or drift.");
  const stack = values.stack ?? process.env.PULUMI_STACK;
  if (!stack) return refused("Which stack? Give --stack <name> or set PULUMI_STACK.");

  const { report, exitCode } = await run(job, {
    stackName: stack,
    workDir: fileURLToPath(new URL(".", import.meta.url)),
    signal: interrupted(),
  });
  process.stdout.write(report);
  if (values.out) writeFileSync(values.out, report);
  const summary = process.env.GITHUB_STEP_SUMMARY;
  if (summary) appendFileSync(summary, `${report}\n`);
  return exitCode;
}

/** The command's options, or why they cannot be read. */
function readOptions() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { stack: { type: "string" }, out: { type: "string" }, help: { type: "boolean" } },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * A job that is ended lets the engine finish what it is at and give back the stack's lock, and still has its report.
 * Ctrl-C reaches the engine by itself, and a second one would end it at once: that is not passed on.
 */
function interrupted() {
  const controller = new AbortController();
  // Not once: Pulumi's library would take itself for the last listener, and end the process.
  process.on("SIGTERM", () => controller.abort());
  process.on("SIGINT", () => process.stderr.write("- waiting for the engine\n"));
  return controller.signal;
}

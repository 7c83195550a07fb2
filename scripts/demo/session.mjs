import { fileURLToPath } from "node:url";
import { run } from "../run.mjs";
import { countsIn, worthReading } from "./engine-output.mjs";
import { printCommand, printOutput } from "./terminal.mjs";

const command = fileURLToPath(new URL("../../bin/pulumi-twilio-flex.js", import.meta.url));

/** The CLI as a user drives it, on the screen. */
export class Session {
  /** @param {import("./project.mjs").Project} project */
  constructor(project) {
    this.project = project;
  }

  /**
   * Runs a command and shows of its output what is worth reading.
   *
   * @param {string[]} words as a user would type them
   * @returns what happened to how many resources
   */
  async run(...words) {
    printCommand(["pulumi", ...words].join(" "));
    const isWorthReading = worthReading();
    const output = await this.project.pulumi(words, (line) => {
      if (isWorthReading(line)) printOutput(line);
    });
    return countsIn(output);
  }

  /** The stack's outputs: where each channel leads to, in words. */
  async showRoutes() {
    printCommand("pulumi stack output");
    const outputs = JSON.parse(await this.project.pulumi(["stack", "output", "--json"]));
    for (const route of Object.values(outputs).flatMap(routesIn))
      printOutput(route.replaceAll(" → ", "\n      → "));
  }

  /** Follows a message to each of these addresses, or to all; fails where `trace` reports an error. */
  async trace(/** @type {string[]} */ ...addresses) {
    printCommand(["npx pulumi-twilio-flex trace", ...addresses].join(" "));
    const onLine = printOutput;
    await run(process.execPath, [command, "trace", ...addresses], { env: this.project.env, onLine });
  }
}

/** The message paths that an output describes. @returns {string[]} */
function routesIn(/** @type {unknown} */ output) {
  if (typeof output === "object" && output !== null) return Object.values(output).flatMap(routesIn);
  return typeof output === "string" && output.includes(" → ") ? [output] : [];
}

/** What must be true for the demo to go on. */
export function expect(/** @type {boolean} */ holds, /** @type {string} */ otherwise) {
  if (!holds) throw new Error(otherwise);
}

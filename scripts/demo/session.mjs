import { countsIn, worthReading } from "./engine-output.mjs";
import { printCommand, printOutput } from "./terminal.mjs";

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
    /** @type {Record<string, string>} */
    const outputs = JSON.parse(await this.project.pulumi(["stack", "output", "--json"]));
    for (const route of [outputs.smsRoute, outputs.whatsAppRoute])
      printOutput(route.replaceAll(" → ", "\n      → "));
    return outputs;
  }
}

/** What must be true for the demo to go on. */
export function expect(/** @type {boolean} */ holds, /** @type {string} */ otherwise) {
  if (!holds) throw new Error(otherwise);
}

// @ts-check
import { labelOf } from "./changes.mjs";
import { oneLine } from "./markdown.mjs";

/**
 * @typedef {import("@pulumi/pulumi/automation/index.js").EngineEvent} EngineEvent
 * @typedef {import("./secrets.mjs").Mask} Mask
 */

const everyMs = 10_000;
const done = new Map([
  ["create", "created"],
  ["update", "changed"],
  ["create-replacement", "replaced"],
  ["delete", "deleted"],
]);

/** Tells on stderr how far a job is: each change as it is made, each warning, and a sign of life every ten seconds. */
export class Progress {
  #started = Date.now();
  #steps = 0;
  /** @param {string} doing @param {Mask} mask */
  constructor(doing, mask) {
    this.mask = mask;
    this.doing = doing;
    this.say(doing);
    this.timer = setInterval(
      () => this.say(`${doing}: ${this.#seconds()}, ${this.#steps} steps done`),
      everyMs,
    );
  }

  /** @param {EngineEvent} event */
  see({ resOutputsEvent, diagnosticEvent }) {
    if (diagnosticEvent?.severity === "warning" || diagnosticEvent?.severity === "error") {
      for (const line of diagnosticEvent.message.trim().split("\n"))
        this.say(`${diagnosticEvent.severity}: ${line}`);
    }
    if (!resOutputsEvent) return;
    this.#steps += 1;
    const { metadata, planning } = resOutputsEvent;
    const what = done.get(metadata.op);
    const { type, name } = labelOf(metadata);
    if (what && !planning) this.say(`${what} ${type} ${name}`);
  }

  end() {
    clearInterval(this.timer);
    this.say(`${this.doing}: ended after ${this.#seconds()}`);
  }

  /** One line, whose beginning is ours: a runner takes `::` there for a command. @param {string} text */
  say(text) {
    process.stderr.write(`- ${oneLine(this.mask(text))}\n`);
  }

  #seconds() {
    return `${Math.round((Date.now() - this.#started) / 1000)} s`;
  }
}

import { bold, dim, inSeconds, print } from "./terminal.mjs";

/** A series of titled steps, numbered and timed. */
export class Steps {
  /** @type {{ title: string, ms: number }[]} */
  #done = [];
  #started = Date.now();

  /**
   * @template Result
   * @param {string} title
   * @param {() => Result | Promise<Result>} run
   * @returns {Promise<Result>}
   */
  async step(title, run) {
    const started = Date.now();
    print();
    print(bold(`${this.#done.length + 1}. ${title}`));
    const result = await run();
    this.#done.push({ title, ms: Date.now() - started });
    return result;
  }

  summary() {
    print();
    print(bold("In short"));
    for (const { title, ms } of this.#done) print(`  ${inSeconds(ms).padStart(7)}  ${title}`);
    print(dim(`  ${inSeconds(Date.now() - this.#started).padStart(7)}  in all`));
  }
}

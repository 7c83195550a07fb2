import { connect } from "node:http2";
import { Refusal } from "../values/errors";

/**
 * Knows whether the engine that started this process is still there: a connection to it, on which nothing is sent, ends
 * with it. A process that outlives its engine would go on writing what nobody keeps in a state.
 */
export class EngineWatch {
  readonly #met: Promise<boolean>;
  #isGone = false;

  /** Where nothing listens at the address, as in tests of the host, there is nothing to lose. `lost` is called once. */
  constructor(address: string, lost: () => void) {
    this.#met = new Promise((resolve) => {
      if (!/^[\w.[\]:-]+:\d+$/.test(address)) return resolve(false);
      const connection = connect(`http://${address}`);
      connection.unref();
      connection.on("error", () => resolve(false));
      connection.once("connect", () => {
        resolve(true);
        connection.once("close", () => {
          this.#isGone = true;
          lost();
        });
      });
    });
  }

  /** Rejects once the engine is gone. */
  async proceed(): Promise<void> {
    await this.#met;
    // So that a busy process hears of it first.
    await new Promise(setImmediate);
    if (this.#isGone)
      throw new Refusal("the engine that this process works for has ended; nothing more is sent");
  }
}

import { setTimeout as pause } from "node:timers/promises";
import { ApiError, Refusal, unlessGone } from "../values/errors";
import { pick, type Values } from "../values/values";
import { nameOf, titled, withHint } from "./frame";
import type { Session } from "./life";
import type { Model } from "./model";

const attempts = 10;

/** Deletes an object, unless the guards of its class are against it. */
export class Deletion<A, Params extends object, Answer> {
  constructor(private readonly model: Model<A, Params, Answer>) {}

  async run(session: Session, id: string, state: Values): Promise<void> {
    const mayLose = state.deleteData === true || session.run.mayLose.has(this.identity(session, state));
    for (const guard of this.model.definition.guards ?? []) {
      const kept = await guard.delete?.(session.api, { id, state, mayLose });
      if (kept === undefined) continue;
      if ("refused" in kept) throw new Refusal(kept.refused);
      session.warn(`${titled(this.model.kind, state, id)}: ${kept.left}`);
      return;
    }
    await this.#remove(session, id);
  }

  /** What a resource is known by from one run to the next, without its URN, which the host keeps to itself. */
  identity(session: Session, values: Values): string {
    const fixed = pick(this.model.declared(values), this.model.kind.createOnly);
    return JSON.stringify([session.account, this.model.kind.label, nameOf(values), fixed]);
  }

  /**
   * What uses the object may be about to go in the same destroy: a worker is in an activity without the engine knowing.
   * As long as others use it than the time before, it is tried again.
   */
  async #remove({ api }: Session, id: string): Promise<void> {
    const { usedBy } = this.model.definition;
    let last: string | null | undefined = null;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await unlessGone(this.model.definition.delete(api, id));
        return;
      } catch (error) {
        if (!usedBy || !(error instanceof ApiError) || error.lost) throw error;
        const users = await unlessGone(usedBy(api, id));
        if (users === last || attempt === attempts) throw users ? withHint(error, users) : error;
        last = users;
        await pause(1500);
      }
    }
  }
}

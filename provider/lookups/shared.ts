import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import type { AccountSession } from "../life/life";

/** An answer that the lookups of a program share, as one of them has got it. */
interface Answered<Answer> {
  readonly answer: Answer;
  /** Whether it was asked for after that lookup began, so that it shows all that was written before. */
  readonly isCurrent: boolean;
}

/**
 * A request that the lookups of one run of a program share. It is sent a moment after the first of them, so that lookups
 * which a program makes side by side all get an answer that is as new as their own would be.
 */
export class Shared<Answer> {
  readonly #asked = new WeakMap<AccountSession, { answer: Promise<Answer>; isSent: boolean }>();

  constructor(private readonly ask: (session: AccountSession) => Promise<Answer>) {}

  async of(session: AccountSession): Promise<Answered<Answer>> {
    const asked = this.#asked.get(session) ?? this.#send(session);
    // A preview writes nothing.
    const isCurrent = !asked.isSent || pulumi.runtime.isDryRun();
    return { answer: await asked.answer, isCurrent };
  }

  #send(session: AccountSession) {
    const asked = { answer: setImmediate().then(() => this.#now(session)), isSent: false };
    this.#asked.set(session, asked);
    return asked;
  }

  #now(session: AccountSession): Promise<Answer> {
    const asked = this.#asked.get(session);
    if (asked) asked.isSent = true;
    return this.ask(session);
  }
}

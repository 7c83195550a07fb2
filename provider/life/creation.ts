import { ApiError, ForeignAnswer, isLost, messageOf, Refusal } from "../values/errors";
import type { Args, Wire } from "../values/values";
import { type Existing, isSince } from "./existing";
import { claimOf } from "./frame";
import type { Session } from "./life";
import type { Model } from "./model";

const attempts = 4;

const clocksMs = 60_000;

/**
 * When to look for what may still be under way, in milliseconds from one look to the next. In all a minute, beside the one
 * that the request itself had.
 */
const looks = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/** Nobody knows what became of a create: its answer is lost, and so far it could not be looked up for certain. */
export class Doubtful extends Error {
  constructor(
    message: string,
    /** The beginning of the first request, by the server's clock. */
    readonly since: Date,
    readonly sent: Wire,
  ) {
    super(message);
  }
}

/** Makes an object once, whatever happens to the answer. */
export class Creation<A, Params extends object, Answer> {
  constructor(
    private readonly model: Model<A, Params, Answer>,
    private readonly existing: Existing<A, Params, Answer>,
  ) {}

  async run(session: Session, args: Args, sent: Wire): Promise<Answer> {
    return this.#make(session, args, await this.#chosen(session, args, sent));
  }

  async #chosen(session: Session, args: Args, sent: Wire): Promise<Wire> {
    const { choose } = this.model.definition;
    if (!choose) return sent;
    const { leaving, chosen } = session.run;
    const isLeaving = (id: string) => leaving.has(claimOf(session, id));
    const others = { isLeaving, chosen };
    const settled = await choose(session.api, this.model.params(sent), this.model.typed(args), others);
    return Object.fromEntries(Object.entries(settled));
  }

  /** One object, once: a lost answer is looked for before the request is repeated. */
  async #make(session: Session, args: Args, sent: Wire): Promise<Answer> {
    const started = new Date();
    const { create } = this.model.definition;
    let isAnyLost = false;
    for (let attempt = 1; ; attempt += 1) {
      let failure: ApiError | ForeignAnswer;
      try {
        const answer = await create(session.once, this.model.params(sent), this.model.typed(args));
        return await this.#ours(session, args, sent, answer, started);
      } catch (error) {
        if (!isLost(error)) {
          // What is refused as a duplicate may be what an earlier request has made.
          const made = isAnyLost
            ? await this.#find(session, args, sent, started, messageOf(error))
            : undefined;
          if (made !== undefined) return made;
          throw await this.#refused(session, args, sent, error);
        }
        failure = error;
      }
      const reach = failure instanceof ApiError ? failure.reach : undefined;
      if (reach === "unsent" && !isAnyLost) await session.run.pause(500 * attempt);
      else {
        isAnyLost = true;
        const isUnderWay = reach === "underWay" && !this.model.definition.duplicate;
        for (const pause of isUnderWay ? looks : [500 * attempt]) {
          await session.run.pause(pause);
          const made = await this.#find(session, args, sent, started, failure.message);
          if (made !== undefined) return made;
        }
        // Nothing would refuse the second one of two.
        if (isUnderWay) throw new Doubtful(unknownStill(failure.message), session.serverTime(started), sent);
      }
      if (attempt === attempts) throw failure;
    }
  }

  async #refused(session: Session, args: Args, sent: Wire, error: unknown): Promise<unknown> {
    if (!(error instanceof ApiError)) return error;
    const isDuplicate =
      error.status === 409 || this.model.definition.duplicate?.some((code) => code === error.code);
    return isDuplicate
      ? this.existing.duplicate(session, args, sent, error)
      : this.existing.obstacle(session, args, error);
  }

  /**
   * What the answer is about, as long as it is what was made here. One that is older, another resource's, or not as it was
   * sent may be the answer to somebody else.
   */
  async #ours(session: Session, args: Args, sent: Wire, answer: Answer, started: Date): Promise<Answer> {
    const isTaken = this.#isOwned(session, answer);
    const isOther = this.model.missing(sent, answer).length > 0;
    const created = this.model.definition.createdAt(answer);
    const isOlder = (by: number) =>
      created !== null && !isSince(created, new Date(session.serverTime(started).getTime() - by));
    // The clocks behind one API need not agree to the second.
    if (!isTaken && !isOther && !isOlder(clocksMs)) return answer;
    const made = await this.#find(session, args, sent, started, notTheAnswer);
    if (made !== undefined) return made;
    if (isTaken || (isOther && isOlder(0))) throw new ApiError(notTheAnswer);
    return answer;
  }

  /** The one object that was made as it was sent, if there is one. Where that cannot be told, the create is in doubt. */
  async #find(
    session: Session,
    args: Args,
    sent: Wire,
    started: Date,
    failure: string,
  ): Promise<Answer | undefined> {
    try {
      return await this.existing.since(session, args, sent, () => session.serverTime(started));
    } catch (error) {
      const areSeveral = error instanceof Refusal && !(error instanceof ForeignAnswer);
      const text = areSeveral
        ? error.message
        : unknownStill(`${failure}. Looked for it: ${messageOf(error)}`);
      throw new Doubtful(text, session.serverTime(started), sent);
    }
  }

  #isOwned(session: Session, answer: Answer): boolean {
    return session.run.owned.has(claimOf(session, this.model.id(answer)));
  }
}

const notTheAnswer = "the answer is not about what was created";

const unknownStill = (why: string): string =>
  `${why}. Whether it was made is not known: the next up or refresh looks for it first, and destroy deletes what it finds`;

import { setTimeout as pause } from "node:timers/promises";
import { ApiError } from "../values/errors";
import type { Args, Wire } from "../values/values";
import type { Existing } from "./existing";
import { claimOf } from "./frame";
import type { Session } from "./life";
import type { Model } from "./model";

const attempts = 4;

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
    for (let attempt = 1; ; attempt += 1) {
      const started = new Date();
      try {
        return await this.model.definition.create(
          session.once,
          this.model.params(sent),
          this.model.typed(args),
        );
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.status === 409 || this.model.definition.duplicate?.some((code) => code === error.code)) {
          throw await this.existing.duplicate(session, args, sent, error);
        }
        if (!error.lost) throw await this.existing.obstacle(session, args, error);
        await pause(500 * attempt);
        const made = await this.existing.equal(session, args, sent, (answer) => {
          const created = this.model.definition.createdAt(answer);
          return created !== null && created.getTime() >= wholeSecond(session.serverTime(started));
        });
        if (made !== undefined) return made;
        if (attempt === attempts) throw error;
      }
    }
  }
}

/** Twilio's dates have whole seconds. */
const wholeSecond = (moment: Date): number => Math.floor(moment.getTime() / 1000) * 1000;

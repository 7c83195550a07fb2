import { HalfMade, Refusal, unlessGone } from "../values/errors";
import type { Args, Values, Wire } from "../values/values";
import type { Adoption } from "./adoption";
import { type Existing, isSince } from "./existing";
import { changedCreateOnly, claimOf, resourceKey, titled } from "./frame";
import type { Session } from "./life";
import type { Model } from "./model";
import type { ObjectState, Origin } from "./objectState";

/** An object that a run which was cut off has made. */
interface Leftover<Answer> {
  readonly answer: Answer;
  readonly origin: Origin;
}

/** What runs that were cut off have made and could not write down. */
export class Leftovers<A, Params extends object, Answer> {
  constructor(
    private readonly model: Model<A, Params, Answer>,
    private readonly existing: Existing<A, Params, Answer>,
    private readonly states: ObjectState<A, Params, Answer>,
    private readonly adoption: Adoption<A, Params, Answer>,
  ) {}

  /** The object that was made for this resource, if there is one. */
  async take(
    session: Session,
    inputs: Values,
    args: Args,
    sent: Wire,
  ): Promise<Leftover<Answer> | undefined> {
    const { holders, owned } = session.run;
    const isFree = (answer: Answer) => {
      const claim = claimOf(session, this.model.id(answer));
      return !holders.has(claim) && !owned.has(claim);
    };
    const answer =
      (await this.#noted(session, isFree)) ?? (await this.#alike(session, inputs, args, sent, isFree));
    // Creates run side by side: another one may have taken it while this one was looking.
    if (answer === undefined || !isFree(answer)) return undefined;
    const id = this.model.id(answer);
    const origin = this.adoption.claim(session, answer, false);
    session.say(`${titled(this.model.kind, inputs, id)} was made by a run that was cut off, and is taken`);
    const { unseen = [] } = this.model.definition;
    const fixed = changedCreateOnly(this.model.kind, this.model.live(answer), args).filter(
      (key) => args[key] !== undefined && !unseen.some((other) => other === key),
    );
    if (fixed.length === 0) return { answer, origin };
    throw new HalfMade(
      `a run that was cut off has made it with another ${fixed.join(", ")}; the next up replaces it`,
      id,
      this.states.of(session, inputs, args, answer, origin).state,
    );
  }

  /** What the journal names. */
  async #noted(session: Session, isFree: (answer: Answer) => boolean): Promise<Answer | undefined> {
    for (const { id } of session.cutOff?.creates ?? []) {
      if (id === undefined) continue;
      const answer = await unlessGone(this.model.definition.read(session.api, id));
      if (answer !== undefined && isFree(answer)) return answer;
    }
    return undefined;
  }

  /** One that equals the declaration and, where it is only known that a create was under way, was made since. */
  async #alike(
    session: Session,
    inputs: Values,
    args: Args,
    sent: Wire,
    isFree: (answer: Answer) => boolean,
  ): Promise<Answer | undefined> {
    const { cutOff } = session;
    // What was there before may be equal too, and is adopted then.
    if (session.recover && inputs.adopt !== "ifThere") {
      const equal = await this.existing.equal(session, args, sent, isFree);
      const isUncertain = session.run.withUnknownNamesakes.has(resourceKey(session, this.model.kind, inputs));
      if (equal !== undefined && isUncertain) throw new Refusal(maybeAnothers(this.model.sid(equal)));
      return equal;
    }
    const begun = (cutOff?.creates ?? []).filter(({ id }) => id === undefined).map(({ at }) => at);
    if (cutOff === undefined || begun.length === 0) return undefined;
    return this.existing.equal(session, args, sent, (answer) => {
      const since = session.serverTime(new Date(Math.min(...begun)));
      const isNew = isSince(this.model.definition.createdAt(answer), since);
      return isNew && isFree(answer) && !cutOff.isAccountedFor(this.model.id(answer));
    });
  }
}

const maybeAnothers = (sid: string): string =>
  `${sid} equals the declaration, but may belong to another resource of the same name: an older version wrote the state, which does not say what that one has. Run pulumi refresh, and then up again`;

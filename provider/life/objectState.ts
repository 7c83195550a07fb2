import { HalfMade } from "../values/errors";
import { type Args, toValues, type Values, type Wire } from "../values/values";
import { claimOf, companions, didNotTake } from "./frame";
import { type Memory, memoryIn } from "./giveBack";
import type { Kept, Session } from "./life";
import type { Model } from "./model";
import { baselineOf, observed } from "./wire";

/** How an object came to be the program's own. */
export type Origin = {
  readonly adopted: boolean;
  readonly __claim?: string;
  /** The id of an adopted object, for another resource that comes in the place of this one. */
  readonly __target?: string;
} & Partial<Memory>;

export const fresh: Origin = { adopted: false };

export const originOf = (state: Values): Origin => ({
  adopted: state.adopted === true,
  ...(typeof state.__claim === "string" && { __claim: state.__claim }),
  ...(typeof state.__target === "string" && { __target: state.__target }),
  ...(state.adopted === true && memoryIn(state)),
});

/** What the engine keeps of an object after a write. */
export class ObjectState<A, Params extends object, Answer> {
  constructor(private readonly model: Model<A, Params, Answer>) {}

  of(session: Session, inputs: Values, args: Args, answer: Answer, origin: Origin): Kept {
    const live = this.model.live(answer);
    const baseline = baselineOf(this.model.mapping, this.model.wire(args), this.model.wire(live));
    const declared = { ...observed(this.model.mapping, args, live, baseline), ...this.model.unseen(args) };
    const state = {
      ...companions(session, inputs),
      ...this.model.outputs(declared, live),
      ...this.model.computed(answer),
      ...origin,
      baseline,
    };
    const id = this.model.id(answer);
    session.run.looks.note(id);
    session.run.owned.add(claimOf(session, id));
    return { id, state: toValues(state) };
  }

  /** The same, once the answer shows all that was sent. */
  proved(session: Session, inputs: Values, args: Args, sent: Wire, answer: Answer, origin: Origin): Kept {
    const kept = this.of(session, inputs, args, answer, origin);
    const missing = this.model.missing(sent, answer);
    if (missing.length > 0) throw new HalfMade(didNotTake(missing), kept.id, kept.state);
    return kept;
  }
}

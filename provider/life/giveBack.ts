import { isRefused, messageOf, unlessGone } from "../values/errors";
import { maskedIn } from "../values/secrets";
import {
  hashed,
  isRecord,
  omit,
  pick,
  toValue,
  toValues,
  type Value,
  type Values,
  type Wire,
} from "../values/values";
import { titled } from "./frame";
import type { Session } from "./life";
import type { Model } from "./model";
import { backByPieces } from "./pieces";
import { either, listed, signOf, signsOf } from "./signs";
import { changes, irremovable } from "./wire";

/** What an adopted object held before this stack changed it, and how it goes back to that. */
export interface Memory {
  /** Each parameter that this stack has changed, as it was at the adoption; null where there was nothing. */
  readonly previous: Values;
  /**
   * Each parameter that this stack declares or has changed, as the last write left it, hashed: as long as it is so, it
   * is ours to put back. A list where the answer of that write was lost: what it sent, and what was there before.
   */
  readonly __wrote: Values;
}

export const memoryIn = ({ previous, __wrote }: Values): Memory => ({
  previous: isRecord(previous) ? toValues(previous) : {},
  __wrote: isRecord(__wrote) ? toValues(__wrote) : {},
});

export class GiveBack<A, Params extends object, Answer> {
  constructor(private readonly model: Model<A, Params, Answer>) {}

  /**
   * The parameters that a write changes for the first time. What is only put back from where somebody has moved it, to
   * what it was at the adoption or to what the last write left, is not changed by this stack.
   */
  fresh({ previous, __wrote }: Memory, changed: Wire, declared: Wire): string[] {
    const isRepaired = (key: string) => listed(__wrote[key]).includes(signOf(changed, key));
    return Object.keys(changed).filter(
      (key) => !(key in previous) && (key in declared || key in __wrote) && !isRepaired(key),
    );
  }

  /** The memory with what these parameters held. Of a union, what belonged to its other members goes with them. */
  remember({ previous, __wrote }: Memory, keys: readonly string[], held: Wire): Memory {
    const isOfUnion = (key: string) => this.#isOfUnion(key);
    const besides = keys.some(isOfUnion) ? Object.keys(held).filter(isOfUnion) : [];
    const all = [...new Set([...keys, ...besides])].filter((key) => !(key in previous));
    const before = all.map((key): [string, Value] => [key, toValue(held[key]) ?? null]);
    return { previous: { ...previous, ...Object.fromEntries(before) }, __wrote };
  }

  /** The memory after a write with this answer, or where none was needed. */
  wrote({ previous }: Memory, declared: Wire, answer: Answer): Memory {
    const keys = Object.keys({ ...previous, ...declared });
    return { previous, __wrote: signsOf(this.model.liveWire(answer), keys) };
  }

  /** The memory after a change of the declaration that is none to Twilio. */
  declares({ previous, __wrote }: Memory, declared: Wire): Memory {
    const kept = pick(__wrote, Object.keys(previous));
    return { previous, __wrote: toValues({ ...signsOf(declared, Object.keys(declared)), ...kept }) };
  }

  /** The memory of a write of which nobody knows whether it was carried out. */
  sent({ previous, __wrote }: Memory, sent: Wire): Memory {
    const keys = Object.keys(sent);
    const before = signsOf(pick(previous, keys), Object.keys(pick(previous, keys)));
    return { previous, __wrote: either({ ...before, ...__wrote }, signsOf(sent, keys)) };
  }

  /** Puts back what is still as this stack left it. Where that is refused, it stays, and destroy goes on. */
  async run(session: Session, id: string, state: Values): Promise<void> {
    const { previous, __wrote } = memoryIn(state);
    const changed = Object.keys(previous).filter((key) =>
      listed(__wrote[key]).some((sign) => sign !== hashed(previous[key] ?? null)),
    );
    if (changed.length === 0) return;
    const answer = await unlessGone(this.model.definition.read(session.api, id));
    if (answer === undefined) return;
    const live = this.model.liveWire(answer);
    const ours = changed.filter((key) => listed(__wrote[key]).includes(signOf(live, key)));
    // A run before this one may have got as far as these.
    const isBack = (key: string) => signOf(live, key) === hashed(previous[key] ?? null);
    const others = changed.filter((key) => !ours.includes(key) && !isBack(key));
    if (others.length > 0)
      this.#warn(session, id, state, `${others.join(", ")}: no longer as declared here; it stays as it is`);
    const emptied = ours.filter((key) => previous[key] === null);
    const before: Wire = {
      ...omit(live, emptied),
      ...pick(
        previous,
        ours.filter((key) => previous[key] !== null),
      ),
    };
    for (const reason of irremovable(this.model.mapping, live, before))
      this.#warn(session, id, state, reason);
    const back = omit(changes(this.model.mapping, live, before, {}), this.model.kind.createOnly);
    if (Object.keys(back).length === 0) return;
    try {
      await this.model.writeInPlace(session, id, back, this.model.live(answer));
    } catch (error) {
      if (!isRefused(error)) throw error;
      const [parent = ""] = id.split("/");
      const pieces = this.#together(Object.keys(back)).map((keys) => ({
        what: keys.join(", "),
        wire: pick(back, keys),
      }));
      await backByPieces(session, pieces, {
        kind: this.model.kind,
        parent,
        write: (wire) => this.model.writeInPlace(session, id, wire, this.model.live(answer)),
        gone: ({ what }, reason) =>
          this.#warn(
            session,
            id,
            state,
            `${what}: what was there before cannot be put back, so it stays as it is: ${messageOf(reason)}`,
          ),
        former: ({ wire }) => JSON.stringify(maskedIn(wire)),
      });
    }
  }

  /** The parameters of a union go together, each of the others by itself. */
  #together(keys: string[]): string[][] {
    const ofUnion = keys.filter((key) => this.#isOfUnion(key));
    const rest = keys.filter((key) => !ofUnion.includes(key));
    return [...(ofUnion.length > 0 ? [ofUnion] : []), ...rest.map((key) => [key])];
  }

  #isOfUnion(key: string): boolean {
    const { union } = this.model.mapping;
    return union !== undefined && (key === union.on || key.startsWith(union.prefix));
  }

  #warn(session: Session, id: string, state: Values, text: string): void {
    session.warn(`${titled(this.model.kind, state, id)}: ${text}`);
  }
}

import { ApiError, messageOf, unlessGone } from "../values/errors";
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
import { baselineIn, type Model } from "./model";
import { changes, isHash, resting } from "./wire";

/** What an adopted object held before this stack changed it, and how it goes back to that. */
export interface Memory {
  /** Each parameter that this stack has changed, as it was at the adoption; null where there was nothing. */
  readonly previous: Values;
  /** What this stack wrote last in its place, hashed: as long as it is so, it is ours to put back. */
  readonly __wrote: Values;
}

export const nothingChanged: Memory = { previous: {}, __wrote: {} };

export const memoryIn = ({ previous, __wrote }: Values): Memory => ({
  previous: isRecord(previous) ? toValues(previous) : {},
  __wrote: isRecord(__wrote) ? toValues(__wrote) : {},
});

export class GiveBack<A, Params extends object, Answer> {
  constructor(private readonly model: Model<A, Params, Answer>) {}

  /**
   * The memory with what the declared parameters held at the adoption: what nobody has declared since is as it was then,
   * or is put back to it by this very update. `read` is asked where the state does not tell. Of a union, what belongs to
   * its other members goes with it.
   */
  async remember(memory: Memory, declared: Wire, state: Values, read: () => Promise<Wire>): Promise<Memory> {
    const fresh = Object.keys(declared).filter((key) => !(key in memory.previous));
    if (fresh.length === 0) return memory;
    const baseline = baselineIn(state);
    const told = (key: string) => {
      const value = resting(this.model.mapping, baseline, key);
      return isHash(value) || this.#isOfUnion(key) ? undefined : value;
    };
    const isTold = fresh.every((key) => told(key) !== undefined);
    const there = isTold ? {} : await read();
    const besides = fresh.some((key) => this.#isOfUnion(key))
      ? Object.keys(there).filter((key) => this.#isOfUnion(key))
      : [];
    const keys = [...new Set([...fresh, ...besides])].filter((key) => !(key in memory.previous));
    const held: Wire = Object.fromEntries(keys.map((key) => [key, told(key) ?? there[key]]));
    return this.#with(memory, held, keys);
  }

  /** The memory of an adoption, with what the declared parameters hold now. */
  found(memory: Memory, declared: Wire, there: Wire): Memory {
    const isUnion = Object.keys(declared).some((key) => this.#isOfUnion(key));
    const besides = isUnion ? Object.keys(there).filter((key) => this.#isOfUnion(key)) : [];
    const keys = [...new Set([...Object.keys(declared), ...besides])];
    return this.#with(
      memory,
      there,
      keys.filter((key) => !(key in memory.previous)),
    );
  }

  #with({ previous, __wrote }: Memory, held: Wire, keys: readonly string[]): Memory {
    const before = keys.map((key): [string, Value] => [key, toValue(held[key]) ?? null]);
    const signs = keys.map((key): [string, Value] => [key, signOf(held, key)]);
    return {
      previous: { ...previous, ...Object.fromEntries(before) },
      __wrote: { ...__wrote, ...Object.fromEntries(signs) },
    };
  }

  /** The memory after a write with this answer. */
  wrote({ previous }: Memory, answer: Answer): Memory {
    const live = this.model.liveWire(answer);
    const signs = Object.keys(previous).map((key): [string, Value] => [key, signOf(live, key)]);
    return { previous, __wrote: Object.fromEntries(signs) };
  }

  /** The memory of a write whose answer is not known, as if it was carried out. */
  sent({ previous, __wrote }: Memory, sent: Wire): Memory {
    const signs = Object.keys(sent).map((key): [string, Value] => [key, signOf(sent, key)]);
    return { previous, __wrote: { ...__wrote, ...Object.fromEntries(signs) } };
  }

  /** Puts back what is still as this stack left it. Where that is refused, it stays, and destroy goes on. */
  async run(session: Session, id: string, state: Values): Promise<void> {
    const { previous, __wrote } = memoryIn(state);
    if (Object.keys(previous).length === 0) return;
    const answer = await unlessGone(this.model.definition.read(session.api, id));
    if (answer === undefined) return;
    const live = this.model.liveWire(answer);
    const ours = Object.keys(previous).filter((key) => signOf(live, key) === __wrote[key]);
    const others = Object.keys(previous).filter((key) => !ours.includes(key));
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
    const back = omit(changes(this.model.mapping, live, before, {}), this.model.kind.createOnly);
    if (Object.keys(back).length === 0) return;
    try {
      await this.model.writeInPlace(session, id, back, this.model.live(answer));
    } catch (error) {
      if (!(error instanceof ApiError) || error.lost || [401, 403, 429].includes(error.status ?? 0))
        throw error;
      const keys = Object.keys(back).join(", ");
      this.#warn(
        session,
        id,
        state,
        `${keys}: what was there before cannot be put back, so it stays as it is: ${messageOf(error)}`,
      );
    }
  }

  #isOfUnion(key: string): boolean {
    const { union } = this.model.mapping;
    return union !== undefined && (key === union.on || key.startsWith(union.prefix));
  }

  #warn(session: Session, id: string, state: Values, text: string): void {
    session.warn(`${titled(this.model.kind, state, id)}: ${text}`);
  }
}

const signOf = (wire: Wire, key: string): Value => hashed(toValue(wire[key]) ?? null);

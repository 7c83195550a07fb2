import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Declared } from "./args";
import type { SingletonDefinition, Wire } from "./definition";
import { ApiError, HalfMade, messageOf, Refusal } from "./errors";
import {
  argsOf,
  checkOffline,
  companions,
  didNotTake,
  guardAccount,
  type Kind,
  omit,
  pick,
  sameControls,
  step,
  titled,
  unlessGone,
} from "./frame";
import type { Checked, Difference, Kept, Life, Seen, Session } from "./life";
import { Turns } from "./turns";
import {
  containsUnknown,
  hashed,
  isRecord,
  leaves,
  masked,
  same,
  toValue,
  toValues,
  type Value,
  type Values,
  valueAt,
  withLeaf,
} from "./values";
import { refused } from "./wire";

/**
 * Which resource has set which facet in this process. A rename, a move or a forced replace makes the new resource
 * before it deletes the old one, or the other way round; the old one must then leave the facet alone.
 */
const setHere = new Map<string, string>();
const turns = new Turns();

type Args = Record<string, unknown>;

/** The life of facets of something that is always there: taken over, and given back on destroy. */
export class SingletonLife<A, Params extends object, Answer> implements Life {
  readonly #kind: Kind;

  constructor(
    private readonly definition: SingletonDefinition<A, Params, Answer>,
    schema: z.ZodObject,
  ) {
    const { label, rules = [] } = definition;
    this.#kind = { label, schema, rules, json: [], createOnly: [] };
  }

  async check(session: Session, was: Values, given: Values): Promise<Checked> {
    const checked = checkOffline(this.#kind, session, was, given);
    const { inputs, problems } = checked;
    if (problems.length > 0 || containsUnknown(inputs) || !session.online || inputs.onConflict !== "takeOver")
      return checked;
    const args = argsOf(this.#kind, inputs);
    const fresh = this.#facetsIn(args).filter((facet) => was[facet] === undefined);
    if (fresh.length === 0) return checked;
    try {
      const answer = await this.definition.find(session.api, this.#typed(args));
      for (const conflict of this.#conflicts(session, answer, args, fresh, inputs))
        session.warn(`taking over: ${conflict}`);
    } catch (error) {
      problems.push(session.redact(messageOf(error)));
    }
    return checked;
  }

  diff(id: string, state: Values, inputs: Values): Difference {
    const was = argsOf(this.#kind, state);
    const now = argsOf(this.#kind, inputs);
    const naming = this.definition.naming.filter((key) => containsUnknown(now[key]));
    const replaces = naming.length > 0 ? naming : this.definition.otherTarget(this.#typed(now), id, state);
    const account = String(state.accountSid);
    const changed =
      replaces.length > 0 ||
      containsUnknown(now) ||
      !sameControls(state, inputs) ||
      this.#allFacets().some(
        (facet) => !same(this.#wire(was, account, [facet]), this.#wire(now, account, [facet])),
      );
    return { changes: changed, replaces };
  }

  async create(session: Session, inputs: Values): Promise<Kept> {
    const args = argsOf(this.#kind, inputs);
    return step(session, `setting ${titled(this.#kind, inputs)}`, async () => {
      const since = turns.now;
      const found = await this.definition.find(session.api, this.#typed(args));
      const id = this.definition.id(found);
      const isStale = turns.stale(targetOf(session, id), since);
      return turns.take(targetOf(session, id), async () => {
        const now = isStale ? await this.definition.read(session.api, id) : found;
        const state = { __claim: randomUUID(), __target: id, previous: {} };
        return this.#take(session, now, inputs, args, this.#facetsIn(args), state);
      });
    });
  }

  async read(session: Session, id: string, state: Values): Promise<Seen | undefined> {
    guardAccount(session, state);
    return step(session, `reading ${titled(this.#kind, state, id)}`, async () => {
      const answer = await unlessGone(this.definition.read(session.api, id));
      if (answer === undefined) return undefined;
      const args = argsOf(this.#kind, state);
      const isFirst = state.accountSid === undefined;
      const facets = isFirst ? this.#allFacets() : this.#facetsIn(args);
      const shown = this.#observed(session, answer, args, facets);
      const inputs = toValues({ ...companions(session, state), ...this.#named(answer, state), ...shown });
      const { __claim, __set, previous = {} } = state;
      const kept = { __claim, __set, __target: id, previous };
      return { id, inputs, state: toValues({ ...inputs, ...this.#computed(answer), ...kept }) };
    });
  }

  async update(session: Session, id: string, state: Values, inputs: Values): Promise<Kept> {
    guardAccount(session, state);
    const was = argsOf(this.#kind, state);
    const now = argsOf(this.#kind, inputs);
    const run = async () => {
      const before = this.#facetsIn(was);
      const after = this.#facetsIn(now);
      const account = session.account;
      const added = after.filter((facet) => !before.includes(facet));
      const removed = before.filter((facet) => !after.includes(facet));
      const changed = after.filter(
        (facet) =>
          before.includes(facet) &&
          !same(this.#wire(was, account, [facet]), this.#wire(now, account, [facet])),
      );
      if (removed.length > 0)
        await this.#giveBack(session, id, { ...state, onDelete: inputs.onDelete ?? null }, removed);
      const kept = toValues({
        __claim: state.__claim,
        __target: id,
        previous: omitKeys(previousIn(state), removed),
      });
      if (added.length === 0 && changed.length === 0) {
        const rest = pick(state, [...Object.keys(this.definition.computed), "__set"]);
        return { id, state: toValues({ ...companions(session, inputs), ...rest, ...now, ...kept }) };
      }
      if (added.length === 0) return this.#write(session, id, inputs, now, changed, kept);
      const found = await this.definition.read(session.api, id);
      return this.#take(session, found, inputs, now, added, kept, changed);
    };
    const doing = `updating ${titled(this.#kind, inputs, id)}`;
    return step(session, doing, () => turns.take(targetOf(session, id), run));
  }

  async delete(session: Session, id: string, state: Values): Promise<void> {
    guardAccount(session, state);
    const run = () => this.#giveBack(session, id, state, this.#facetsIn(argsOf(this.#kind, state)));
    const doing = `giving back ${titled(this.#kind, state, id)}`;
    await step(session, doing, () => turns.take(targetOf(session, id), run));
  }

  /** Takes over facets that nobody else has, and remembers what they held. */
  async #take(
    session: Session,
    found: Answer,
    inputs: Values,
    args: Args,
    facets: string[],
    kept: Values,
    changed: string[] = [],
  ): Promise<Kept> {
    const id = this.definition.id(found);
    const release = claim(session, id, facets, String(kept.__claim));
    try {
      const conflicts = this.#conflicts(session, found, args, facets, inputs);
      if (conflicts.length > 0 && inputs.onConflict !== "takeOver") {
        throw new Refusal(
          `${conflicts.join("; ")}. Nothing was changed. To take it over, and give it back on destroy, set onConflict: "takeOver"`,
        );
      }
      const previous = { ...previousIn(kept), ...this.#remembered(session, found, args, facets, inputs) };
      const written = [...facets, ...changed].filter(
        (facet) => !this.#isAsDeclared(session, found, args, facet),
      );
      const state = { ...kept, previous: toValues(previous) };
      if (written.length > 0) return await this.#write(session, id, inputs, args, written, state);
      return { id, state: this.#state(session, found, inputs, args, state) };
    } catch (error) {
      if (!(error instanceof HalfMade)) release();
      throw error;
    }
  }

  async #write(
    session: Session,
    id: string,
    inputs: Values,
    args: Args,
    facets: string[],
    kept: Values,
  ): Promise<Kept> {
    const sent = this.#wire(args, session.account, facets);
    const answer = await this.definition.update(session.api, id, this.#params(sent));
    const state = this.#state(session, answer, inputs, args, kept);
    const missing = refused(sent, this.#held(answer));
    if (missing.length > 0) throw new HalfMade(didNotTake(missing), id, state);
    return { id, state };
  }

  /** What the facets held before, but for those that were as declared already: there is nothing to go back to. */
  #remembered(session: Session, found: Answer, args: Args, facets: string[], inputs: Values): Values {
    const remembered: Values = {};
    for (const facet of facets) {
      const inherited = inheritedIn(inputs, facet);
      const isOurs =
        this.#isAsDeclared(session, found, args, facet) || this.#isInherited(session, found, inputs, facet);
      if (!isOurs) remembered[facet] = toValues(pick(this.#held(found), this.#parameters(facet)));
      else if (inherited?.previous !== undefined) remembered[facet] = inherited.previous;
    }
    return remembered;
  }

  #conflicts(session: Session, found: Answer, args: Args, facets: string[], inputs: Values): string[] {
    return facets.flatMap((facet) => {
      const isOurs =
        this.#isAsDeclared(session, found, args, facet) ||
        this.#isInherited(session, found, inputs, facet) ||
        this.#isGivenBack(found, inputs, facet);
      if (isOurs) return [];
      const taken = this.definition.taken(facet, this.definition.held(found));
      return taken === undefined ? [] : [`${facet}: ${taken} already handles it`];
    });
  }

  #isAsDeclared(session: Session, found: Answer, args: Args, facet: string): boolean {
    return refused(this.#wire(args, session.account, [facet]), this.#held(found)).length === 0;
  }

  /** Whether the facet is as a resource of this stack left it which this one takes the place of. */
  #isInherited(session: Session, found: Answer, inputs: Values, facet: string): boolean {
    const inherited = inheritedIn(inputs, facet);
    return (
      inherited !== undefined && this.#isAsDeclared(session, found, { [facet]: inherited.declared }, facet)
    );
  }

  /** Whether the resource that this one takes the place of has put the facet back already. */
  #isGivenBack(found: Answer, inputs: Values, facet: string): boolean {
    const before = inheritedIn(inputs, facet)?.previous;
    return isRecord(before) && refused(before, this.#held(found)).length === 0;
  }

  /** Puts back what the facets held, as long as they are still ours. */
  async #giveBack(session: Session, id: string, state: Values, facets: string[]): Promise<void> {
    const mine = facets.filter(
      (facet) => (setHere.get(claimOf(session, id, facet)) ?? state.__claim) === state.__claim,
    );
    for (const facet of facets) if (mine.includes(facet)) setHere.delete(claimOf(session, id, facet));
    if (state.onDelete === "keep" || mine.length === 0) return;
    const answer = await unlessGone(this.definition.read(session.api, id));
    if (answer === undefined) return;
    const held = this.#held(answer);
    const back: Wire = {};
    for (const facet of mine) {
      if (!this.#isOurs(session, held, state, facet)) {
        session.warn(
          `${titled(this.#kind, state, id)}: ${facet} is no longer as declared here; it stays as it is`,
        );
      } else
        Object.assign(back, state.onDelete === "clear" ? this.#blank([facet]) : previousIn(state)[facet]);
    }
    if (Object.keys(back).length === 0) return;
    try {
      await this.definition.update(session.api, id, this.#params(back));
    } catch (error) {
      if (!(error instanceof ApiError) || error.lost || error.status === 401) throw error;
      session.warn(
        `${titled(this.#kind, state, id)}: what was there before cannot be put back, so it is cleared: ${messageOf(error)}`,
      );
      const cleared = this.#blank(mine.filter((facet) => this.#parameters(facet).some((key) => key in back)));
      await this.definition.update(session.api, id, this.#params(cleared));
    }
  }

  #state(session: Session, answer: Answer, inputs: Values, args: Args, kept: Values): Values {
    const shown = this.#observed(session, answer, args, this.#facetsIn(args));
    const named = pick(args, this.definition.naming);
    return toValues({
      ...companions(session, inputs),
      ...named,
      ...shown,
      ...this.#computed(answer),
      ...kept,
      __set: this.#set(session, args),
    });
  }

  /** What tells whether the facets are still as this write left them: a refresh puts what is there in their place. */
  #set(session: Session, args: Args): Values {
    return Object.fromEntries(
      this.#facetsIn(args).map((facet) => [
        facet,
        this.#sign(facet, this.#wire(args, session.account, [facet])),
      ]),
    );
  }

  #isOurs(session: Session, held: Wire, state: Values, facet: string): boolean {
    const set = isRecord(state.__set) ? state.__set[facet] : undefined;
    return this.#sign(facet, held) === (set ?? this.#set(session, argsOf(this.#kind, state))[facet]);
  }

  #sign(facet: string, wire: Wire): Value {
    const telling = this.definition.telling.filter((key) => this.#parameters(facet).includes(key));
    return hashed(telling.map((key) => toValue(wire[key]) ?? ""));
  }

  /** The facets as declared where they are so, else as they are now. */
  #observed(session: Session, answer: Answer, args: Args, facets: string[]): Args {
    const live: Args = { ...this.definition.live(this.definition.held(answer), session.account) };
    const shown: Args = {};
    for (const facet of facets) {
      const asDeclared = args[facet] !== undefined && this.#isAsDeclared(session, answer, args, facet);
      shown[facet] = asDeclared ? args[facet] : maskedBeside(args[facet], live[facet]);
    }
    return shown;
  }

  /** The argument that names the object; an output of the same name beside another one is none. */
  #named(answer: Answer, state: Values): Args {
    const known = toValues({ ...this.#computed(answer), ...state });
    const named = pick(argsOf(this.#kind, known), this.definition.naming);
    const declared = omit(named, Object.keys(this.definition.computed));
    return Object.keys(declared).length > 0 ? declared : named;
  }

  #held(answer: Answer): Wire {
    return Object.fromEntries(Object.entries(this.definition.held(answer)));
  }

  #blank(facets: string[]): Wire {
    return pick(
      Object.fromEntries(Object.entries(this.definition.blank)),
      facets.flatMap((facet) => this.#parameters(facet)),
    );
  }

  #wire(args: Args, account: string, facets: string[]): Wire {
    const declared = pick(args, facets);
    return pick(
      { ...this.definition.params(this.#typed(declared), account) },
      facets.flatMap((facet) => this.#parameters(facet)),
    );
  }

  #parameters(facet: string): readonly string[] {
    const facets: { readonly [facet: string]: readonly string[] | undefined } = this.definition.facets;
    return facets[facet] ?? [];
  }

  #allFacets(): string[] {
    return Object.keys(this.definition.facets);
  }

  #facetsIn(args: Args): string[] {
    return this.#allFacets().filter((facet) => args[facet] !== undefined);
  }

  #computed(answer: Answer): Args {
    const computed = Object.entries(this.definition.computed);
    return Object.fromEntries(computed.map(([key, value]) => [key, value(answer)]));
  }

  // See ObjectLife: proved by `check` against the schema, which the compiler holds against `A`.
  #typed(args: Args): Declared<A> {
    return args as Declared<A>;
  }

  #params(wire: Wire): Partial<Params> {
    return wire as Partial<Params>;
  }
}

/** Takes facets for one resource, before anything waits: creates run side by side. Gives back how to let go of them. */
function claim(session: Session, id: string, facets: string[], owner: string): () => void {
  const keys = facets.map((facet) => claimOf(session, id, facet));
  const twice = facets.filter((_, index) => (setHere.get(keys[index] ?? "") ?? owner) !== owner);
  if (twice.length > 0) {
    throw new Refusal(
      `another resource of this stack declares ${twice.join(" and ")} of the same ${id}; keep one of them`,
    );
  }
  for (const key of keys) setHere.set(key, owner);
  return () => {
    for (const key of keys) setHere.delete(key);
  };
}

const targetOf = (session: Session, id: string) => `${session.account} ${id}`;
const claimOf = (session: Session, id: string, facet: string) => `${targetOf(session, id)} ${facet}`;

const previousIn = (state: Values): Values => (isRecord(state.previous) ? toValues(state.previous) : {});

/** What a resource that this one takes the place of declared for a facet, and what it had found there. */
function inheritedIn(
  inputs: Values,
  facet: string,
): { declared: unknown; previous: Values[string] | undefined } | undefined {
  const inherited = isRecord(inputs.__inherited) ? toValues(inputs.__inherited) : {};
  const declared = inherited[facet];
  return declared === undefined ? undefined : { declared, previous: previousIn(inherited)[facet] };
}

/** A value that somebody else has put there must not show its secrets. */
function maskedBeside(declared: unknown, live: unknown): unknown {
  if (!isRecord(live)) return live;
  return leaves(live, () => false)
    .filter((path) => !same(valueAt(declared, path), valueAt(live, path)))
    .reduce<Record<string, unknown>>(
      (shown, path) => withLeaf(shown, path, masked(valueAt(shown, path))),
      live,
    );
}

const omitKeys = (values: Values, keys: string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([key]) => !keys.includes(key)));

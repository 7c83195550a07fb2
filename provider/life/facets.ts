import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Declared } from "../values/args";
import { ApiError, HalfMade, isUnsettled, messageOf, Refusal, type Unsettled } from "../values/errors";
import { maskedBeside } from "../values/secrets";
import {
  containsUnknown,
  hashed,
  isBlank,
  isRecord,
  same,
  toValue,
  toValues,
  type Value,
  type Values,
} from "../values/values";
import type { Facets, SingletonDefinition, Surroundings, Waiting, Wire } from "./definition";
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
  sidIn,
  step,
  titled,
  unlessGone,
} from "./frame";
import type { Checked, Difference, Kept, Life, Seen, Session } from "./life";
import { Turns } from "./turns";
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
    const { label, rules = [], json = [], blankable = [], notArguments = {} } = definition;
    this.#kind = { label, schema, rules, json, blankable, createOnly: [], defaults: {}, notArguments };
  }

  async check(session: Session, was: Values, given: Values): Promise<Checked> {
    const checked = checkOffline(this.#kind, session, was, given);
    const { inputs, problems } = checked;
    if (problems.length > 0 || containsUnknown(inputs) || !session.online || inputs.onConflict !== "takeOver")
      return checked;
    const before = this.#ownedBy(was);
    const fresh = Object.keys(this.#ownedBy(inputs)).filter((facet) => !(facet in before));
    if (fresh.length === 0) return checked;
    try {
      const answer = await this.definition.find(session.api, this.#args(inputs));
      const conflicts = this.#conflicts(answer, fresh, inputs);
      const changed = refused(this.#wireOf(inputs, fresh), this.#held(answer));
      if (conflicts.length > 0)
        session.warn(`taking over: ${conflicts.join("; ")}; changes ${changed.join(", ")}`);
    } catch (error) {
      problems.push(session.redact(messageOf(error)));
    }
    return checked;
  }

  diff(id: string, state: Values, inputs: Values): Difference {
    const now = argsOf(this.#kind, inputs);
    const naming = this.definition.naming.filter((key) => containsUnknown(now[key]));
    const replaces = naming.length > 0 ? naming : this.definition.otherTarget(this.#args(inputs), id, state);
    const changed =
      replaces.length > 0 ||
      containsUnknown(now) ||
      !sameControls(state, inputs) ||
      !same(this.#wire(state), this.#wire({ ...inputs, ...modeOf(state) }));
    return { changes: changed, replaces };
  }

  async create(session: Session, inputs: Values): Promise<Kept> {
    return step(session, `setting ${titled(this.#kind, inputs)}`, async () => {
      const since = turns.now;
      const found = await this.definition.find(session.api, this.#args(inputs));
      const id = this.definition.id(found);
      const isStale = turns.stale(this.#target(session, id), since);
      return turns.take(this.#target(session, id), async () => {
        const now = isStale ? await this.definition.read(session.api, id) : found;
        const kept = { __claim: randomUUID(), __target: id, previous: {} };
        return this.#take(session, now, inputs, Object.keys(this.#ownedBy(inputs)), kept);
      });
    });
  }

  async read(session: Session, id: string, state: Values): Promise<Seen | undefined> {
    guardAccount(session, state);
    return step(session, `reading ${titled(this.#kind, state, id)}`, async () => {
      const answer = await unlessGone(this.definition.read(session.api, id));
      if (answer === undefined) return undefined;
      const isFirst = state.accountSid === undefined;
      if (!isFirst) this.#notice(session, answer, state, id);
      const shown = isFirst ? this.#everything(session, answer) : this.#observed(session, answer, state);
      const inputs = toValues({ ...companions(session, state), ...this.#named(answer, state), ...shown });
      const { __claim, __set, __mode, previous = {} } = state;
      const kept = { __claim, __set, __mode, __target: id, previous };
      return { id, inputs, state: toValues({ ...inputs, ...this.#computed(answer), ...kept }) };
    });
  }

  async update(session: Session, id: string, state: Values, inputs: Values): Promise<Kept> {
    guardAccount(session, state);
    const run = async () => {
      // A change of the mode alone waits for the next write.
      const isSame = same(this.#wire(state), this.#wire({ ...inputs, ...modeOf(state) }));
      const was = this.#wires(state);
      const now = isSame ? was : this.#wires(inputs);
      // What somebody has emptied is no argument of the state any more, and is still ours.
      const isTaken = (facet: string) => facet in was || facet in setIn(state);
      const added = Object.keys(now).filter((facet) => !isTaken(facet));
      const removed = Object.keys(was).filter((facet) => !(facet in now));
      const changed = Object.keys(now).filter((facet) => isTaken(facet) && !same(was[facet], now[facet]));
      if (removed.length > 0)
        await this.#giveBack(session, id, { ...state, onDelete: inputs.onDelete ?? null }, removed);
      const kept = toValues({
        __claim: state.__claim,
        __target: id,
        previous: omit(previousIn(state), removed),
      });
      if (added.length === 0 && changed.length === 0 && state.__unsettled !== true) {
        const rest = pick(state, [...Object.keys(this.definition.computed ?? {}), "__mode"]);
        const args = { ...argsOf(this.#kind, inputs), __set: omit(setIn(state), removed) };
        return { id, state: toValues({ ...companions(session, inputs), ...rest, ...args, ...kept }) };
      }
      if (added.length === 0) return this.#write(session, id, inputs, changed, kept);
      const found = await this.definition.read(session.api, id);
      return this.#take(session, found, inputs, added, kept, changed);
    };
    const doing = `updating ${titled(this.#kind, inputs, id)}`;
    return step(session, doing, () => turns.take(this.#target(session, id), run));
  }

  async delete(session: Session, id: string, state: Values): Promise<void> {
    guardAccount(session, state);
    const { stays = [] } = this.definition;
    const facets = Object.keys(this.#ownedBy(state)).filter(
      (facet) => !stays.some((argument) => argument === argumentOf(facet)),
    );
    const run = () => this.#giveBack(session, id, state, facets);
    const doing = `giving back ${titled(this.#kind, state, id)}`;
    await step(session, doing, () => turns.take(this.#target(session, id), run));
  }

  /** Takes over facets that nobody else has, and remembers what they held. */
  async #take(
    session: Session,
    found: Answer,
    inputs: Values,
    facets: string[],
    kept: Values,
    changed: string[] = [],
  ): Promise<Kept> {
    const id = this.definition.id(found);
    const release = claim(this.#target(session, id), facets, String(kept.__claim));
    try {
      const conflicts = this.#conflicts(found, facets, inputs);
      if (conflicts.length > 0 && inputs.onConflict !== "takeOver") {
        throw new Refusal(
          `${conflicts.join("; ")}. Nothing was changed. To take it over, and give it back on destroy, set onConflict: "takeOver"`,
        );
      }
      const previous = { ...previousIn(kept), ...this.#remembered(found, facets, inputs) };
      const written = [...facets, ...changed].filter((facet) => !this.#isAsDeclared(found, inputs, facet));
      const state = { ...kept, previous: toValues(previous) };
      if (written.length === 0) return { id, state: this.#state(session, found, inputs, state) };
      return await this.#write(session, id, inputs, written, state).catch((error: unknown) => {
        // It may have been carried out: what was there before must not be forgotten.
        if (!(error instanceof ApiError) || !error.lost) throw error;
        throw new HalfMade(error.message, id, this.#state(session, found, inputs, state));
      });
    } catch (error) {
      if (!(error instanceof HalfMade)) release();
      throw error;
    }
  }

  async #write(session: Session, id: string, inputs: Values, facets: string[], kept: Values): Promise<Kept> {
    const sent = this.#wireOf(inputs, facets);
    const written = await this.#update(session, id, sent, inputs);
    if (isUnsettled(written)) {
      const state = this.#state(session, written.answer, inputs, kept);
      throw new HalfMade(written.why, id, { ...state, __unsettled: true });
    }
    const answer = written;
    const state = this.#state(session, answer, inputs, kept);
    this.#notice(session, answer, inputs, id);
    const missing = refused(omit(sent, this.definition.later ?? []), this.#held(answer));
    if (missing.length > 0) throw new HalfMade(didNotTake(missing), id, state);
    return { id, state };
  }

  #update(session: Session, id: string, sent: Wire, values: Values): Promise<Answer | Unsettled<Answer>> {
    const waiting: Waiting = {
      say: (text) => session.say(`${titled(this.#kind, values, id)}: ${text}`),
      timeout: typeof values.timeout === "number" ? values.timeout : undefined,
    };
    return this.definition.update(session.api, id, this.#params(sent), waiting);
  }

  #notice(session: Session, answer: Answer, values: Values, id: string): void {
    const notice = this.definition.notice?.(answer, this.#args(values));
    if (notice) session.warn(`${titled(this.#kind, values, id)}: ${notice}`);
  }

  /** What the facets held before, but for those that were as declared already: there is nothing to go back to. */
  #remembered(found: Answer, facets: string[], inputs: Values): Values {
    const owned = this.#ownedBy(inputs);
    const remembered: Values = {};
    for (const facet of facets) {
      const inherited = this.#inherited(inputs, facet);
      const isOurs =
        this.#isAsDeclared(found, inputs, facet) ||
        (inherited !== undefined && this.#isAsDeclared(found, inherited, facet));
      if (!isOurs) remembered[facet] = toValues(pick(this.#found(found), owned[facet] ?? []));
      else {
        const before = inherited && previousIn(inherited)[facet];
        if (before !== undefined) remembered[facet] = before;
      }
    }
    return remembered;
  }

  #conflicts(found: Answer, facets: string[], inputs: Values): string[] {
    return facets.flatMap((facet) => {
      if (this.#isAsDeclared(found, inputs, facet) || this.#isLeftByOurs(found, inputs, facet)) return [];
      const taken = this.definition.taken?.(facet, this.definition.held(found));
      return taken === undefined ? [] : [`${facet}: ${taken} already handles it`];
    });
  }

  #isAsDeclared(found: Answer, values: Values, facet: string): boolean {
    return refused(this.#wireOf(values, [facet]), this.#held(found)).length === 0;
  }

  /** Whether the facet is as a resource which this one takes the place of has left it, or has put it back. */
  #isLeftByOurs(found: Answer, inputs: Values, facet: string): boolean {
    const inherited = this.#inherited(inputs, facet);
    if (inherited === undefined) return false;
    const before = previousIn(inherited)[facet];
    return (
      this.#isAsDeclared(found, inherited, facet) ||
      (isRecord(before) && refused(before, this.#found(found)).length === 0)
    );
  }

  /** The last state of the resource that held this facet and that this one takes the place of. */
  #inherited(inputs: Values, facet: string): Values | undefined {
    const states = Array.isArray(inputs.__inherited) ? inputs.__inherited : [];
    return states
      .map((state) => (isRecord(state) ? toValues(state) : {}))
      .find((state) => facet in this.#ownedBy(state));
  }

  /** Puts back what the facets held, as long as they are still ours. */
  async #giveBack(session: Session, id: string, state: Values, facets: string[]): Promise<void> {
    const target = this.#target(session, id);
    const mine = facets.filter(
      (facet) => (setHere.get(`${target} ${facet}`) ?? state.__claim) === state.__claim,
    );
    for (const facet of mine) setHere.delete(`${target} ${facet}`);
    if (state.onDelete === "keep" || mine.length === 0) return;
    const answer = await unlessGone(this.definition.read(session.api, id));
    if (answer === undefined) return;
    const owned = this.#ownedBy(state);
    const held = this.#held(answer);
    const back: { [facet: string]: Wire } = {};
    for (const facet of mine) {
      const before = previousIn(state)[facet];
      const keys = owned[facet] ?? [];
      if (!this.#isOurs(held, state, facet)) {
        session.warn(
          `${titled(this.#kind, state, id)}: ${facet} is no longer as declared here; it stays as it is`,
        );
      } else if (state.onDelete === "clear") back[facet] = await this.#blank(session, id, keys);
      else if (isRecord(before)) back[facet] = Object.fromEntries(keys.map((key) => [key, before[key]]));
    }
    const all: Wire = Object.assign({}, ...Object.values(back));
    if (Object.keys(all).length === 0) return;
    try {
      await this.#putBack(session, id, state, all);
    } catch (error) {
      if (!isRefused(error)) throw error;
      // What is refused of one facet must not keep the others from going back.
      for (const [facet, wire] of Object.entries(back)) {
        await this.#putBack(session, id, state, wire).catch((reason) =>
          this.#clear(session, id, state, facet, wire, reason),
        );
      }
    }
  }

  async #putBack(session: Session, id: string, state: Values, wire: Wire): Promise<void> {
    const written = await this.#update(session, id, wire, state);
    // What is given back need not be waited for.
    if (isUnsettled(written)) session.warn(`${titled(this.#kind, state, id)}: ${written.why}`);
  }

  /** What was there before may be gone by now. Destroy goes on without it. */
  async #clear(
    session: Session,
    id: string,
    state: Values,
    facet: string,
    wire: Wire,
    reason: unknown,
  ): Promise<void> {
    if (!isRefused(reason)) throw reason;
    const cleared = await this.#blank(session, id, Object.keys(wire));
    const isLeft = Object.keys(cleared).length === 0;
    session.warn(
      `${titled(this.#kind, state, id)}: ${facet}: what was there before cannot be put back, so it ${isLeft ? "stays as it is" : "is cleared"}: ${messageOf(reason)}`,
    );
    if (!isLeft) await this.#putBack(session, id, state, cleared);
  }

  #state(session: Session, answer: Answer, inputs: Values, kept: Values): Values {
    const named = pick(argsOf(this.#kind, inputs), this.definition.naming);
    return toValues({
      ...companions(session, inputs),
      ...named,
      ...this.#observed(session, answer, inputs),
      ...this.#computed(answer),
      ...kept,
      __set: this.#set(inputs),
      ...("mode" in this.#kind.schema.shape && { __mode: inputs.mode ?? null }),
    });
  }

  /** What tells whether the facets are still as this write left them: a refresh puts what is there in their place. */
  #set(values: Values): Values {
    return Object.fromEntries(
      Object.entries(this.#wires(values)).map(([facet, wire]) => [facet, this.#sign(values, facet, wire)]),
    );
  }

  #isOurs(held: Wire, state: Values, facet: string): boolean {
    return this.#sign(state, facet, held) === (setIn(state)[facet] ?? this.#set(state)[facet]);
  }

  #sign(values: Values, facet: string, wire: Wire): Value {
    const all = this.#ownedBy(values)[facet] ?? [];
    const telling = all.filter((key) => this.definition.telling?.some((other) => other === key) ?? true);
    return hashed(telling.map((key) => (isBlank(wire[key]) ? "" : (toValue(wire[key]) ?? ""))));
  }

  /** The arguments as declared where they are so, else as they are now. */
  #observed(session: Session, answer: Answer, values: Values): Args {
    const args = argsOf(this.#kind, values);
    const around = surroundings({ ...values, accountSid: session.account });
    const live: Args = { ...this.definition.live(this.definition.held(answer), around, this.#args(values)) };
    const wire = omit(this.#wire({ ...values, accountSid: session.account }), this.definition.later ?? []);
    const moved = refused(wire, this.#held(answer));
    const owned = Object.entries(this.#ownedBy(values));
    const shown: Args = {};
    for (const [facet, parameters] of owned) {
      const key = argumentOf(facet);
      const isMoved = parameters.some((parameter) => moved.includes(parameter));
      if (isMoved) shown[key] = maskedBeside(args[key], live[key]);
      else shown[key] ??= args[key];
    }
    return shown;
  }

  /** What nobody has declared, as it may be shown. */
  #everything(session: Session, answer: Answer): Args {
    const around = { accountSid: session.account, mode: undefined };
    const live: Args = { ...this.definition.live(this.definition.held(answer), around, undefined) };
    return Object.fromEntries(
      Object.entries(live).map(([key, value]) => [key, maskedBeside(undefined, value)]),
    );
  }

  /** The argument that names the object; an output of the same name beside another one is none. */
  #named(answer: Answer, state: Values): Args {
    const known = toValues({ ...this.#computed(answer), ...state });
    const named = pick(argsOf(this.#kind, known), this.definition.naming);
    const declared = omit(named, Object.keys(this.definition.computed ?? {}));
    return Object.keys(declared).length > 0 ? declared : named;
  }

  /** The parameters as they are remembered. */
  #found(answer: Answer): Wire {
    return { ...this.#held(answer), ...this.definition.unset?.(answer) };
  }

  #held(answer: Answer): Wire {
    return Object.fromEntries(Object.entries(this.definition.held(answer)));
  }

  async #blank(session: Session, id: string, parameters: readonly string[]): Promise<Wire> {
    const { blank = {} } = this.definition;
    const all = typeof blank === "function" ? await blank(session.api, id) : blank;
    return pick(Object.fromEntries(Object.entries(all)), parameters);
  }

  /** The facets that inputs or a state declare, with the parameters of each. */
  #ownedBy(values: Values): Facets {
    return this.definition.facets(this.#args(values), surroundings(values));
  }

  /** The parameters of all facets that inputs or a state declare. */
  #wire(values: Values): Wire {
    return this.#wireOf(values, Object.keys(this.#ownedBy(values)));
  }

  #wireOf(values: Values, facets: string[]): Wire {
    const owned = this.#ownedBy(values);
    const params = { ...this.definition.params(this.#args(values), surroundings(values)) };
    return pick(
      params,
      facets.flatMap((facet) => owned[facet] ?? []),
    );
  }

  #wires(values: Values): { [facet: string]: Wire } {
    return Object.fromEntries(
      Object.keys(this.#ownedBy(values)).map((facet) => [facet, this.#wireOf(values, [facet])]),
    );
  }

  #computed(answer: Answer): Args {
    const computed = Object.entries(this.definition.computed ?? {});
    return Object.fromEntries(computed.map(([key, value]) => [key, value(answer)]));
  }

  #target(session: Session, id: string): string {
    return [session.account, this.#kind.label, id].join("/");
  }

  // See ObjectLife: proved by `check` against the schema, which the compiler holds against `A`.
  #args(values: Values): Declared<A> {
    return argsOf(this.#kind, values) as Declared<A>;
  }

  #params(wire: Wire): Partial<Params> {
    return wire as Partial<Params>;
  }
}

/** Takes facets of a target for one resource, before anything waits: creates run side by side. Gives back how to let go. */
function claim(target: string, facets: string[], owner: string): () => void {
  const keys = facets.map((facet) => `${target} ${facet}`);
  const twice = facets.filter((_, index) => (setHere.get(keys[index] ?? "") ?? owner) !== owner);
  if (twice.length > 0) {
    throw new Refusal(
      `another resource of this stack declares ${twice.join(" and ")} of the same ${sidIn(target)}; keep one of them`,
    );
  }
  for (const key of keys) setHere.set(key, owner);
  return () => {
    for (const key of keys) setHere.delete(key);
  };
}

const previousIn = (state: Values): Values => (isRecord(state.previous) ? toValues(state.previous) : {});

const setIn = (state: Values): Values => (isRecord(state.__set) ? toValues(state.__set) : {});

/** Whether it is the values that Twilio does not take, whoever asks and whenever. */
const isRefused = (error: unknown): boolean =>
  error instanceof ApiError && !error.lost && ![401, 403, 429].includes(error.status ?? 0);

/** The mode of the last write, which the facets of a state are those of. */
const modeOf = (state: Values): Values => ({ __mode: state.__mode ?? null });

const surroundings = (values: Values): Surroundings => ({
  accountSid: String(values.accountSid),
  mode: ("__mode" in values ? values.__mode : values.mode) ?? undefined,
});

const argumentOf = (facet: string): string => facet.split(".")[0] ?? facet;

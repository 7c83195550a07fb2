import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { HalfMade, isUnsettled, mayBeDone, messageOf, Refusal, unlessGone } from "../values/errors";
import { containsUnknown, isRecord, omit, pick, same, toValues, type Values } from "../values/values";
import type { SingletonDefinition } from "./definition";
import { declaredTwice, FacetLooks, forgotten, refusedTakeover } from "./facetLooks";
import { FacetModel, previousIn, setIn } from "./facetModel";
import {
  argsOf,
  checkOffline,
  companions,
  didNotTake,
  guardAccount,
  type Kind,
  sameControls,
  step,
  titled,
} from "./frame";
import type { Checked, Difference, Kept, Life, Seen, Session, Taken } from "./life";
import { Restore } from "./restore";
import { either, listed, openIn } from "./signs";
import { differing } from "./wire";

/** The life of facets of something that is always there: taken over, and given back on destroy. */
export class SingletonLife<A, Params extends object, Answer> implements Life {
  readonly #kind: Kind;
  readonly #model: FacetModel<A, Params, Answer>;
  readonly #restore: Restore<A, Params, Answer>;
  readonly #looks: FacetLooks<A, Params, Answer>;

  constructor(
    private readonly definition: SingletonDefinition<A, Params, Answer>,
    schema: z.ZodObject,
  ) {
    this.#model = new FacetModel(definition, schema);
    this.#restore = new Restore(this.#model);
    this.#looks = new FacetLooks(this.#model, {
      conflicts: (session, answer, facets, inputs) => this.#conflicts(session, answer, facets, inputs),
      inherits: (session, inputs, facet) => this.#model.inherited(session, inputs, facet) !== undefined,
    });
    this.#kind = this.#model.kind;
  }

  async check(session: Session, was: Values, given: Values): Promise<Checked> {
    const checked = checkOffline(this.#kind, session, was, given);
    const { inputs, problems } = checked;
    if (problems.length > 0) return checked;
    this.#looks.see(session, was, inputs);
    if (!session.online) return checked;
    try {
      problems.push(
        ...(await this.#looks.problems(session, was, inputs, given.__isThere)).map(session.redact),
      );
    } catch (error) {
      problems.push(session.redact(messageOf(error)));
    }
    return checked;
  }

  diff(session: Session, id: string, last: Values, inputs: Values): Difference {
    const state = this.#model.withNotes(session, id, last);
    const now = argsOf(this.#kind, inputs);
    const naming = this.definition.naming.filter((key) => containsUnknown(now[key]));
    const replaces =
      naming.length > 0 ? naming : this.definition.otherTarget(this.#model.args(inputs), id, state);
    if (replaces.length === 0) this.#note(session, id, state, inputs);
    const isOpen = openIn(setIn(state)).length > 0;
    const changed =
      isOpen ||
      replaces.length > 0 ||
      containsUnknown(now) ||
      !sameControls(state, inputs) ||
      !same(this.#model.split(state).kept, this.#model.split(inputs).kept) ||
      !this.#model.isSame(state, inputs);
    return { changes: changed, replaces, ...(isOpen && { isOpen }) };
  }

  isKept(state: Values, { set }: Pick<Taken, "set">): boolean {
    return Object.entries(set).every(([facet, sign]) => listed(setIn(state)[facet]).includes(sign));
  }

  async create(session: Session, inputs: Values): Promise<Kept> {
    const { turns } = session.run;
    return step(session, `setting ${titled(this.#kind, inputs)}`, async () => {
      const since = turns.now;
      const found = await this.definition.find(session.api, this.#model.args(inputs));
      const id = this.definition.id(found);
      const isStale = turns.stale(this.#target(session, id), since);
      return turns.take(this.#target(session, id), async () => {
        const now = isStale ? await this.definition.read(session.api, id) : found;
        const kept = { __claim: randomUUID(), __target: id, previous: {} };
        return this.#take(session, now, inputs, this.#model.names(inputs), kept);
      });
    });
  }

  async read(session: Session, id: string, state: Values): Promise<Seen | undefined> {
    guardAccount(session, state);
    return step(session, `reading ${titled(this.#kind, state, id)}`, async () => {
      const isFirst = state.accountSid === undefined;
      const answer = await unlessGone(this.#model.read(session, id, !isFirst));
      if (answer === undefined) return undefined;
      if (!isFirst) this.#notice(session, answer, state, id);
      const shown = isFirst
        ? this.#model.everything(session, answer)
        : this.#model.observed(session, answer, state);
      const args = { ...this.#model.named(answer, state), ...shown };
      const inputs = toValues({ ...companions(session, state), ...args });
      const { __claim, __set, previous = {} } = state;
      const kept = {
        ...inputs,
        ...this.#model.outputs(session, args, answer),
        ...this.#model.computed(answer),
        ...{ __claim, __set, __target: id, previous },
      };
      return { id, inputs, state: toValues(kept) };
    });
  }

  async update(session: Session, id: string, last: Values, inputs: Values): Promise<Kept> {
    guardAccount(session, last);
    const state = this.#model.withNotes(session, id, last);
    const run = async () => {
      const was = this.#model.wires(state);
      // What is only kept, such as how objects are written, holds from the next write on.
      const now = this.#model.isSame(state, inputs) ? was : this.#model.wires(inputs);
      // What somebody has emptied is no argument of the state any more, and is still ours.
      const isTaken = (facet: string) => facet in was || facet in setIn(state);
      const added = Object.keys(now).filter((facet) => !isTaken(facet));
      const removed = Object.keys(was).filter((facet) => !(facet in now));
      const open = openIn(setIn(state));
      const changed = Object.keys(now).filter(
        (facet) => isTaken(facet) && (open.includes(facet) || !same(was[facet], now[facet])),
      );
      if (removed.length > 0)
        await this.#giveBack(session, id, { ...state, onDelete: inputs.onDelete ?? null }, removed);
      const kept = toValues({
        __claim: state.__claim,
        __target: id,
        __set: omit(setIn(state), removed),
        previous: omit(previousIn(state), removed),
      });
      if (added.length === 0 && changed.length === 0 && state.__unsettled !== true) {
        const computed = pick(state, Object.keys(this.definition.computed ?? {}));
        const shown = this.#model.beside(argsOf(this.#kind, inputs), argsOf(this.#kind, state));
        return { id, state: toValues({ ...companions(session, inputs), ...computed, ...shown, ...kept }) };
      }
      if (added.length === 0) return this.#rewrite(session, id, inputs, changed, kept, state);
      const found = await this.definition.read(session.api, id);
      return this.#take(session, found, inputs, added, kept, changed);
    };
    const doing = `updating ${titled(this.#kind, inputs, id)}`;
    return step(session, doing, () => session.run.turns.take(this.#target(session, id), run));
  }

  async delete(session: Session, id: string, last: Values): Promise<void> {
    guardAccount(session, last);
    const state = this.#model.withNotes(session, id, last);
    const facets = Object.entries(this.#model.facets(state)).filter(
      ([, { onDestroy }]) => onDestroy !== "stay",
    );
    const names = facets.map(([facet]) => facet);
    const run = () => this.#giveBack(session, id, state, names);
    const doing = `giving back ${titled(this.#kind, state, id)}`;
    await step(session, doing, () => session.run.turns.take(this.#target(session, id), run));
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
    const release = this.#claim(session, id, facets, String(kept.__claim));
    try {
      const conflicts = this.#conflicts(session, found, facets, inputs);
      if (conflicts.length > 0 && inputs.onConflict !== "takeOver") {
        throw new Refusal(refusedTakeover(conflicts));
      }
      const previous = { ...previousIn(kept), ...this.#remembered(session, found, facets, inputs) };
      const written = [...facets, ...changed].filter(
        (facet) => !this.#model.isAsDeclared(found, inputs, facet),
      );
      const state = { ...kept, previous: toValues(previous) };
      if (written.length === 0) return { id, state: this.#state(session, found, inputs, state) };
      return await this.#write(session, id, inputs, written, state).catch(async (error: unknown) => {
        const read = () => this.definition.read(session.api, id);
        const isAsBefore = (answer: Answer) =>
          differing(this.#model.held(found, inputs), this.#model.held(answer, inputs)).length === 0;
        if (!(await mayBeDone(error, read, isAsBefore))) throw error;
        // It may have been carried out: what was there before must not be forgotten.
        throw new HalfMade(messageOf(error), id, this.#half(session, found, inputs, state));
      });
    } catch (error) {
      if (!(error instanceof HalfMade)) release();
      throw error;
    }
  }

  /** Writes facets that are ours already. */
  async #rewrite(
    session: Session,
    id: string,
    inputs: Values,
    facets: string[],
    kept: Values,
    last: Values,
  ): Promise<Kept> {
    try {
      return await this.#write(session, id, inputs, facets, kept);
    } catch (error) {
      const isAsBefore = (answer: Answer) =>
        facets.every((facet) => this.#model.isAsDeclared(answer, last, facet));
      if (!(await mayBeDone(error, () => this.definition.read(session.api, id), isAsBefore))) throw error;
      // It may have been carried out: what it sent is ours to give back, as what was there before is.
      const __set = either(setIn(last), toValues(pick(this.#model.signs(inputs), facets)));
      throw new HalfMade(messageOf(error), id, { ...last, ...companions(session, inputs), __set });
    }
  }

  async #write(session: Session, id: string, inputs: Values, facets: string[], kept: Values): Promise<Kept> {
    const sent = this.#model.wire(inputs, facets);
    const say = (text: string) => session.say(`${titled(this.#kind, inputs, id)}: ${text}`);
    this.#model.note(session, id, inputs, facets, kept);
    const written = await this.#model.update(session, id, sent, inputs, say);
    if (isUnsettled(written)) {
      const state = this.#half(session, written.answer, inputs, kept);
      throw new HalfMade(written.why, id, { ...state, __unsettled: true });
    }
    const state = this.#state(session, written, inputs, kept);
    this.#notice(session, written, inputs, id);
    const missing = differing(this.#model.compared(sent, inputs), this.#model.held(written, inputs));
    if (missing.length > 0)
      throw new HalfMade(didNotTake(missing), id, this.#half(session, written, inputs, kept));
    return { id, state };
  }

  #notice(session: Session, answer: Answer, values: Values, id: string): void {
    for (const { seen } of this.definition.guards ?? []) {
      const notice = seen?.(answer, this.#model.args(values));
      if (notice) session.warn(`${titled(this.#kind, values, id)}: ${notice}`);
    }
  }

  /** What the facets held before this stack took them. What a predecessor set says nothing: what it remembers counts. */
  #remembered(session: Session, found: Answer, facets: string[], inputs: Values): Values {
    const owned = this.#model.facets(inputs);
    const remembered: Values = {};
    for (const facet of facets) {
      const inherited = this.#model.inherited(session, inputs, facet);
      const isOurs =
        inherited !== undefined &&
        (this.#model.isAsDeclared(found, inputs, facet) || this.#model.isAsDeclared(found, inherited, facet));
      const there = pick(this.#model.shown(found), owned[facet]?.parameters ?? []);
      const noted = this.#model.noted(session, found, inputs, facet)?.previous;
      if (noted && !(facet in noted)) session.warn(`${titled(this.#kind, inputs)}: ${forgotten(facet)}`);
      const before = noted ? noted[facet] : isOurs ? previousIn(inherited)[facet] : toValues(there);
      if (before !== undefined) remembered[facet] = before;
    }
    return remembered;
  }

  #conflicts(session: Session, found: Answer, facets: string[], inputs: Values): string[] {
    return facets.flatMap((facet) => {
      const { givenBack } = session.run;
      const before = givenBack.get(`${this.#target(session, this.definition.id(found))} ${facet}`);
      const isGivenBack = before !== undefined && differing(before, this.#model.shown(found)).length === 0;
      if (isGivenBack || this.#model.isAsDeclared(found, inputs, facet)) return [];
      if (this.#isLeftByOurs(session, found, inputs, facet)) return [];
      if (this.#model.noted(session, found, inputs, facet) !== undefined) return [];
      const taken = this.definition.taken?.(facet, this.definition.held(found));
      return taken === undefined ? [] : [`${facet}: ${taken} already handles it`];
    });
  }

  /** Whether the facet is as a resource which this one takes the place of has left it, or has put it back. */
  #isLeftByOurs(session: Session, found: Answer, inputs: Values, facet: string): boolean {
    const inherited = this.#model.inherited(session, inputs, facet);
    if (inherited === undefined) return false;
    const before = previousIn(inherited)[facet];
    return (
      this.#model.isAsDeclared(found, inherited, facet) ||
      (isRecord(before) && differing(before, this.#model.shown(found)).length === 0)
    );
  }

  /** What stays as it is stays held, also where a run before this one was killed half-way through a rename. */
  #note(session: Session, id: string, state: Values, inputs: Values): void {
    const { accountSid, __claim } = state;
    if (typeof __claim !== "string") return;
    const names = this.#model.names(inputs).filter((facet) => facet in setIn(state));
    const target = [accountSid, this.#kind.label, id].join("/");
    for (const facet of names) session.run.holders.set(`${target} ${facet}`, __claim);
  }

  /** Gives back those of the facets that no other resource has taken since. */
  async #giveBack(session: Session, id: string, state: Values, facets: string[]): Promise<void> {
    const { holders } = session.run;
    const key = (facet: string) => `${this.#target(session, id)} ${facet}`;
    const mine = facets.filter((facet) => (holders.get(key(facet)) ?? state.__claim) === state.__claim);
    for (const facet of mine) holders.delete(key(facet));
    const back = await this.#restore.giveBack(session, id, state, mine);
    for (const [facet, wire] of Object.entries(back)) session.run.givenBack.set(key(facet), wire);
  }

  /** Takes facets for one resource, before anything waits: creates run side by side. Answers with how to let go. */
  #claim(session: Session, id: string, facets: string[], owner: string): () => void {
    const { holders } = session.run;
    const key = (facet: string) => `${this.#target(session, id)} ${facet}`;
    const others = [...holders].filter(([held, holder]) => held.startsWith(key("")) && holder !== owner);
    const held = others.map(([facet]) => facet.slice(key("").length));
    const twice = facets.filter((facet) => held.some((other) => overlap(facet, other)));
    if (twice.length > 0) {
      throw new Refusal(declaredTwice(twice, id));
    }
    for (const facet of facets) holders.set(key(facet), owner);
    return () => {
      for (const facet of facets) holders.delete(key(facet));
    };
  }

  #state(session: Session, answer: Answer, inputs: Values, kept: Values): Values {
    const named = pick(argsOf(this.#kind, inputs), this.definition.naming);
    const declared = { ...named, ...this.#model.observed(session, answer, inputs) };
    return toValues({
      ...companions(session, inputs),
      ...this.#model.outputs(session, declared, answer),
      ...this.#model.computed(answer),
      ...kept,
      __set: this.#model.signs(inputs),
    });
  }

  /** The state after a write that did not take effect, or perhaps not: what the last one set is ours, too. */
  #half(session: Session, answer: Answer, inputs: Values, kept: Values): Values {
    const __set = either(setIn(kept), this.#model.signs(inputs));
    return { ...this.#state(session, answer, inputs, kept), __set };
  }

  #target(session: Session, id: string): string {
    return [session.account, this.#kind.label, id].join("/");
  }
}

/** Whether two facets are the same, or one is in the other. */
const overlap = (a: string, b: string): boolean => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);

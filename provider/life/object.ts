import type { z } from "zod";
import { HalfMade, isUnsettled, messageOf, Refusal, unlessGone } from "../values/errors";
import { maskedIn } from "../values/secrets";
import {
  type Args,
  containsUnknown,
  omit,
  pick,
  same,
  toValues,
  type Values,
  type Wire,
} from "../values/values";
import { Adoption } from "./adoption";
import { Creation, Doubtful } from "./creation";
import type { ObjectDefinition } from "./definition";
import { Deletion } from "./deletion";
import { Doubts, isDoubtful, refuseUpdate } from "./doubts";
import { adoptedIsFixed, Existing } from "./existing";
import {
  changedCreateOnly,
  checkOffline,
  claimOf,
  companions,
  guardAccount,
  type Kind,
  nameOf,
  noteNamesakes,
  sameControls,
  step,
  titled,
} from "./frame";
import type { Declaration } from "./guards";
import { Leftovers } from "./leftovers";
import type { Checked, Difference, Kept, Life, Seen, Session, Taken } from "./life";
import { baselineIn, Model } from "./model";
import { ObjectLooks } from "./objectLooks";
import { fresh, ObjectState, originOf } from "./objectState";
import { differing, irremovable, observed, unrestorable } from "./wire";

/** The life of an object that is created and deleted. */
export class ObjectLife<A, Params extends object, Answer> implements Life {
  readonly #kind: Kind;
  readonly #model: Model<A, Params, Answer>;
  readonly #existing: Existing<A, Params, Answer>;
  readonly #looks: ObjectLooks<A, Params, Answer>;
  readonly #creation: Creation<A, Params, Answer>;
  readonly #deletion: Deletion<A, Params, Answer>;
  readonly #states: ObjectState<A, Params, Answer>;
  readonly #adoption: Adoption<A, Params, Answer>;
  readonly #leftovers: Leftovers<A, Params, Answer>;
  readonly #doubts: Doubts<A, Params, Answer>;

  constructor(
    private readonly definition: ObjectDefinition<A, Params, Answer>,
    schema: z.ZodObject,
  ) {
    this.#model = new Model(definition, schema);
    this.#kind = this.#model.kind;
    this.#existing = new Existing(this.#model);
    this.#creation = new Creation(this.#model, this.#existing);
    this.#deletion = new Deletion(this.#model);
    this.#states = new ObjectState(this.#model);
    this.#adoption = new Adoption(this.#model, this.#existing, this.#states);
    this.#doubts = new Doubts(this.#model, this.#existing, this.#states, this.#deletion);
    this.#looks = new ObjectLooks(this.#model, this.#existing, this.#adoption);
    this.#leftovers = new Leftovers(this.#model, this.#existing, this.#states, this.#adoption);
  }

  async check(session: Session, was: Values, given: Values): Promise<Checked> {
    const checked = checkOffline(this.#kind, session, was, given);
    const { inputs, problems } = checked;
    if (problems.length > 0) return checked;
    noteNamesakes(session, this.#kind, given);
    const { guards = [] } = this.definition;
    const declaration = this.#declaration(session, was, inputs);
    problems.push(...guards.flatMap((guard) => guard.check?.(declaration) ?? []));
    if (Object.keys(was).length === 0 && !inputs.adopt) problems.push(...this.#looks.unfitName(inputs));
    if (problems.length > 0) return checked;
    this.#looks.see(session, was, inputs);
    if (containsUnknown(inputs)) return this.#look(session, was, given, checked);
    const args = this.#model.args(inputs);
    this.#adoption.note(session, inputs, args);
    const before = Object.keys(was).length > 0 ? this.#model.args(was) : undefined;
    if (before && inputs.deleteData === true) session.run.mayLose.add(this.#deletion.identity(session, was));
    if (before) problems.push(...this.#impossible(was, before, args));
    else if (inputs.adopt === true && this.definition.naturalKey?.(this.#model.typed(args)) === undefined)
      problems.push(nothingToFindBy(this.#kind));
    for (const caution of guards.flatMap((guard) => guard.caution?.(declaration) ?? []))
      session.warn(`${titled(this.#kind, inputs)}: ${caution}`);
    if (problems.length === 0 && session.online) {
      try {
        for (const { inspect } of guards) await inspect?.(session.api, declaration);
      } catch (error) {
        problems.push(session.redact(messageOf(error)));
      }
    }
    return this.#look(session, was, given, checked);
  }

  /** Refuses what the account has no place for. */
  async #look(session: Session, was: Values, given: Values, checked: Checked): Promise<Checked> {
    const { inputs, problems } = checked;
    if (problems.length > 0 || !session.online) return checked;
    if (Object.keys(was).length === 0 && this.#doubts.isExpected(session, inputs)) {
      this.#doubts.warn(session, inputs);
      return checked;
    }
    try {
      const found =
        Object.keys(was).length > 0
          ? await this.#looks.changeProblems(session, was, inputs)
          : await this.#looks.problems(session, inputs, given.__isThere);
      problems.push(...found.map(session.redact));
    } catch (error) {
      problems.push(session.redact(messageOf(error)));
    }
    return checked;
  }

  diff(session: Session, id: string, last: Values, inputs: Values): Difference {
    if (isDoubtful(last)) {
      this.#doubts.expect(session, id, last, inputs);
      return { changes: true, replaces: ["sid"], isDoubtful: true };
    }
    const state = this.#states.withNotes(session, id, last);
    const was = this.#model.declared(state);
    const now = this.#model.args(inputs);
    const fixed = this.#model.replacing(id, state, now);
    const stuck = typeof state.__stuck === "string" ? [state.__stuck] : [];
    const replaces = state.adopted === true ? [] : [...fixed, ...stuck];
    const refused = state.adopted === true ? fixed.filter((key) => !containsUnknown(now[key])) : [];
    if (refused.length > 0) session.warn(`${titled(this.#kind, inputs, id)}: ${adoptedIsFixed(refused)}`);
    const claim = `${state.accountSid} ${id}`;
    session.run.owned.add(claim);
    if (replaces.length > 0) session.run.leaving.add(claim);
    else if (typeof state.__claim === "string") session.run.holders.set(claim, state.__claim);
    const changed =
      replaces.length > 0 ||
      containsUnknown(now) ||
      // Also what is no change to Twilio: the state has to know which arguments are declared.
      !same(was, now) ||
      !sameControls(state, inputs) ||
      Object.keys(this.#model.changes(state, was, now)).length > 0;
    const isOpen = changed && this.#model.open(state).length > 0;
    return { changes: changed, replaces, ...(isOpen && { isOpen }) };
  }

  isKept(state: Values, { token }: Pick<Taken, "token">): boolean {
    return state.__write === token;
  }

  async create(session: Session, inputs: Values): Promise<Kept> {
    const args = this.#model.args(inputs);
    const doing = `creating ${titled(this.#kind, inputs)}`;
    const isNamed = typeof inputs.adopt === "string" && inputs.adopt !== "ifThere";
    // What an earlier create has made after all was not there before; but a person may know better.
    const known = isNamed
      ? undefined
      : await step(session, doing, () => this.#doubts.take(session, inputs, args));
    if (known) return this.#finish(session, known, inputs);
    const wanted = { ...this.definition.onCreate?.(nameOf(inputs)), ...this.#model.wire(args) };
    const takes = this.definition.createTakes ?? Object.keys(wanted);
    const lookForLeft = () => this.#leftovers.take(session, inputs, args, pick(wanted, takes));
    // What a run that was cut off has made for this resource was not there before.
    const own =
      inputs.adopt === "ifThere" && session.cutOff ? await step(session, doing, lookForLeft) : undefined;
    const adopted = own ? undefined : await this.#adoption.create(session, inputs, args);
    if (adopted) {
      this.#doubts.drop(session, inputs);
      return adopted;
    }
    return step(session, doing, async () => {
      const [unfit] = this.#looks.unfitName(inputs);
      if (unfit) throw new Refusal(unfit);
      const isCutOff = session.recover || session.cutOff !== undefined;
      const left = own ?? (isCutOff ? await lookForLeft() : undefined);
      const first = left?.answer ?? (await this.#make(session, inputs, args, pick(wanted, takes)));
      // Another resource that comes in the place of this one has to know what this one has made.
      const target = inputs.adopt === "ifThere" ? { __target: this.#model.id(first) } : {};
      const origin = { ...(left?.origin ?? fresh), ...target };
      // What was left may be of an older declaration.
      const omitted = omit(wanted, left ? (this.definition.unseen ?? []) : takes);
      const rest = pick(omitted, differing(omitted, this.#model.liveWire(first)));
      if (Object.keys(rest).length === 0)
        return this.#states.proved(session, inputs, args, wanted, first, origin);
      try {
        const id = this.#model.id(first);
        const answer = await this.#model.writeInPlace(session, id, rest, args);
        return this.#states.proved(session, inputs, args, wanted, answer, origin);
      } catch (error) {
        if (error instanceof HalfMade) throw error;
        const { id, state } = this.#states.of(session, inputs, args, first, origin);
        throw new HalfMade(messageOf(error), id, state);
      }
    });
  }

  /** Brings what an earlier create has made to what is declared now. */
  async #finish(session: Session, made: Kept, inputs: Values): Promise<Kept> {
    try {
      return await this.update(session, made.id, made.state, inputs);
    } catch (error) {
      if (error instanceof HalfMade) throw error;
      throw new HalfMade(messageOf(error), made.id, made.state);
    }
  }

  async #make(session: Session, inputs: Values, args: Args, sent: Wire): Promise<Answer> {
    try {
      return await this.#creation.run(session, args, sent);
    } catch (error) {
      throw error instanceof Doubtful ? this.#doubts.kept(session, inputs, args, error) : error;
    }
  }

  async read(session: Session, id: string, state: Values): Promise<Seen | undefined> {
    guardAccount(session, state);
    if (isDoubtful(state)) {
      const doing = `looking for ${titled(this.#kind, state)}`;
      const found = await step(session, doing, () => this.#doubts.look(session, state));
      if (found === undefined) return undefined;
      const made = this.#doubts.found(session, state, found);
      return this.read(session, made.id, made.state);
    }
    return step(session, `reading ${titled(this.#kind, state, id)}`, async () => {
      const { collection } = this.#model;
      const isRefresh = state.accountSid !== undefined;
      const answer = await unlessGone(
        isRefresh ? collection.read(session, id, "refresh") : this.definition.read(session.api, id),
      );
      if (answer === undefined) return undefined;
      session.run.owned.add(claimOf(session, id));
      const live = this.#model.live(answer);
      const isFirst = state.baseline === undefined;
      const declared = this.#model.declared(state);
      const args = isFirst
        ? this.#model.named(this.#shown(live))
        : {
            ...observed(this.#model.mapping, declared, live, baselineIn(state)),
            ...this.#model.unseen(declared),
          };
      const inputs = toValues({ ...companions(session, state), ...args });
      const baseline = isFirst ? {} : baselineIn(state);
      const origin = { ...originOf(state), ...pick(state, ["__stuck", "__open", "__write"]) };
      const shown = this.#model.outputs(args, live);
      const kept = { ...inputs, ...shown, ...this.#model.computed(answer), ...origin, baseline };
      // The engine heeds a replacement only where it sees that an input differs.
      const stuck = typeof state.__stuck === "string" ? [state.__stuck] : [];
      return { id, inputs: toValues(omit(inputs, stuck)), state: toValues(kept) };
    });
  }

  async update(session: Session, id: string, last: Values, inputs: Values): Promise<Kept> {
    guardAccount(session, last);
    const state = this.#states.withNotes(session, id, last);
    const was = this.#model.declared(state);
    const now = this.#model.args(inputs);
    return step(session, `updating ${titled(this.#kind, inputs, id)}`, async () => {
      if (isDoubtful(state)) refuseUpdate();
      const fixed = this.#model.replacing(id, state, now);
      if (fixed.length > 0) throw new Refusal(adoptedIsFixed(fixed));
      const changed = this.#model.changes(state, was, now);
      const origin = originOf(state);
      const before = this.#model.before(state, was);
      for (const key of unrestorable(this.#model.mapping, before, this.#model.wire(now), baselineIn(state))) {
        session.warn(`${titled(this.#kind, inputs, id)}: ${cannotPutBack(key)}`);
      }
      if (Object.keys(changed).length === 0) {
        const computed = pick(state, Object.keys(this.definition.computed ?? {}));
        const baseline = omit(baselineIn(state), Object.keys(this.#model.wire(now)));
        const shown = this.#model.outputs(now, this.#model.args(state));
        const memory = this.#adoption.declares(origin, now);
        const kept = { ...companions(session, inputs), ...shown, ...computed, ...memory, baseline };
        return { id, state: toValues(kept) };
      }
      if (origin.adopted) return this.#adoption.update(session, id, state, inputs, now, changed, origin);
      const noted = this.#states.note(session, id, changed, {});
      const written = await this.#model
        .write(session, id, changed, now)
        .catch((error: unknown) => this.#states.failed(session, id, state, inputs, changed, error));
      const to = { ...origin, ...noted };
      if (!isUnsettled(written)) return this.#states.proved(session, inputs, now, changed, written, to);
      const kept = this.#states.of(session, inputs, now, written.answer, origin);
      throw new HalfMade(written.why, kept.id, { ...kept.state, __stuck: written.replacing });
    });
  }

  async delete(session: Session, id: string, last: Values): Promise<void> {
    guardAccount(session, last);
    const state = this.#states.withNotes(session, id, last);
    if (isDoubtful(state)) {
      const doing = `looking for ${titled(this.#kind, state)}`;
      return step(session, doing, () => this.#doubts.delete(session, state));
    }
    const holder = session.run.holders.get(claimOf(session, id)) ?? state.__claim;
    if (holder !== state.__claim) return;
    if (state.adopted === true && this.#adoption.handOver(session, id, state)) return;
    if (state.adopted === true && state.deleteAdopted !== true)
      return this.#adoption.release(session, id, state);
    session.run.owned.delete(claimOf(session, id));
    const doing = `deleting ${titled(this.#kind, state, id)}`;
    await step(session, doing, () => this.#deletion.run(session, id, state));
  }

  #declaration(session: Session, was: Values, inputs: Values): Declaration<A> {
    const args = this.#model.args(inputs);
    const before = Object.keys(was).length > 0 ? this.#model.args(was) : undefined;
    const isReplaced = before !== undefined && !isFixed(was) && !containsUnknown(inputs);
    return {
      args: this.#model.typed(args),
      was: before && this.#model.typed(before),
      replacing: isReplaced ? changedCreateOnly(this.#kind, before, args) : [],
      inputs,
      isApiKey: session.isApiKey,
    };
  }

  /** Changes that the API cannot make, known before anything is touched. */
  #impossible(was: Values, before: Args, args: Args): string[] {
    const changed = changedCreateOnly(this.#kind, before, args);
    // Whether another name means another object is known only beside the state.
    const isRenamed = (key: string) =>
      this.#model.naming.includes(key) && (before[key] === undefined || args[key] === undefined);
    const fixed = isFixed(was) ? changed.filter((key) => !isRenamed(key)) : [];
    const removed = irremovable(this.#model.mapping, this.#model.wire(before), this.#model.wire(args));
    return [...(fixed.length > 0 ? [adoptedIsFixed(fixed)] : []), ...removed];
  }

  /** What nobody has declared, as it may be shown. Free-form JSON is the reader's own business. */
  #shown(live: Args): Args {
    return { ...maskedIn(live), ...pick(live, this.#kind.json) };
  }
}

/** Whether it is known to be adopted, and so is never replaced. What `"ifThere"` has done is known only beside the state. */
const isFixed = ({ adopt }: Values): boolean => Boolean(adopt) && adopt !== "ifThere";

const cannotPutBack = (key: string): string =>
  `${key} was changed by hand and stays so; what was there before carried credentials, of which only a hash is kept. Declare it, or put it back by hand`;

const nothingToFindBy = ({ label }: Kind): string =>
  `adopt: true takes the one with the same natural key, and this ${label} has none; give adopt: "<SID>"`;

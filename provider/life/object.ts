import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { z } from "zod";
import { ApiError, HalfMade, messageOf, Refusal } from "../values/errors";
import { maskedIn } from "../values/secrets";
import { containsUnknown, same, toValues, type Values } from "../values/values";
import type { ObjectDefinition, Wire } from "./definition";
import { adoptedIsFixed, Existing } from "./existing";
import {
  changedCreateOnly,
  checkOffline,
  companions,
  didNotTake,
  guardAccount,
  type Kind,
  nameOf,
  omit,
  pick,
  sameControls,
  step,
  titled,
  unlessGone,
  withHint,
} from "./frame";
import type { Checked, Difference, Kept, Life, Seen, Session } from "./life";
import { type Args, baselineIn, Model } from "./model";
import { baselineOf, irremovable, observed, refused, unrestorable } from "./wire";

const createAttempts = 4;
const deleteAttempts = 10;

/**
 * Which resource has adopted or recovered which object in this process. After a rename or a forced replace the new
 * resource has taken what the old one is asked to delete; the old one must then leave it alone.
 */
const takenHere = new Map<string, string>();

/** How an object came to be the program's own. */
type Origin = { readonly adopted: boolean; readonly __claim?: string };

/**
 * Replacements that the program has said may lose data. The old object is deleted by what its state holds, which was
 * written before; `check`, which runs for the new one, knows what the program says now.
 */
const mayLose = new Set<string>();

/** Objects that are to be replaced in this run: what stands beside their successor for a while is not another one. */
const leaving = new Set<string>();

/** The life of an object that is created and deleted. */
export class ObjectLife<A, Params extends object, Answer> implements Life {
  readonly #kind: Kind;
  readonly #model: Model<A, Params, Answer>;
  readonly #existing: Existing<A, Params, Answer>;

  constructor(
    private readonly definition: ObjectDefinition<A, Params, Answer>,
    schema: z.ZodObject,
  ) {
    this.#model = new Model(definition, schema);
    this.#kind = this.#model.kind;
    this.#existing = new Existing(this.#model);
  }

  async check(session: Session, was: Values, given: Values): Promise<Checked> {
    const checked = checkOffline(this.#kind, session, was, given);
    const { inputs, problems } = checked;
    if (this.definition.needsAuthToken && problems.length === 0 && session.isApiKey)
      problems.push(needsAuthToken(this.#kind));
    if (problems.length > 0 || containsUnknown(inputs)) return checked;
    const args = this.#model.args(inputs);
    const before = Object.keys(was).length > 0 ? this.#model.args(was) : undefined;
    if (before && inputs.deleteData === true) mayLose.add(this.#identity(session, was));
    if (before) problems.push(...this.#impossible(was, inputs, before, args));
    else if (inputs.adopt === true && this.definition.naturalKey?.(this.#model.typed(args)) === undefined)
      problems.push(nothingToFindBy(this.#kind));
    const caution = inputs.adopt ? undefined : this.definition.caution?.(this.#model.typed(args));
    if (caution) session.warn(`${titled(this.#kind, inputs)}: ${caution}`);
    if (problems.length === 0 && session.online) {
      try {
        await this.definition.inspect?.(
          session.api,
          this.#model.typed(args),
          before && this.#model.typed(before),
        );
        if (!before && inputs.adopt) await this.#announceAdoption(session, inputs, args);
      } catch (error) {
        problems.push(session.redact(messageOf(error)));
      }
    }
    return checked;
  }

  diff(id: string, state: Values, inputs: Values): Difference {
    const was = this.#model.declared(state);
    const now = this.#model.args(inputs);
    const fixed = this.#model.replacing(id, state, now);
    const stuck = typeof state.__stuck === "string" ? [state.__stuck] : [];
    const replaces = state.adopted === true ? [] : [...fixed, ...stuck];
    if (replaces.length > 0) leaving.add(`${state.accountSid} ${id}`);
    const changed =
      replaces.length > 0 ||
      containsUnknown(now) ||
      // Also what is no change to Twilio: the state has to know which arguments are declared.
      !same(was, now) ||
      !sameControls(state, inputs) ||
      Object.keys(this.#model.changes(state, was, now)).length > 0;
    return { changes: changed, replaces };
  }

  async create(session: Session, inputs: Values): Promise<Kept> {
    const args = this.#model.args(inputs);
    if (inputs.adopt) {
      const doing = `adopting ${titled(this.#kind, inputs)}`;
      return step(session, doing, () => this.#adopt(session, inputs, args));
    }
    return step(session, `creating ${titled(this.#kind, inputs)}`, async () => {
      const wanted = { ...this.definition.onCreate?.(nameOf(inputs)), ...this.#model.wire(args) };
      const takes = this.definition.createTakes ?? Object.keys(wanted);
      const left = session.recover ? await this.#left(session, args, pick(wanted, takes)) : undefined;
      const first =
        left?.answer ??
        (await this.#make(session, args, await this.#chosen(session, args, pick(wanted, takes))));
      const origin = left?.origin ?? fresh;
      const omitted = omit(wanted, takes);
      const rest = pick(omitted, refused(omitted, this.#model.liveWire(first)));
      if (Object.keys(rest).length === 0) return this.#taken(session, inputs, args, wanted, first, origin);
      try {
        const id = this.#model.id(first);
        const answer = await this.#model.write(session, id, rest, args);
        return this.#taken(session, inputs, args, wanted, answer, origin);
      } catch (error) {
        if (error instanceof HalfMade) throw error;
        const { id, state } = this.#kept(session, inputs, args, first, origin);
        throw new HalfMade(messageOf(error), id, state);
      }
    });
  }

  async read(session: Session, id: string, state: Values): Promise<Seen | undefined> {
    guardAccount(session, state);
    return step(session, `reading ${titled(this.#kind, state, id)}`, async () => {
      const answer = await unlessGone(this.definition.read(session.api, id));
      if (answer === undefined) return undefined;
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
      const origin = { ...originOf(state), ...pick(state, ["__stuck"]) };
      const kept = { ...inputs, ...this.#model.computed(answer), ...origin, baseline };
      // The engine heeds a replacement only where it sees that an input differs.
      const stuck = typeof state.__stuck === "string" ? [state.__stuck] : [];
      return { id, inputs: toValues(omit(inputs, stuck)), state: toValues(kept) };
    });
  }

  async update(session: Session, id: string, state: Values, inputs: Values): Promise<Kept> {
    guardAccount(session, state);
    const was = this.#model.declared(state);
    const now = this.#model.args(inputs);
    return step(session, `updating ${titled(this.#kind, inputs, id)}`, async () => {
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
        const kept = { ...companions(session, inputs), ...now, ...computed, ...origin, baseline };
        return { id, state: toValues(kept) };
      }
      const answer = await this.#model.write(session, id, changed, now).catch(mentionRefresh);
      // What was adopted is never replaced.
      if (
        !origin.adopted &&
        this.definition.isStuck?.(answer, this.#model.typed(now), this.#model.params(changed))
      ) {
        const kept = this.#kept(session, inputs, now, answer, origin);
        const argument = (this.definition.union?.on ?? Object.keys(changed)[0] ?? "").split(".")[0] ?? "";
        throw new HalfMade(isStuck(argument), kept.id, { ...kept.state, __stuck: argument });
      }
      return this.#taken(session, inputs, now, changed, answer, origin);
    });
  }

  async delete(session: Session, id: string, state: Values): Promise<void> {
    guardAccount(session, state);
    const adopter = takenHere.get(claimOf(session, id)) ?? state.__claim;
    if (adopter !== state.__claim || (state.adopted === true && state.deleteAdopted !== true)) return;
    const { deleteNeeds } = this.definition;
    if (deleteNeeds && state[deleteNeeds.control] !== true) {
      session.warn(`${titled(this.#kind, state, id)}: ${deleteNeeds.warning}`);
      return;
    }
    await step(session, `deleting ${titled(this.#kind, state, id)}`, async () => {
      const reason = await this.#existing.reasonToStay(session, id);
      if (reason)
        throw new Refusal(
          `${reason}. Where it was adopted, take deleteAdopted away and run up; else let the stack forget it with pulumi state delete`,
        );
      const isGranted = state.deleteData === true || mayLose.has(this.#identity(session, state));
      if (this.definition.holds && !isGranted) {
        const held = await unlessGone(this.definition.holds(session.api, id));
        if (held)
          throw new Refusal(
            `it holds ${held}, which would be lost. To delete it all the same, first set deleteData: true and run up`,
          );
      }
      await this.#remove(session, id);
    });
  }

  /**
   * What uses the object may be about to go in the same destroy: a worker is in an activity without the engine knowing.
   * As long as others use it than the time before, it is tried again.
   */
  async #remove({ api }: Session, id: string): Promise<void> {
    const { usedBy } = this.definition;
    let last: string | null | undefined = null;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await unlessGone(this.definition.delete(api, id));
        return;
      } catch (error) {
        if (!usedBy || !(error instanceof ApiError) || error.lost) throw error;
        const users = await unlessGone(usedBy(api, id));
        if (users === last || attempt === deleteAttempts) throw users ? withHint(error, users) : error;
        last = users;
        await pause(1500);
      }
    }
  }

  /** Changes that the API cannot make, known before anything is touched. */
  #impossible(was: Values, inputs: Values, before: Args, args: Args): string[] {
    const changed = changedCreateOnly(this.#kind, before, args);
    const { replaceLoses } = this.definition;
    if (replaceLoses && changed.length > 0 && !was.adopt && inputs.deleteData !== true)
      return [`${changed.join(", ")}: ${replaceLoses}; to replace it all the same, set deleteData: true`];
    // Whether another name means another object is known only beside the state.
    const isRenamed = (key: string) =>
      this.#model.naming.includes(key) && (before[key] === undefined || args[key] === undefined);
    const fixed = was.adopt ? changed.filter((key) => !isRenamed(key)) : [];
    const removed = irremovable(this.#model.mapping, this.#model.wire(before), this.#model.wire(args));
    return [...(fixed.length > 0 ? [adoptedIsFixed(fixed)] : []), ...removed];
  }

  /** What a killed run made and could not write down. */
  async #left(session: Session, args: Args, sent: Wire) {
    const isFree = (answer: Answer) => !takenHere.has(claimOf(session, this.#model.id(answer)));
    const answer = await this.#existing.equal(session, args, sent, isFree);
    // Creates run side by side: another one may have taken it while this one was looking.
    return answer && isFree(answer) ? { answer, origin: this.#claim(session, answer, false) } : undefined;
  }

  /** Takes over an object that was there before, so that the resource which held it lets go of it. */
  #claim(session: Session, answer: Answer, adopted: boolean): Origin {
    const origin = { adopted, __claim: randomUUID() };
    takenHere.set(claimOf(session, this.#model.id(answer)), origin.__claim);
    return origin;
  }

  async #chosen(session: Session, args: Args, sent: Wire): Promise<Wire> {
    const { choose } = this.definition;
    if (!choose) return sent;
    const isLeaving = (id: string) => leaving.has(claimOf(session, id));
    const chosen = await choose(session.api, this.#model.params(sent), this.#model.typed(args), isLeaving);
    return Object.fromEntries(Object.entries(chosen));
  }

  /** What a resource is known by from one run to the next, without its URN, which the host keeps to itself. */
  #identity(session: Session, values: Values): string {
    const fixed = pick(this.#model.args(values), this.#kind.createOnly);
    return JSON.stringify([session.account, this.#kind.label, nameOf(values), fixed]);
  }

  /** One object, once: a lost answer is looked for before the request is repeated. */
  async #make(session: Session, args: Args, sent: Wire): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const started = new Date();
      try {
        return await this.definition.create(session.once, this.#model.params(sent), this.#model.typed(args));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.status === 409 || this.definition.duplicate?.some((code) => code === error.code)) {
          throw await this.#existing.duplicate(session, args, sent, error);
        }
        if (!error.lost) throw await this.#existing.obstacle(session, args, error);
        await pause(500 * attempt);
        const made = await this.#existing.equal(session, args, sent, (answer) => {
          const created = this.definition.createdAt(answer);
          return created !== null && created.getTime() >= wholeSecond(session.serverTime(started));
        });
        if (made !== undefined) return made;
        if (attempt === createAttempts) throw error;
      }
    }
  }

  async #adopt(session: Session, inputs: Values, args: Args): Promise<Kept> {
    const found = await this.#existing.adoptable(session, inputs, args);
    const changed = this.#existing.adoptionChanges(found, args);
    const id = this.#model.id(found);
    const origin = this.#claim(session, found, true);
    if (Object.keys(changed).length === 0) return this.#kept(session, inputs, args, found, origin);
    const answer = await this.#model.write(session, id, changed, args);
    return this.#taken(session, inputs, args, changed, answer, origin);
  }

  async #announceAdoption(session: Session, inputs: Values, args: Args): Promise<void> {
    const found = await this.#existing.adoptable(session, inputs, args);
    const keys = Object.keys(this.#existing.adoptionChanges(found, args));
    const what = keys.length > 0 ? `changes ${keys.join(", ")}` : "changes nothing in it";
    session.warn(`adopting ${titled(this.#kind, inputs, this.#model.id(found))} ${what}`);
  }

  /** The new state, once the answer shows all that was sent. */
  #taken(session: Session, inputs: Values, args: Args, sent: Wire, answer: Answer, origin: Origin): Kept {
    const kept = this.#kept(session, inputs, args, answer, origin);
    const missing = this.#model.missing(sent, answer);
    if (missing.length > 0) throw new HalfMade(didNotTake(missing), kept.id, kept.state);
    return kept;
  }

  #kept(session: Session, inputs: Values, args: Args, answer: Answer, origin: Origin): Kept {
    const live = this.#model.live(answer);
    const baseline = baselineOf(this.#model.mapping, this.#model.wire(args), this.#model.wire(live));
    const shown = observed(this.#model.mapping, args, live, baseline);
    const state = {
      ...companions(session, inputs),
      ...shown,
      ...this.#model.unseen(args),
      ...this.#model.computed(answer),
      ...origin,
      baseline,
    };
    return { id: this.#model.id(answer), state: toValues(state) };
  }

  /** What nobody has declared, as it may be shown. Free-form JSON is the reader's own business. */
  #shown(live: Args): Args {
    return { ...maskedIn(live), ...pick(live, this.#kind.json) };
  }
}

const fresh: Origin = { adopted: false };
const originOf = ({ adopted, __claim }: Values): Origin => ({
  adopted: adopted === true,
  ...(typeof __claim === "string" && { __claim }),
});
const claimOf = (session: Session, id: string): string => `${session.account} ${id}`;

const needsAuthToken = ({ label }: Kind): string =>
  `a ${label} needs twilio:accountSid with twilio:authToken; Twilio does not let an API key do this`;

const isStuck = (argument: string): string =>
  `Twilio has not taken over the new ${argument} whole and keeps something of the old one. The next up replaces the object, deleting the old one first`;

/** An object that somebody deleted is missing in the state only after a refresh. */
function mentionRefresh(error: unknown): never {
  if (!(error instanceof ApiError) || !error.gone) throw error;
  throw withHint(error, "Where it was deleted by hand, run pulumi refresh; the next up creates it again");
}

const cannotPutBack = (key: string): string =>
  `${key} was changed by hand and stays so; what was there before carried credentials, of which only a hash is kept. Declare it, or put it back by hand`;

const nothingToFindBy = ({ label }: Kind): string =>
  `adopt: true takes the one with the same natural key, and this ${label} has none; give adopt: "<SID>"`;

/** Twilio's dates have whole seconds. */
const wholeSecond = (moment: Date): number => Math.floor(moment.getTime() / 1000) * 1000;

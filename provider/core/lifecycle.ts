import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { z } from "zod";
import type { Declared } from "./args";
import type { ObjectDefinition, Wire } from "./definition";
import { ApiError, HalfMade, messageOf, Refusal } from "./errors";
import {
  argsOf,
  blanksOut,
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
  sidIn,
  step,
  titled,
  unlessGone,
} from "./frame";
import type { Checked, Difference, Kept, Life, Seen, Session } from "./life";
import { normalised } from "./validate";
import { containsUnknown, isBlank, isRecord, maskedIn, same, toValues, type Values } from "./values";
import {
  baselineOf,
  changes,
  defaultsOf,
  emptiedIn,
  irremovable,
  type Mapping,
  observed,
  refused,
  unrestorable,
  wireOf,
} from "./wire";

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
export class ObjectLife<Args, Params extends object, Answer> implements Life {
  readonly #kind: Kind;
  readonly #mapping: Mapping;

  constructor(
    private readonly definition: ObjectDefinition<Args, Params, Answer>,
    schema: z.ZodObject,
  ) {
    const { label, rules = [], json = [], createOnly = [], notArguments = {}, reset, union } = definition;
    const defaults = defaultsOf({ reset });
    this.#kind = { label, schema, rules, json, blankable: [], createOnly, defaults, notArguments };
    this.#mapping = { json, reset, union, params: (args) => definition.params(this.#typed(args)) };
  }

  async check(session: Session, was: Values, given: Values): Promise<Checked> {
    const checked = checkOffline(this.#kind, session, was, given);
    const { inputs, problems } = checked;
    if (this.definition.needsAuthToken && problems.length === 0 && session.isApiKey)
      problems.push(needsAuthToken(this.#kind));
    if (problems.length > 0 || containsUnknown(inputs)) return checked;
    const args = argsOf(this.#kind, inputs);
    const before = Object.keys(was).length > 0 ? argsOf(this.#kind, was) : undefined;
    if (before && inputs.deleteData === true) mayLose.add(this.#identity(session, was));
    if (before) problems.push(...this.#impossible(was, inputs, before, args));
    else if (inputs.adopt === true && this.definition.naturalKey?.(this.#typed(args)) === undefined)
      problems.push(nothingToFindBy(this.#kind));
    const caution = inputs.adopt ? undefined : this.definition.caution?.(this.#typed(args));
    if (caution) session.warn(`${titled(this.#kind, inputs)}: ${caution}`);
    if (problems.length === 0 && session.online) {
      try {
        await this.definition.inspect?.(session.api, this.#typed(args), before && this.#typed(before));
        if (!before && inputs.adopt) await this.#announceAdoption(session, inputs, args);
      } catch (error) {
        problems.push(session.redact(messageOf(error)));
      }
    }
    return checked;
  }

  diff(id: string, state: Values, inputs: Values): Difference {
    const was = this.#declared(state);
    const now = argsOf(this.#kind, inputs);
    const fixed = this.#replacing(id, state, now);
    const stuck = typeof state.__stuck === "string" ? [state.__stuck] : [];
    const replaces = state.adopted === true ? [] : [...fixed, ...stuck];
    if (replaces.length > 0) leaving.add(`${state.accountSid} ${id}`);
    const changed =
      replaces.length > 0 ||
      containsUnknown(now) ||
      // Also what is no change to Twilio: the state has to know which arguments are declared.
      !same(was, now) ||
      !sameControls(state, inputs) ||
      Object.keys(this.#changes(state, was, now)).length > 0;
    return { changes: changed, replaces };
  }

  async create(session: Session, inputs: Values): Promise<Kept> {
    const args = argsOf(this.#kind, inputs);
    if (inputs.adopt) {
      const doing = `adopting ${titled(this.#kind, inputs)}`;
      return step(session, doing, () => this.#adopt(session, inputs, args));
    }
    return step(session, `creating ${titled(this.#kind, inputs)}`, async () => {
      const wanted = { ...this.definition.onCreate?.(nameOf(inputs)), ...wireOf(this.#mapping, args) };
      const takes = this.definition.createTakes ?? Object.keys(wanted);
      const left = session.recover ? await this.#left(session, args, pick(wanted, takes)) : undefined;
      const first =
        left?.answer ??
        (await this.#make(session, args, await this.#chosen(session, args, pick(wanted, takes))));
      const origin = left?.origin ?? fresh;
      const omitted = omit(wanted, takes);
      const rest = pick(omitted, refused(omitted, this.#liveWire(first)));
      if (Object.keys(rest).length === 0) return this.#taken(session, inputs, args, wanted, first, origin);
      try {
        const id = this.definition.id(first);
        const answer = await this.#write(session, id, rest, args);
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
      const live = this.#live(answer);
      const isFirst = state.baseline === undefined;
      const declared = this.#declared(state);
      const args = isFirst
        ? this.#named(this.#shown(live))
        : { ...observed(this.#mapping, declared, live, baselineIn(state)), ...this.#unseen(declared) };
      const inputs = toValues({ ...companions(session, state), ...args });
      const baseline = isFirst ? {} : baselineIn(state);
      const origin = { ...originOf(state), ...pick(state, ["__stuck"]) };
      const kept = { ...inputs, ...this.#computed(answer), ...origin, baseline };
      return { id, inputs, state: toValues(kept) };
    });
  }

  async update(session: Session, id: string, state: Values, inputs: Values): Promise<Kept> {
    guardAccount(session, state);
    const was = this.#declared(state);
    const now = argsOf(this.#kind, inputs);
    return step(session, `updating ${titled(this.#kind, inputs, id)}`, async () => {
      const fixed = this.#replacing(id, state, now);
      if (fixed.length > 0) throw new Refusal(adoptedIsFixed(fixed));
      const changed = this.#changes(state, was, now);
      const origin = originOf(state);
      const before = this.#before(state, was);
      for (const key of unrestorable(this.#mapping, before, wireOf(this.#mapping, now), baselineIn(state))) {
        session.warn(`${titled(this.#kind, inputs, id)}: ${cannotPutBack(key)}`);
      }
      if (Object.keys(changed).length === 0) {
        const computed = pick(state, Object.keys(this.definition.computed ?? {}));
        const baseline = omit(baselineIn(state), Object.keys(wireOf(this.#mapping, now)));
        const kept = { ...companions(session, inputs), ...now, ...computed, ...origin, baseline };
        return { id, state: toValues(kept) };
      }
      const answer = await this.#write(session, id, changed, now).catch(mentionRefresh);
      // What was adopted is never replaced.
      if (!origin.adopted && this.definition.isStuck?.(answer, this.#typed(now), this.#params(changed))) {
        const kept = this.#kept(session, inputs, now, answer, origin);
        const argument = Object.keys(changed)[0]?.split(".")[0] ?? "";
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
      const reason = await this.#reasonToStay(session, id);
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

  async #reasonToStay({ api }: Session, id: string): Promise<string | undefined> {
    const reason = await this.definition.neverDeleted?.(api, id);
    return reason && `${reason}, and is never deleted`;
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
  #impossible(
    was: Values,
    inputs: Values,
    before: Record<string, unknown>,
    args: Record<string, unknown>,
  ): string[] {
    const changed = changedCreateOnly(this.#kind, before, args);
    const { replaceLoses } = this.definition;
    if (replaceLoses && changed.length > 0 && !was.adopt && inputs.deleteData !== true)
      return [`${changed.join(", ")}: ${replaceLoses}; to replace it all the same, set deleteData: true`];
    // Whether another name means another object is known only beside the state.
    const isRenamed = (key: string) =>
      this.#naming.includes(key) && (before[key] === undefined || args[key] === undefined);
    const fixed = was.adopt ? changed.filter((key) => !isRenamed(key)) : [];
    const removed = irremovable(this.#mapping, wireOf(this.#mapping, before), wireOf(this.#mapping, args));
    return [...(fixed.length > 0 ? [adoptedIsFixed(fixed)] : []), ...removed];
  }

  /** What a killed run made and could not write down. */
  async #left(session: Session, args: Record<string, unknown>, sent: Wire) {
    const isFree = (answer: Answer) => !takenHere.has(claimOf(session, this.definition.id(answer)));
    const [answer] = await this.#only(session, args, sent, isFree);
    // Creates run side by side: another one may have taken it while this one was looking.
    return answer && isFree(answer) ? { answer, origin: this.#claim(session, answer, false) } : undefined;
  }

  /** Takes over an object that was there before, so that the resource which held it lets go of it. */
  #claim(session: Session, answer: Answer, adopted: boolean): Origin {
    const origin = { adopted, __claim: randomUUID() };
    takenHere.set(claimOf(session, this.definition.id(answer)), origin.__claim);
    return origin;
  }

  async #chosen(session: Session, args: Record<string, unknown>, sent: Wire): Promise<Wire> {
    const { choose } = this.definition;
    if (!choose) return sent;
    const isLeaving = (id: string) => leaving.has(claimOf(session, id));
    const chosen = await choose(session.api, this.#params(sent), this.#typed(args), isLeaving);
    return Object.fromEntries(Object.entries(chosen));
  }

  #write(session: Session, id: string, changed: Wire, args: Record<string, unknown>): Promise<Answer> {
    const { update } = this.definition;
    if (!update) throw new Refusal(`Twilio changes nothing of it: ${Object.keys(changed).join(", ")}`);
    return update(session.api, id, this.#params(changed), this.#typed(args));
  }

  /** What a resource is known by from one run to the next, without its URN, which the host keeps to itself. */
  #identity(session: Session, values: Values): string {
    const fixed = pick(argsOf(this.#kind, values), this.#kind.createOnly);
    return JSON.stringify([session.account, this.#kind.label, nameOf(values), fixed]);
  }

  /** One object, once: a lost answer is looked for before the request is repeated. */
  async #make(session: Session, args: Record<string, unknown>, sent: Wire): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const started = new Date();
      try {
        return await this.definition.create(session.once, this.#params(sent), this.#typed(args));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.code !== undefined && this.definition.duplicate?.includes(error.code)) {
          throw await this.#duplicate(session, args, sent, error);
        }
        if (!error.lost) throw await this.#explained(session, args, error);
        await pause(500 * attempt);
        const [made] = await this.#only(session, args, sent, (answer) => {
          const created = this.definition.createdAt(answer);
          return created !== null && created.getTime() >= wholeSecond(session.serverTime(started));
        });
        if (made !== undefined) return made;
        if (attempt === createAttempts) throw error;
      }
    }
  }

  /** The one object that equals all that is sent, if there is one; several are an error. */
  async #only(
    session: Session,
    args: Record<string, unknown>,
    sent: Wire,
    which: (answer: Answer) => boolean,
  ) {
    const all = await this.definition.list(session.api, this.#typed(args));
    const alike = all.filter((answer) => which(answer) && !contradicts(sent, this.#liveWire(answer)));
    // Lists leave out what only a read shows.
    const whole = await Promise.all(
      alike.map((answer) => unlessGone(this.definition.read(session.api, this.definition.id(answer)))),
    );
    const equal = whole
      .filter((answer) => answer !== undefined)
      .filter((answer) => this.#missing(sent, answer).length === 0);
    if (equal.length > 1) {
      const sids = equal.map((answer) => this.#sid(answer)).join(", ");
      throw new Refusal(
        `${sids} all equal the declaration, and nothing tells which is this one; name it with adopt: "<SID>"`,
      );
    }
    return equal;
  }

  async #duplicate(
    session: Session,
    args: Record<string, unknown>,
    sent: Wire,
    error: ApiError,
  ): Promise<ApiError> {
    // A new object may have got its name from `onCreate`.
    const found = await this.#sameKey(session, { ...sent, ...args });
    if (found.length === 0) return this.#explained(session, args, error);
    const hint = found.map(
      (answer) =>
        `${this.#sid(answer)} is there already; take it over with adopt: "${this.#sid(answer)}". Where this program made it and has only renamed the resource, give aliases: [{ name: "<old name>" }] instead`,
    );
    if (this.definition.replaceAfterCreate)
      hint.push(
        "Where it is to be replaced by force, it cannot be had a second time: run without --replace, or pulumi state untaint",
      );
    return withHint(error, ...hint);
  }

  async #explained(session: Session, args: Record<string, unknown>, error: ApiError): Promise<ApiError> {
    if (error.code === undefined) return error;
    const hint = await this.definition.obstacle?.(session.api, this.#typed(args), error.code);
    return hint ? withHint(error, hint) : error;
  }

  #sid(answer: Answer): string {
    return sidIn(this.definition.id(answer));
  }

  async #sameKey(session: Session, args: Record<string, unknown>): Promise<Answer[]> {
    const key = this.definition.naturalKey?.(this.#typed(args));
    if (key === undefined) return [];
    const all = await this.definition.list(session.api, this.#typed(args));
    return all.filter((answer) => this.definition.naturalKey?.(this.#typed(this.#live(answer))) === key);
  }

  async #adopt(session: Session, inputs: Values, args: Record<string, unknown>): Promise<Kept> {
    const found = await this.#adoptable(session, inputs, args);
    const changed = this.#adoptionChanges(found, args);
    const id = this.definition.id(found);
    const origin = this.#claim(session, found, true);
    if (Object.keys(changed).length === 0) return this.#kept(session, inputs, args, found, origin);
    const answer = await this.#write(session, id, changed, args);
    return this.#taken(session, inputs, args, changed, answer, origin);
  }

  /** Only what is declared is written; everything else stays as it is. */
  #adoptionChanges(found: Answer, args: Record<string, unknown>): Wire {
    const live = this.#liveWire(found);
    const declared = omit(wireOf(this.#mapping, args), this.definition.unseen ?? []);
    return pick(declared, refused(declared, live));
  }

  async #adoptable(session: Session, inputs: Values, args: Record<string, unknown>): Promise<Answer> {
    const found = await this.#find(session, inputs.adopt, args);
    const { unseen = [] } = this.definition;
    const fixed = changedCreateOnly(this.#kind, this.#live(found), args).filter(
      (key) => args[key] !== undefined && !unseen.some((other) => other === key),
    );
    if (fixed.length > 0) throw new Refusal(adoptedIsFixed(fixed));
    const reason =
      inputs.deleteAdopted === true && (await this.#reasonToStay(session, this.definition.id(found)));
    if (reason) throw new Refusal(`deleteAdopted: ${reason}; take deleteAdopted away`);
    return found;
  }

  async #find(session: Session, adopt: unknown, args: Record<string, unknown>): Promise<Answer> {
    if (typeof adopt === "string") {
      const parent = this.definition.within?.(this.#typed(args));
      const id = parent === undefined ? adopt : `${parent}/${sidIn(adopt)}`;
      const found = await unlessGone(this.definition.read(session.api, id));
      if (found === undefined) throw new Refusal(`adopt: ${adopt} is not in account ${session.account}`);
      return found;
    }
    const found = await this.#sameKey(session, args);
    const [only] = found;
    if (only !== undefined && found.length === 1) return only;
    throw new Refusal(
      found.length > 1
        ? `adopt: several have this key: ${found.map((answer) => this.#sid(answer)).join(", ")}; name one with adopt: "<SID>"`
        : 'adopt: nothing with this key is in the account; give adopt: "<SID>", or take adopt away to create it',
    );
  }

  async #announceAdoption(session: Session, inputs: Values, args: Record<string, unknown>): Promise<void> {
    const found = await this.#adoptable(session, inputs, args);
    const keys = Object.keys(this.#adoptionChanges(found, args));
    const what = keys.length > 0 ? `changes ${keys.join(", ")}` : "changes nothing in it";
    session.warn(`adopting ${titled(this.#kind, inputs, this.definition.id(found))} ${what}`);
  }

  get #naming(): readonly string[] {
    return this.definition.naming ?? [];
  }

  /** The arguments that a state declares. */
  #declared(state: Values): Record<string, unknown> {
    return this.#named(argsOf(this.#kind, state));
  }

  /** Without the outputs that bear the name of an argument: what names the object is one beside no other name. */
  #named(args: Record<string, unknown>): Record<string, unknown> {
    const { computed = {} } = this.definition;
    const outputs = this.#naming.filter((key) => key in computed);
    const isNamed = this.#naming.some((key) => args[key] !== undefined && !outputs.includes(key));
    return isNamed ? omit(args, outputs) : args;
  }

  /** The arguments that only a new object can be as declared by. */
  #replacing(id: string, state: Values, now: Record<string, unknown>): string[] {
    const was = argsOf(this.#kind, state);
    const fixed = changedCreateOnly(this.#kind, was, now);
    const { otherTarget } = this.definition;
    if (!otherTarget) return fixed;
    const unknown = this.#naming.filter((key) => containsUnknown(now[key]));
    const other =
      unknown.length > 0 ? unknown : otherTarget(this.#typed(now), id, toValues({ ...state, ...was }));
    return [...fixed.filter((key) => !this.#naming.includes(key)), ...other];
  }

  #changes(state: Values, was: Record<string, unknown>, now: Record<string, unknown>): Wire {
    const changed = changes(
      this.#mapping,
      this.#before(state, was),
      wireOf(this.#mapping, now),
      baselineIn(state),
    );
    return omit(changed, this.#kind.createOnly);
  }

  #before(state: Values, was: Record<string, unknown>): Wire {
    return { ...wireOf(this.#mapping, was), ...emptiedIn(state, baselineIn(state)) };
  }

  /** The new state, once the answer shows all that was sent. */
  #taken(
    session: Session,
    inputs: Values,
    args: Record<string, unknown>,
    sent: Wire,
    answer: Answer,
    origin: Origin,
  ): Kept {
    const kept = this.#kept(session, inputs, args, answer, origin);
    const missing = this.#missing(sent, answer);
    if (missing.length > 0) throw new HalfMade(didNotTake(missing), kept.id, kept.state);
    return kept;
  }

  /** What was sent and the answer does not show, of all that answers show. */
  #missing(sent: Wire, answer: Answer): string[] {
    return refused(omit(sent, this.definition.unseen ?? []), this.#liveWire(answer));
  }

  #kept(
    session: Session,
    inputs: Values,
    args: Record<string, unknown>,
    answer: Answer,
    origin: Origin,
  ): Kept {
    const live = this.#live(answer);
    const baseline = baselineOf(this.#mapping, wireOf(this.#mapping, args), wireOf(this.#mapping, live));
    const shown = observed(this.#mapping, args, live, baseline);
    const state = {
      ...companions(session, inputs),
      ...shown,
      ...this.#unseen(args),
      ...this.#computed(answer),
      ...origin,
      baseline,
    };
    return { id: this.definition.id(answer), state: toValues(state) };
  }

  #unseen(args: Record<string, unknown>): Record<string, unknown> {
    return pick(args, this.definition.unseen ?? []);
  }

  /** What nobody has declared, as it may be shown. Free-form JSON is the reader's own business. */
  #shown(live: Record<string, unknown>): Record<string, unknown> {
    return { ...maskedIn(live), ...pick(live, this.#kind.json) };
  }

  #live(answer: Answer): Record<string, unknown> {
    return normalised(this.#kind.schema, blanksOut(this.#kind, toValues(this.definition.live(answer))));
  }

  #liveWire(answer: Answer): Wire {
    return wireOf(this.#mapping, this.#live(answer));
  }

  #computed(answer: Answer): Record<string, unknown> {
    const computed = Object.entries(this.definition.computed ?? {});
    return Object.fromEntries(computed.map(([key, value]) => [key, value(answer)]));
  }

  // Values cross the engine as plain JSON. `check` has proved against the schema, which the compiler holds
  // against `Args`, that they are what the definition calls them.
  #typed(args: Record<string, unknown>): Declared<Args> {
    return args as Declared<Args>;
  }

  #params(wire: Wire): Params {
    return wire as Params;
  }
}

const fresh: Origin = { adopted: false };
const originOf = ({ adopted, __claim }: Values): Origin => ({
  adopted: adopted === true,
  ...(typeof __claim === "string" && { __claim }),
});
const claimOf = (session: Session, id: string): string => `${session.account} ${id}`;

/** Whether the answer shows something else than was sent. Where it is silent, nothing is said. */
const contradicts = (sent: Wire, answered: Wire): boolean =>
  refused(sent, answered).some((key) => !isBlank(answered[key]));

const withHint = (error: ApiError, ...hints: string[]): ApiError =>
  new ApiError([error.message, ...hints].join(". "), error.status, error.code, error.details);

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

const baselineIn = (state: Values): Values => (isRecord(state.baseline) ? toValues(state.baseline) : {});

const nothingToFindBy = ({ label }: Kind): string =>
  `adopt: true takes the one with the same natural key, and this ${label} has none; give adopt: "<SID>"`;

const adoptedIsFixed = (keys: string[]): string =>
  `${keys.join(", ")}: cannot be changed on an adopted object, which is never replaced; declare what it has, or declare a new resource`;

/** Twilio's dates have whole seconds. */
const wholeSecond = (moment: Date): number => Math.floor(moment.getTime() / 1000) * 1000;

import { type ApiError, Refusal, unlessGone } from "../values/errors";
import { type Args, isBlank, omit, pick, type Values, type Wire } from "../values/values";
import type { Directory, How } from "./collection";
import type { Elsewhere } from "./definition";
import { changedCreateOnly, claimOf, nameOf, sidIn, withHint } from "./frame";
import type { Session } from "./life";
import type { Model } from "./model";
import { differing } from "./wire";

/** Objects that are there already: looked for by what was sent, by their natural key, or by their SID. */
export class Existing<A, Params extends object, Answer> {
  /** Lists that a check has looked at are asked again and again. */
  readonly #byKey = new WeakMap<readonly Answer[], Map<string, Answer[]>>();

  constructor(private readonly model: Model<A, Params, Answer>) {}

  /** The one object that equals all that is sent, if there is one; several are an error. */
  async equal(
    session: Session,
    args: Args,
    sent: Wire,
    which: (answer: Answer) => boolean,
  ): Promise<Answer | undefined> {
    const { definition } = this.model;
    const all = await this.model.collection.fresh(session, this.model.parent(args));
    const couldBe = (answer: Answer) => definition.couldBe?.(answer, this.model.typed(args)) !== false;
    const alike = all.filter(
      (answer) => which(answer) && couldBe(answer) && !contradicts(sent, this.model.liveWire(answer)),
    );
    // Lists leave out what only a read shows.
    const whole = await Promise.all(
      alike.map((answer) => unlessGone(definition.read(session.api, definition.id(answer)))),
    );
    const [only, ...others] = whole
      .filter((answer) => answer !== undefined)
      .filter((answer) => this.model.missing(sent, answer).length === 0);
    if (only === undefined || others.length === 0) return only;
    throw new Refusal(
      `${this.#sids([only, ...others])} all equal the declaration, and nothing tells which is this one; name it with adopt: "<SID>"`,
    );
  }

  /** The one object that equals all that is sent and was made since then, and by no other resource. */
  async since(session: Session, args: Args, sent: Wire, moment: () => Date): Promise<Answer | undefined> {
    const { createdAt } = this.model.definition;
    const { run, cutOff } = session;
    const isFree = (answer: Answer) => {
      const id = this.model.id(answer);
      const isOwn = cutOff?.creates.some((create) => create.id === id) ?? false;
      const claim = claimOf(session, id);
      return !run.owned.has(claim) && !run.undeclared.has(claim) && (isOwn || !cutOff?.isAccountedFor(id));
    };
    const isNew = (answer: Answer) => isSince(createdAt(answer), moment());
    const made = await this.equal(session, args, sent, (answer) => isNew(answer) && isFree(answer));
    // Creates run side by side: another one may have been answered while this one was looking.
    return made !== undefined && isFree(made) ? made : undefined;
  }

  /** A refused duplicate, with what it clashes with and the ways out. */
  async duplicate(session: Session, args: Args, sent: Wire, error: ApiError): Promise<ApiError> {
    // A new object may have got its name from `onCreate`.
    const named = { ...Object.fromEntries(Object.entries(sent)), ...args };
    const all = await this.model.collection.fresh(session, this.model.parent(named));
    const rivals = this.rivals(all, named);
    const found = rivals.length > 0 ? rivals : this.sameKey(all, named);
    return found.length > 0
      ? withHint(error, ...this.thereAlready(found))
      : this.obstacle(session, args, error);
  }

  /** What a new object clashes with, and the ways out. */
  thereAlready(found: Answer[]): string[] {
    const hints = found.map(
      (answer) =>
        `${this.model.sid(answer)} is there already; take it over with adopt: "${this.model.sid(answer)}". Where this program made it and has only renamed the resource, give aliases: [{ name: "<old name>" }] instead`,
    );
    hints.push(cutOff);
    return this.model.definition.replacement === "createFirst" ? [...hints, noSecond] : hints;
  }

  /** A refused create, with what stands in its way. */
  async obstacle(session: Session, args: Args, error: ApiError): Promise<ApiError> {
    if (error.code === undefined) return error;
    const hint =
      (await this.#elsewhere(session, args, error.code)) ??
      (await this.model.definition.obstacle?.(session.api, this.model.typed(args), error.code));
    return hint ? withHint(error, hint) : error;
  }

  async #elsewhere(session: Session, args: Args, code: number): Promise<string | undefined> {
    const elsewhere = this.model.definition.elsewhere?.find((other) => other.code === code);
    return elsewhere?.says((await this.inAnotherParent(session, args, elsewhere, "fresh"))?.where);
  }

  /** The same thing in another parent: its id there, what it is where it is of this kind, and the parent by SID and name. */
  async inAnotherParent(session: Session, args: Args, { parents, members }: Elsewhere, how: How) {
    const own = this.model.parent(args);
    const others = ((await parents.entries(session, "", how)) ?? []).filter(({ id }) => id !== own);
    const found = await Promise.all(
      others.map(async (parent) => {
        const where = `${parent.id} (${parent.called})`;
        const there = members
          ? await this.#othersIn(session, members, parent.id, args, how)
          : await this.#alikeIn(session, parent.id, args, how);
        return there.map((one) => ({ ...one, where }));
      }),
    );
    return found.flat()[0];
  }

  async #alikeIn(
    session: Session,
    parent: string,
    args: Args,
    how: How,
  ): Promise<{ id: string; answer?: Answer }[]> {
    const { collection } = this.model;
    const all = how === "seen" ? collection.seen(session, parent) : collection.fresh(session, parent);
    const alike = this.sameKey((await unlessGone(all)) ?? [], args);
    return alike.map((answer) => ({ id: this.model.id(answer), answer }));
  }

  async #othersIn(
    session: Session,
    members: Directory,
    parent: string,
    args: Args,
    how: How,
  ): Promise<{ id: string; answer?: Answer }[]> {
    const keys = this.model.keys(args);
    const entries = (await unlessGone(members.entries(session, parent, how))) ?? [];
    return entries.filter(({ names }) => Object.values(names).some((name) => keys.includes(String(name))));
  }

  /** The object that `adopt` means, as long as it can be as declared. Undefined where it may be missing and is. */
  async adoptable(
    session: Session,
    inputs: Values,
    args: Args,
    how: How = "fresh",
  ): Promise<Answer | undefined> {
    const isOptional = inputs.adopt === "ifThere";
    const listed = isOptional
      ? await this.#ifThere(session, inputs, args, how)
      : await this.#named(session, inputs.adopt, args, how);
    if (listed === undefined) return undefined;
    const found = this.model.definition.listsInPart
      ? await this.model.definition.read(session.api, this.model.id(listed))
      : listed;
    const { unseen = [] } = this.model.definition;
    const fixed = changedCreateOnly(this.model.kind, this.model.live(found), args).filter(
      (key) => args[key] !== undefined && !unseen.some((other) => other === key),
    );
    if (fixed.length > 0) throw new Refusal(adoptedIsFixed(fixed));
    for (const { adopt } of inputs.deleteAdopted === true ? (this.model.definition.guards ?? []) : []) {
      const reason = await adopt?.(session.api, this.model.id(found));
      if (reason) throw new Refusal(`deleteAdopted: ${reason}; take deleteAdopted away`);
    }
    return found;
  }

  /** Only what is declared is written at an adoption; everything else stays as it is. */
  adoptionChanges(found: Answer, args: Args): Wire {
    const declared = omit(this.model.wire(args), this.model.definition.unseen ?? []);
    return pick(declared, differing(declared, this.model.liveWire(found)));
  }

  async #named(session: Session, adopt: unknown, args: Args, how: How): Promise<Answer> {
    if (typeof adopt === "string") {
      const parent = this.model.parent(args);
      const id = parent === "" ? adopt : `${parent}/${sidIn(adopt)}`;
      const { collection, definition } = this.model;
      const found = await unlessGone(
        how === "seen" ? collection.read(session, id, "preview") : definition.read(session.api, id),
      );
      if (found === undefined) throw new Refusal(`adopt: ${adopt} is not in account ${session.account}`);
      return found;
    }
    const found = await this.#search(session, args, how, (all) => this.#meant(all, args));
    const [only] = found;
    if (only !== undefined && found.length === 1) return only;
    throw new Refusal(
      found.length > 1
        ? `adopt: several have this key: ${this.#sids(found)}; name one with adopt: "<SID>"`
        : 'adopt: nothing with this key is in the account; give adopt: "<SID>", or take adopt away to create it',
    );
  }

  /** The one with the same natural key or, where such objects have none, the only one of the same name. */
  async #ifThere(session: Session, inputs: Values, args: Args, how: How): Promise<Answer | undefined> {
    const { leaving, owned } = session.run;
    const hasKey = this.model.definition.naturalKey?.(this.model.typed(args)) !== undefined;
    // What this run replaces is there only for a while.
    const stays = (answer: Answer) => !leaving.has(claimOf(session, this.model.id(answer)));
    const found = await this.#search(session, args, how, (all) =>
      (hasKey ? this.#meant(all, args) : this.#sameName(all, inputs, args)).filter(stays),
    );
    const isOwned = (answer: Answer) => owned.has(claimOf(session, this.model.id(answer)));
    if (found.some(isOwned))
      throw new Refusal(`adopt: ${this.#sids(found.filter(isOwned))} is another resource's of this program`);
    if (found.length < 2) return found[0];
    throw new Refusal(
      `adopt: several have this ${hasKey ? "key" : "name"}: ${this.#sids(found)}; name one with adopt: "<SID>"`,
    );
  }

  #sameName(all: readonly Answer[], inputs: Values, args: Args): Answer[] {
    const name = this.nameWanted(inputs, args);
    if (name === undefined) return [];
    return all.filter((answer) => this.model.liveWire(answer).friendlyName === name);
  }

  /** The name that people see, of such an object as it would be made. */
  nameWanted(inputs: Values, args: Args): unknown {
    const wanted: Wire = { ...this.model.definition.onCreate?.(nameOf(inputs)), ...this.model.wire(args) };
    return wanted.friendlyName;
  }

  /** What is not in a list that was asked for a while ago may have been made since. */
  async #search(
    session: Session,
    args: Args,
    how: How,
    among: (all: readonly Answer[]) => Answer[],
  ): Promise<Answer[]> {
    const { collection } = this.model;
    const parent = this.model.parent(args);
    const found = how === "seen" ? among((await collection.seen(session, parent)) ?? []) : [];
    return found.length > 0 ? found : among(await collection.fresh(session, parent));
  }

  /** Those with the natural key of the arguments; of several, those that they can mean. */
  #meant(all: readonly Answer[], args: Args): Answer[] {
    const { couldBe } = this.model.definition;
    const found = this.sameKey(all, args);
    const meant = found.filter((answer) => couldBe?.(answer, this.model.typed(args)) !== false);
    return meant.length > 0 ? meant : found;
  }

  /** Those that an object with these arguments cannot stand beside. */
  rivals(all: readonly Answer[], args: Args): Answer[] {
    const keys = this.model.exclusiveKeys(args);
    const claims = (answer: Answer) => this.model.exclusiveKeys(this.model.live(answer));
    return this.sameKey(all, args).filter((answer) => claims(answer).some((key) => keys.includes(key)));
  }

  /** Those with the natural key of the arguments. */
  sameKey(all: readonly Answer[], args: Args): Answer[] {
    const byKey = this.#byKey.get(all) ?? this.#sorted(all);
    this.#byKey.set(all, byKey);
    return [...new Set(this.model.keys(args).flatMap((key) => byKey.get(key) ?? []))];
  }

  #sorted(all: readonly Answer[]): Map<string, Answer[]> {
    const byKey = new Map<string, Answer[]>();
    for (const answer of all)
      for (const key of this.model.keys(this.model.live(answer)))
        byKey.set(key, [...(byKey.get(key) ?? []), answer]);
    return byKey;
  }

  #sids(answers: Answer[]): string {
    return answers.map((answer) => this.model.sid(answer)).join(", ");
  }
}

const cutOff =
  "Where a run of this stack that was cut off has made it, run pulumi up once with twilio:recover set to true (TWILIO_RECOVER=true)";

const noSecond =
  "Where it is to be replaced by force, it cannot be had a second time: run without --replace, or pulumi state untaint";

/** Twilio's dates have whole seconds. */
export const isSince = (created: Date | null, moment: Date): boolean =>
  created !== null && created.getTime() >= Math.floor(moment.getTime() / 1000) * 1000;

/** Whether the answer shows something else than was sent. Where it is silent, nothing is said. */
const contradicts = (sent: Wire, answered: Wire): boolean =>
  differing(sent, answered).some((key) => !isBlank(answered[key]));

export const adoptedIsFixed = (keys: string[]): string =>
  `${keys.join(", ")}: cannot be changed on an adopted object, which is never replaced; declare what it has, or declare a new resource`;

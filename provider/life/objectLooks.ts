import { unlessGone } from "../values/errors";
import { problemsOf } from "../values/validate";
import { type Args, isUnknown, omit, toValues, type Value, type Values, type Wire } from "../values/values";
import type { Adoption } from "./adoption";
import type { Existing } from "./existing";
import { claimOf, nameOf, sidIn, titled } from "./frame";
import type { Session } from "./life";
import type { Model } from "./model";
import { missingMentions, missingReferences } from "./references";

/** What the check of an object sees of the account, and refuses in the words of the write. */
export class ObjectLooks<A, Params extends object, Answer> {
  constructor(
    private readonly model: Model<A, Params, Answer>,
    private readonly existing: Existing<A, Params, Answer>,
    private readonly adoption: Adoption<A, Params, Answer>,
  ) {}

  /**
   * What a new object cannot be made with, as far as the arguments are known. `isThere` is what the program knows of the
   * last state: a resource that it has is made anew by force, and what is there is its own.
   */
  async problems(session: Session, inputs: Values, isThere: Value | undefined): Promise<string[]> {
    const args = this.#known(inputs);
    const { among, naming = [] } = this.model.definition;
    const { names, missing } = await this.#named(session, args);
    missing.push(...(await missingReferences(session, this.model.kind, args, {}, among ? naming : [])));
    const unmet = await this.#unmet(session, args, {});
    // What is there may be what a killed run of this very resource has made, which is no adoption.
    const mayBeOwn = inputs.adopt === "ifThere" && session.cutOff !== undefined;
    const mayBeNew = inputs.adopt === "ifThere" && !mayBeOwn;
    // What is adopted may have been so before, and then nothing is written.
    if (!inputs.adopt) missing.push(...unmet);
    else if (!mayBeNew) this.#warn(session, inputs, unmet);
    if (missing.length > 0 || isUnknown(inputs.adopt) || !this.#isPlaced(args)) return missing;
    const isForced = this.#isForced(session, inputs, isThere);
    const rivals = isForced ? [] : this.#rivals(session, inputs, { ...names, ...args });
    if (rivals.length > 0) return rivals;
    const isAdopted = inputs.adopt && !mayBeOwn;
    if (isAdopted && (await this.adoption.announce(session, inputs, args)) !== "nothing there") {
      if (mayBeNew) this.#warn(session, inputs, unmet);
      return [];
    }
    const unfit = [
      ...(mayBeNew ? unmet : []),
      ...this.unfitName(inputs),
      ...(await this.#needed(session, inputs, args)),
    ];
    // What a killed run has left may be taken.
    if (unfit.length > 0 || session.recover || session.cutOff !== undefined || isForced) return unfit;
    const problems = await this.#taken(session, inputs, { ...names, ...args });
    if (isThere !== "unknown") return problems;
    this.#warn(session, inputs, problems);
    return [];
  }

  /** A new object that is given no name gets the Pulumi name, which may be longer than Twilio takes. */
  unfitName(inputs: Values): string[] {
    const sent: Wire = { ...this.model.definition.onCreate?.(nameOf(inputs)) };
    if (inputs.friendlyName !== undefined || !sent.friendlyName) return [];
    const { schema, rules } = this.model.kind;
    return problemsOf(schema, { ...this.model.args(inputs), friendlyName: sent.friendlyName }, rules)
      .filter((problem) => problem.startsWith("friendlyName: "))
      .map((problem) => `${problem}; without one, it is the Pulumi name`);
  }

  /** What an object that is there cannot be changed to. What has not changed is not looked for. */
  async changeProblems(session: Session, was: Values, inputs: Values): Promise<string[]> {
    const args = this.#known(inputs);
    const { among, naming = [] } = this.model.definition;
    const before = this.model.args(was);
    const missing = await missingReferences(session, this.model.kind, args, before, among ? naming : []);
    missing.push(...(await this.#unmet(session, args, before)));
    const old = this.#keys(session, was);
    const isMoved = this.#claims(session, inputs, args).some((key) => !old.includes(key));
    if (missing.length > 0 || !isMoved || inputs.adopt) return missing;
    const rivals = this.#rivals(session, inputs, args);
    // What had no key in the program may have it in the account: a number that was searched for is named by itself.
    if (rivals.length > 0 || old.length === 0) return rivals;
    // Somebody may have made it so by hand, and only the write knows which object this is.
    const problems = await this.#taken(session, inputs, args);
    if (problems.length > 0)
      session.warn(
        `${titled(this.model.kind, inputs)}: ${[...problems, "Unless it is this one, up will refuse"].join(". ")}`,
      );
    return [];
  }

  /** Remembers what a resource is named by, for the checks after this one. */
  see(session: Session, was: Values, inputs: Values): void {
    const isOld = Object.keys(was).length > 0;
    session.run.looks.see({
      label: this.model.kind.label,
      name: nameOf(inputs),
      isOld,
      was: isOld ? this.#keys(session, was) : [],
      // What a new object was called may have been changed since.
      now: [
        ...(isOld ? this.#claims(session, inputs, this.#known(inputs)) : this.#keys(session, inputs)),
        ...this.#adopted(session, inputs),
      ],
    });
  }

  #warn(session: Session, inputs: Values, problems: readonly string[]): void {
    for (const problem of problems) session.warn(`${titled(this.model.kind, inputs)}: ${problem}`);
  }

  /** What free-form JSON mentions and the account does not have. */
  async #unmet(session: Session, args: Args, before: Args): Promise<string[]> {
    const { mentions } = this.model.definition;
    if (!mentions) return [];
    return missingMentions(session, mentions(this.model.typed(args)), mentions(this.model.typed(before)));
  }

  #isForced(session: Session, inputs: Values, isThere: Value | undefined): boolean {
    return session.run.looks.isForced(this.model.kind.label, nameOf(inputs), isThere);
  }

  /** Another resource of the program that declares the same object. */
  #rivals(session: Session, inputs: Values, args: Args): string[] {
    const { label } = this.model.kind;
    const isKeyed = this.model.definition.duplicate !== undefined;
    const keys = isKeyed ? this.#claims(session, inputs, this.#asMade(inputs, args)) : [];
    const rival = session.run.looks.rival(nameOf(inputs), [...keys, ...this.#adopted(session, inputs)]);
    return rival
      ? [`another resource of this program, "${rival.name}", declares the same ${label}; keep one of them`]
      : [];
  }

  /** The object that is adopted by its SID, or by its name where it is there. It need not have a natural key. */
  #adopted(session: Session, inputs: Values): string[] {
    const { adopt } = inputs;
    if (typeof adopt !== "string" || isUnknown(adopt)) return [];
    const { label } = this.model.kind;
    if (adopt !== "ifThere") return [JSON.stringify([session.account, label, "adopt", sidIn(adopt)])];
    const args = this.#known(inputs);
    const name = this.existing.nameWanted(inputs, args);
    const isOpen =
      isUnknown(inputs.friendlyName) || this.model.keys(args).length > 0 || !this.#isPlaced(args);
    return isOpen || name === undefined
      ? []
      : [JSON.stringify([session.account, label, "ifThere", this.model.parent(args), name])];
  }

  /** Why there can be no such object beside those that are there. */
  async #taken(session: Session, inputs: Values, args: Args): Promise<string[]> {
    const { duplicate, replacement } = this.model.definition;
    const { looks, leaving } = session.run;
    const name = nameOf(inputs);
    const made = this.#asMade(inputs, args);
    const keys = this.#claims(session, inputs, made);
    if (duplicate === undefined || keys.length === 0) return [];
    const parent = this.model.parent(made);
    if (looks.isMade(parent)) return [];
    const isLeft = (answer: Answer) =>
      leaving.has(claimOf(session, this.model.id(answer))) ||
      (replacement !== "createFirst" && looks.isLeft(name, this.#scoped(session, this.model.live(answer))));
    const there = this.existing.rivals((await this.model.collection.seen(session, parent)) ?? [], made);
    const clashing = await this.#still(
      session,
      there.filter((answer) => !isLeft(answer)),
      made,
    );
    if (clashing.length > 0) return this.existing.thereAlready(clashing);
    return this.#elsewhere(session, made, isLeft);
  }

  /** Where it is already, if that excludes this one. */
  async #elsewhere(session: Session, args: Args, isLeft: (answer: Answer) => boolean): Promise<string[]> {
    const { elsewhere = [] } = this.model.definition;
    for (const kind of elsewhere) {
      const other = await this.existing.inAnotherParent(session, args, kind, "seen");
      const isLeaving = other?.answer ? isLeft(other.answer) : undefined;
      const members = kind.members ?? this.model.collection;
      if (other && !isLeaving && (await members.isThere(session, other.id))) return [kind.says(other.where)];
    }
    return [];
  }

  /** What an argument names and the account does not have. */
  async #needed(session: Session, inputs: Values, args: Args): Promise<string[]> {
    const need = this.model.definition.needs?.(this.model.typed(args));
    if (!need || isUnknown(need.name)) return [];
    for (const how of ["seen", "fresh"] as const) {
      const entries = await need.among.entries(session, "", how);
      if (!entries || entries.some(({ names }) => names[need.key] === need.name)) return [];
    }
    const problem = `${need.argument}: ${need.name} is not a ${need.among.label} of this account; ${need.says}`;
    if (need.without === "refused") return [problem];
    session.warn(`${titled(this.model.kind, inputs)}: ${problem}`);
    return [];
  }

  /** Those that are there now and, where it is said, still stand in the way: the list may be old by now. */
  async #still(session: Session, answers: Answer[], args?: Args): Promise<Answer[]> {
    const now = await Promise.all(
      answers.map((answer) => unlessGone(this.model.definition.read(session.api, this.model.id(answer)))),
    );
    const there = now.filter((answer) => answer !== undefined);
    return args ? this.existing.rivals(there, args) : there;
  }

  /** The object of the account that is named, under all its names, or why it cannot be used. */
  async #named(session: Session, args: Args): Promise<{ names: Args; missing: string[] }> {
    const { among, naming = [] } = this.model.definition;
    const [key] = naming.filter((name) => args[name] !== undefined);
    const name = String(key === undefined ? "" : args[key]);
    const none = { names: {}, missing: [] };
    if (!among || key === undefined || isUnknown(name) || session.run.looks.isMade(name)) return none;
    for (const how of ["seen", "fresh"] as const) {
      const entries = await among.entries(session, "", how);
      const entry = entries?.find((one) => one.names[key] === name);
      if (entry) return { names: entry.names, missing: [] };
      if (entries === undefined) return none;
    }
    return {
      names: {},
      missing: [
        `${key}: ${name} is not a ${among.label} of this account; check it and whose credentials these are`,
      ],
    };
  }

  #keys(session: Session, inputs: Values): string[] {
    return this.#claims(session, inputs, this.#asMade(inputs, this.#known(inputs)));
  }

  /** None where it is not known whether there is any. */
  #claims(session: Session, inputs: Values, args: Args): string[] {
    const { on = [] } = this.model.definition.exclusive ?? {};
    return on.some((key) => isUnknown(inputs[key])) ? [] : this.#scoped(session, args);
  }

  /** What excludes other objects, with all that tells them from those of other kinds, parents and accounts. */
  #scoped(session: Session, args: Args): string[] {
    if (!this.#isPlaced(args)) return [];
    const parent = this.model.parent(args);
    return this.model
      .exclusiveKeys(args)
      .map((key) => JSON.stringify([session.account, this.model.kind.label, parent, key]));
  }

  /** Whether it is known where the object is to be. */
  #isPlaced(args: Args): boolean {
    return this.model.definition.within === undefined || this.model.parent(args) !== "";
  }

  /** Arguments that are not known yet as a whole are left out; others may hold such values. */
  #known(inputs: Values): Args {
    const args = this.model.args(inputs);
    return omit(
      args,
      Object.keys(args).filter((key) => isUnknown(args[key])),
    );
  }

  /** With what a new object gets where the arguments are silent. */
  #asMade(inputs: Values, args: Args): Args {
    const given = { ...this.model.definition.onCreate?.(nameOf(inputs)) };
    const named = toValues(given);
    const open = Object.keys(named).filter((key) => isUnknown(inputs[key]));
    return { ...omit(named, open), ...args };
  }
}

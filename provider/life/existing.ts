import { type ApiError, Refusal, unlessGone } from "../values/errors";
import { type Args, isBlank, omit, pick, type Values, type Wire } from "../values/values";
import { changedCreateOnly, nameOf, sidIn, withHint } from "./frame";
import type { Session } from "./life";
import type { Model } from "./model";
import { differing } from "./wire";

/** Objects that are there already: looked for by what was sent, by their natural key, or by their SID. */
export class Existing<A, Params extends object, Answer> {
  constructor(private readonly model: Model<A, Params, Answer>) {}

  /** The one object that equals all that is sent, if there is one; several are an error. */
  async equal(
    session: Session,
    args: Args,
    sent: Wire,
    which: (answer: Answer) => boolean,
  ): Promise<Answer | undefined> {
    const { definition } = this.model;
    const all = await definition.list(session.api, this.model.typed(args));
    const alike = all.filter((answer) => which(answer) && !contradicts(sent, this.model.liveWire(answer)));
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

  /** A refused duplicate, with what it clashes with and the ways out. */
  async duplicate(session: Session, args: Args, sent: Wire, error: ApiError): Promise<ApiError> {
    // A new object may have got its name from `onCreate`.
    const found = await this.#sameKey(session, { ...Object.fromEntries(Object.entries(sent)), ...args });
    if (found.length === 0) return this.obstacle(session, args, error);
    const hint = found.map(
      (answer) =>
        `${this.model.sid(answer)} is there already; take it over with adopt: "${this.model.sid(answer)}". Where this program made it and has only renamed the resource, give aliases: [{ name: "<old name>" }] instead`,
    );
    if (this.model.definition.replacement === "createFirst")
      hint.push(
        "Where it is to be replaced by force, it cannot be had a second time: run without --replace, or pulumi state untaint",
      );
    return withHint(error, ...hint);
  }

  /** A refused create, with what stands in its way. */
  async obstacle(session: Session, args: Args, error: ApiError): Promise<ApiError> {
    if (error.code === undefined) return error;
    const hint = await this.model.definition.obstacle?.(session.api, this.model.typed(args), error.code);
    return hint ? withHint(error, hint) : error;
  }

  /** The object that `adopt` means, as long as it can be as declared. Undefined where it may be missing and is. */
  async adoptable(session: Session, inputs: Values, args: Args): Promise<Answer | undefined> {
    const isOptional = inputs.adopt === "ifThere";
    const found = isOptional
      ? await this.#ifThere(session, inputs, args)
      : await this.#named(session, inputs.adopt, args);
    if (found === undefined) return undefined;
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

  async #named(session: Session, adopt: unknown, args: Args): Promise<Answer> {
    const { definition } = this.model;
    if (typeof adopt === "string") {
      const parent = definition.within?.(this.model.typed(args));
      const id = parent === undefined ? adopt : `${parent}/${sidIn(adopt)}`;
      const found = await unlessGone(definition.read(session.api, id));
      if (found === undefined) throw new Refusal(`adopt: ${adopt} is not in account ${session.account}`);
      return found;
    }
    const found = await this.#sameKey(session, args);
    const [only] = found;
    if (only !== undefined && found.length === 1) return only;
    throw new Refusal(
      found.length > 1
        ? `adopt: several have this key: ${this.#sids(found)}; name one with adopt: "<SID>"`
        : 'adopt: nothing with this key is in the account; give adopt: "<SID>", or take adopt away to create it',
    );
  }

  /** The one with the same natural key or, where such objects have none, the only one of the same name. */
  async #ifThere(session: Session, inputs: Values, args: Args): Promise<Answer | undefined> {
    const { definition } = this.model;
    const hasKey = definition.naturalKey?.(this.model.typed(args)) !== undefined;
    const found = hasKey ? await this.#sameKey(session, args) : await this.#sameName(session, inputs, args);
    if (found.length < 2) return found[0];
    throw new Refusal(
      `adopt: several have this ${hasKey ? "key" : "name"}: ${this.#sids(found)}; name one with adopt: "<SID>"`,
    );
  }

  async #sameName(session: Session, inputs: Values, args: Args): Promise<Answer[]> {
    const { definition } = this.model;
    const wanted: Wire = { ...definition.onCreate?.(nameOf(inputs)), ...this.model.wire(args) };
    if (wanted.friendlyName === undefined) return [];
    const all = await definition.list(session.api, this.model.typed(args));
    return all.filter((answer) => this.model.liveWire(answer).friendlyName === wanted.friendlyName);
  }

  async #sameKey(session: Session, args: Args): Promise<Answer[]> {
    const { definition } = this.model;
    const key = definition.naturalKey?.(this.model.typed(args));
    if (key === undefined) return [];
    const all = await definition.list(session.api, this.model.typed(args));
    return all.filter((answer) => definition.naturalKey?.(this.model.typed(this.model.live(answer))) === key);
  }

  #sids(answers: Answer[]): string {
    return answers.map((answer) => this.model.sid(answer)).join(", ");
  }
}

/** Whether the answer shows something else than was sent. Where it is silent, nothing is said. */
const contradicts = (sent: Wire, answered: Wire): boolean =>
  differing(sent, answered).some((key) => !isBlank(answered[key]));

export const adoptedIsFixed = (keys: string[]): string =>
  `${keys.join(", ")}: cannot be changed on an adopted object, which is never replaced; declare what it has, or declare a new resource`;

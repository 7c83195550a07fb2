import type { z } from "zod";
import type { Declared } from "../values/args";
import { orLookedUp } from "../values/errors";
import { maskedBeside, maskedIn, mayHoldSecret } from "../values/secrets";
import {
  type Args,
  compact,
  hashed,
  isBlank,
  isRecord,
  omit,
  pick,
  same,
  toValue,
  toValues,
  type Value,
  type Values,
  type Wire,
} from "../values/values";
import type { Facet, SingletonDefinition, Surroundings } from "./definition";
import { argsOf, type Kind } from "./frame";
import type { Session, Taken } from "./life";
import { either, listed } from "./signs";
import { differing } from "./wire";

/** What a singleton's definition means for plain values: inputs or a state, facets and the API's parameters. */
export class FacetModel<A, Params extends object, Answer> {
  readonly kind: Kind;

  constructor(
    readonly definition: SingletonDefinition<A, Params, Answer>,
    schema: z.ZodObject,
  ) {
    const { label, rules = [], json = [], notArguments = {} } = definition;
    this.kind = { label, schema, rules, json, keepsEmpty: true, createOnly: [], defaults: {}, notArguments };
  }

  /** The facets that inputs or a state declare. */
  facets(values: Values): { readonly [facet: string]: Facet } {
    return this.definition.facets(this.args(values), Object.keys(setIn(values)));
  }

  names(values: Values): string[] {
    return Object.keys(this.facets(values));
  }

  /** The parameters of these facets, or of all that the values declare. */
  wire(values: Values, names = this.names(values)): Wire {
    const facets = this.facets(values);
    const params: Wire = { ...this.definition.params(this.args(values), this.#surroundings(values)) };
    return pick(
      params,
      names.flatMap((name) => facets[name]?.parameters ?? []),
    );
  }

  wires(values: Values): { [facet: string]: Wire } {
    return Object.fromEntries(this.names(values).map((name) => [name, this.wire(values, [name])]));
  }

  /** The arguments of facets, and those of none, which are only kept. */
  split(values: Values): { owned: Args; kept: Args } {
    const args = this.declared(values);
    const owned = this.names(values).map(argumentOf);
    return { owned: pick(args, owned), kept: omit(omit(args, owned), this.definition.naming) };
  }

  /** Whether two declarations stand for the same parameters. What is only kept may say how they do, from the next write on. */
  isSame(state: Values, inputs: Values): boolean {
    return (
      same(this.split(state).owned, this.split(inputs).owned) || same(this.wire(state), this.wire(inputs))
    );
  }

  /** As it is now. A refresh reads many. */
  read(session: Session, id: string, isRefresh: boolean): Promise<Answer> {
    const { among, read } = this.definition;
    return isRefresh && among ? among.read(session, id, "refresh") : read(session.api, id);
  }

  /** The parameters as they are, each of the facets in question by its worth. */
  held(answer: Answer, values: Values): Wire {
    const facets = Object.values(this.facets(values));
    const shown = this.shown(answer);
    const worth = facets.flatMap(({ whenNull = {} }) => Object.entries(whenNull));
    return { ...shown, ...Object.fromEntries(worth.filter(([key]) => shown[key] === null)) };
  }

  /** The parameters as Twilio shows them, which is how they are remembered and put back. */
  shown(answer: Answer): Wire {
    return Object.fromEntries(Object.entries(this.definition.held(answer)));
  }

  isAsDeclared(answer: Answer, values: Values, facet: string): boolean {
    return differing(this.wire(values, [facet]), this.held(answer, values)).length === 0;
  }

  /** The parameters that a write has to show in its answer. */
  compared(wire: Wire, values: Values): Wire {
    const facets = Object.values(this.facets(values));
    const later = facets.filter(({ compare }) => compare === "onDeclaration");
    return omit(
      wire,
      later.flatMap(({ parameters }) => parameters),
    );
  }

  /** What tells whether the facets are still as this write left them: a refresh puts what is there in their place. */
  signs(values: Values): Values {
    const signed = Object.entries(this.wires(values)).map(([facet, wire]): [string, Value] => [
      facet,
      this.#sign(values, facet, wire),
    ]);
    return Object.fromEntries(signed);
  }

  isOurs(answer: Answer, state: Values, facet: string): boolean {
    const sign = this.#sign(state, facet, this.held(answer, state));
    return listed(setIn(state)[facet] ?? this.signs(state)[facet]).includes(sign);
  }

  #sign(values: Values, facet: string, wire: Wire): Value {
    const { parameters = [], telling = parameters } = this.facets(values)[facet] ?? {};
    return hashed(telling.map((key) => (isBlank(wire[key]) ? "" : (toValue(wire[key]) ?? ""))));
  }

  /** The arguments as declared where they are so, else as they are now. */
  observed(session: Session, answer: Answer, given: Values): Args {
    const values = { ...given, accountSid: session.account };
    const args = this.declared(values);
    const live = this.#live(answer, values);
    const moved = differing(this.compared(this.wire(values), values), this.held(answer, values));
    const shown: Args = {};
    for (const [facet, { parameters }] of Object.entries(this.facets(values))) {
      const key = argumentOf(facet);
      const isMoved = parameters.some((parameter) => moved.includes(parameter));
      if (isMoved) shown[key] = maskedBeside(args[key], live[key]);
      else shown[key] ??= args[key];
    }
    return { ...this.split(values).kept, ...shown };
  }

  #live(answer: Answer, values: Values): Args {
    const held = this.#params(this.held(answer, values));
    return { ...this.definition.live(held, this.#surroundings(values), this.args(values)) };
  }

  /** What nobody has declared, as it may be shown. */
  everything(session: Session, answer: Answer): Args {
    return maskedIn(this.#everything(session, answer));
  }

  #everything(session: Session, answer: Answer): Args {
    const around = { accountSid: session.account, facets: [] };
    return { ...this.definition.live(this.definition.held(answer), around, undefined) };
  }

  /** The arguments of a state: those that are declared and, beside them, what Twilio has, as far as it is no credential. */
  outputs(session: Session, declared: Args, answer: Answer): Args {
    return this.beside(declared, compact(this.#everything(session, answer)));
  }

  beside(declared: Args, live: Args): Args {
    const harmless = Object.keys(live).filter((key) => !mayHoldSecret(live[key]));
    return { ...pick(live, harmless), ...declared, __declared: Object.keys(declared).sort() };
  }

  /** The argument that names the object. */
  named(answer: Answer, state: Values): Args {
    const named = pick(this.declared(state), this.definition.naming);
    const last = this.definition.naming.slice(-1);
    return Object.keys(named).length > 0
      ? named
      : pick(argsOf(this.kind, toValues(this.computed(answer))), last);
  }

  /** The arguments that inputs or a state declare, without those that a state only shows. */
  declared(values: Values): Args {
    const args = argsOf(this.kind, values);
    return Array.isArray(values.__declared) ? pick(args, values.__declared.map(String)) : args;
  }

  computed(answer: Answer): Args {
    const computed = Object.entries(this.definition.computed ?? {});
    return Object.fromEntries(computed.map(([key, value]) => [key, value(answer)]));
  }

  async blank(session: Session, id: string, parameters: readonly string[]): Promise<Wire> {
    const { blank = {} } = this.definition;
    const all: Wire = { ...(typeof blank === "function" ? await blank(session.api, id) : blank) };
    return pick(all, parameters);
  }

  /** What of somebody else's a facet leads to with these parameters, in words. */
  taken(facet: string, wire: Wire): string | undefined {
    return this.definition.taken?.(facet, this.#params(wire));
  }

  update(session: Session, id: string, sent: Wire, values: Values, say: (text: string) => void) {
    const { update, read } = this.definition;
    const compared = this.compared(sent, values);
    return orLookedUp(
      async () => update(session.api, id, this.#params(sent), this.args(values), say),
      () => read(session.api, id),
      (answer) =>
        Object.keys(compared).length > 0 && differing(compared, this.held(answer, values)).length === 0,
    );
  }

  /** The last state of the resource that held this facet and that the one of these inputs takes the place of. */
  inherited(session: Session, inputs: Values, facet: string): Values | undefined {
    const states = Array.isArray(inputs.__inherited) ? inputs.__inherited : [];
    return (
      states
        .map((state) => (isRecord(state) ? toValues(state) : {}))
        // What is remembered of another account is none of this one's business.
        .find((state) => state.accountSid === session.account && this.names(state).includes(facet))
    );
  }

  /** Writes down what facets held before this write, in case the run is cut off. */
  note(session: Session, id: string, inputs: Values, facets: string[], kept: Values): void {
    const set = toValues(pick(this.signs(inputs), facets));
    session.notes?.take(id, { set, previous: toValues(pick(previousIn(kept), facets)) });
  }

  /** What a run that was cut off has noted of a facet that is still as that run has left it. */
  noted(session: Session, answer: Answer, inputs: Values, facet: string): Taken | undefined {
    const isOurs = ({ set }: Taken) => facet in set && this.isOurs(answer, { ...inputs, __set: set }, facet);
    const [last] = (session.notes?.taken(this.definition.id(answer)) ?? []).filter(isOurs).slice(-1);
    return last;
  }

  /** The state with what runs that were cut off have written since: that is ours to give back, too. */
  withNotes(session: Session, id: string, state: Values): Values {
    const taken = session.notes?.taken(id) ?? [];
    if (taken.length === 0) return state;
    const set = taken.reduce((all, one) => either(all, one.set), {
      ...this.signs(state),
      ...setIn(state),
    });
    const previous = Object.assign({}, ...taken.map((one) => one.previous), previousIn(state));
    return { ...state, __set: set, previous };
  }

  // See `Model`: proved by `check` against the schema, which the compiler holds against `A`.
  args(values: Values): Declared<A> {
    return this.declared(values) as Declared<A>;
  }

  #params(wire: Wire): Params {
    return wire as Params;
  }

  #surroundings(values: Values): Surroundings {
    return { accountSid: String(values.accountSid), facets: this.names(values) };
  }
}

export const previousIn = (state: Values): Values =>
  isRecord(state.previous) ? toValues(state.previous) : {};

/**
 * The facets of the last write, each with what tells whether it is still ours. A list where nobody knows whether that write
 * was carried out: what it sent, and what was there before.
 */
export const setIn = (state: Values): Values => (isRecord(state.__set) ? toValues(state.__set) : {});

const argumentOf = (facet: string): string => facet.split(".")[0] ?? facet;

import type { z } from "zod";
import type { Declared } from "../values/args";
import { isUnsettled, orLookedUp, Refusal, type Unsettled } from "../values/errors";
import { mayHoldSecret } from "../values/secrets";
import { normalised } from "../values/validate";
import {
  type Args,
  containsUnknown,
  holdsUnknown,
  isBlank,
  isRecord,
  leaves,
  omit,
  pick,
  same,
  toValues,
  type Values,
  valueAt,
  type Wire,
  withLeaf,
} from "../values/values";
import { Collection } from "./collection";
import type { ObjectDefinition } from "./definition";
import { argsOf, blanksOut, changedCreateOnly, type Kind, sidIn } from "./frame";
import type { Session } from "./life";
import { listed, openIn } from "./signs";
import { changes, defaultsOf, differing, emptiedIn, type Mapping, wireOf } from "./wire";

/** What a definition means for plain values: arguments, the API's parameters, answers and states held beside each other. */
export class Model<A, Params extends object, Answer> {
  readonly kind: Kind;
  readonly mapping: Mapping;
  readonly collection: Collection<Answer>;

  constructor(
    readonly definition: ObjectDefinition<A, Params, Answer>,
    schema: z.ZodObject,
  ) {
    const { label, rules = [], json = [], createOnly = [], notArguments = {}, reset, union } = definition;
    const defaults = defaultsOf({ reset });
    this.kind = { label, schema, rules, json, keepsEmpty: false, createOnly, defaults, notArguments };
    this.collection = definition.collection ?? new Collection(definition);
    this.mapping = { json, reset, union, params: (args) => definition.params(this.typed(args)) };
  }

  /** The arguments among inputs. */
  args(inputs: Values): Args {
    return argsOf(this.kind, inputs);
  }

  /** The arguments that a state declares, without those that it only shows. */
  declared(state: Values): Args {
    const args = this.args(state);
    const { __declared: paths } = state;
    if (!Array.isArray(paths)) return this.named(args);
    return paths.map(String).reduce<Args>((declared, path) => {
      const value = valueAt(args, path.split("."));
      return value === undefined ? declared : withLeaf(declared, path.split("."), value);
    }, {});
  }

  /** The arguments of a state: those that are declared and, beside them, what Twilio has, as far as it is no credential. */
  outputs(declared: Args, live: Args): Args {
    const isLeaf = (path: string[]) => this.kind.json.includes(path.join("."));
    const harmless = leaves(live, isLeaf).filter((path) => !mayHoldSecret(valueAt(live, path)));
    const paths = leaves(declared, isLeaf);
    const besides = harmless.reduce<Args>((args, path) => withLeaf(args, path, valueAt(live, path)), {});
    const all = paths.reduce<Args>((args, path) => withLeaf(args, path, valueAt(declared, path)), besides);
    return { ...all, __declared: paths.map((path) => path.join(".")).sort() };
  }

  /** Without the outputs that bear the name of an argument: what names the object is one beside no other name. */
  named(args: Args): Args {
    const { computed = {} } = this.definition;
    const outputs = this.naming.filter((key) => key in computed);
    const isNamed = this.naming.some((key) => args[key] !== undefined && !outputs.includes(key));
    return isNamed ? omit(args, outputs) : args;
  }

  get naming(): readonly string[] {
    return this.definition.naming ?? [];
  }

  wire(args: Args): Wire {
    return wireOf(this.mapping, args);
  }

  /** The arguments that would declare what an answer shows. */
  live(answer: Answer): Args {
    return normalised(this.kind.schema, blanksOut(this.kind, toValues(this.definition.live(answer))));
  }

  liveWire(answer: Answer): Wire {
    return this.wire(this.live(answer));
  }

  /** What was sent and the answer does not show, of all that answers show. */
  missing(sent: Wire, answer: Answer): string[] {
    return differing(omit(sent, this.definition.unseen ?? []), this.liveWire(answer));
  }

  unseen(args: Args): Args {
    return pick(args, this.definition.unseen ?? []);
  }

  computed(answer: Answer): Args {
    const computed = Object.entries(this.definition.computed ?? {});
    return Object.fromEntries(computed.map(([key, value]) => [key, value(answer)]));
  }

  id(answer: Answer): string {
    return this.definition.id(answer);
  }

  sid(answer: Answer): string {
    return sidIn(this.id(answer));
  }

  /** The SID of the parent, where the object lives in another one; else blank. */
  parent(args: Args): string {
    return this.definition.within?.(this.typed(args)) ?? "";
  }

  /** The natural keys among those of one parent, as far as they are known. */
  keys(args: Args): string[] {
    const key = this.definition.naturalKey?.(this.typed(args)) ?? [];
    return [key].flat().filter((text) => !holdsUnknown(text));
  }

  /** What excludes objects that have it too, as far as it is known; the natural keys, unless the API is less strict. */
  exclusiveKeys(args: Args): string[] {
    const { exclusive } = this.definition;
    if (!exclusive) return this.keys(args);
    return [exclusive.key(this.typed(args)) ?? []].flat().filter((text) => !holdsUnknown(text));
  }

  /** The arguments that only a new object can be as declared by. */
  replacing(id: string, state: Values, now: Args): string[] {
    const was = this.declared(state);
    const there = this.args(state);
    const fixed = changedCreateOnly(this.kind, was, now).filter(
      (key) => now[key] === undefined || !same(now[key], there[key]),
    );
    const { otherTarget } = this.definition;
    if (!otherTarget) return fixed;
    const unknown = this.naming.filter((key) => containsUnknown(now[key]));
    const other =
      unknown.length > 0 ? unknown : otherTarget(this.typed(now), id, toValues({ ...state, ...was }));
    return [...fixed.filter((key) => !this.naming.includes(key)), ...other];
  }

  /** The parameters that an update has to send. */
  changes(state: Values, was: Args, now: Args): Wire {
    const changed = changes(this.mapping, this.before(state, was), this.wire(now), baselineIn(state));
    return omit(changed, this.kind.createOnly);
  }

  /** What the object holds by the state. Of what an update of unknown outcome has sent, nobody knows. */
  before(state: Values, was: Args): Wire {
    const unknown = this.open(state).map((key) => [key, unlikeAnything]);
    return { ...this.wire(was), ...emptiedIn(state, baselineIn(state)), ...Object.fromEntries(unknown) };
  }

  /** The parameters of updates of which nobody knows whether they were carried out. */
  open({ __open, __wrote }: Values): string[] {
    return [...listed(__open).map(String), ...openIn(isRecord(__wrote) ? toValues(__wrote) : {})];
  }

  async write(session: Session, id: string, changed: Wire, args: Args): Promise<Answer | Unsettled<Answer>> {
    const { update, read } = this.definition;
    if (!update) throw new Refusal(`Twilio changes nothing of it: ${Object.keys(changed).join(", ")}`);
    const isSeen = Object.keys(omit(changed, this.definition.unseen ?? [])).length > 0;
    // What a member of a union leaves out of answers is at rest.
    const isAtRest = (key: string, answer: Answer) =>
      isBlank(this.liveWire(answer)[key]) && same(changed[key], defaultsOf(this.mapping)[key]);
    return orLookedUp(
      async () => update(session.api, id, this.params(changed), this.typed(args)),
      () => read(session.api, id),
      (answer) => isSeen && this.missing(changed, answer).every((key) => isAtRest(key, answer)),
    );
  }

  /** The same for an object that is never replaced, whatever the answer shows. */
  async writeInPlace(session: Session, id: string, changed: Wire, args: Args): Promise<Answer> {
    const answer = await this.write(session, id, changed, args);
    return isUnsettled(answer) ? answer.answer : answer;
  }

  // Values cross the engine as plain JSON. `check` has proved against the schema, which the compiler holds
  // against `A`, that they are what the definition calls them.
  typed(args: Args): Declared<A> {
    return args as Declared<A>;
  }

  params(wire: Wire): Params {
    return wire as Params;
  }
}

const unlikeAnything = Symbol("unknown");

export const baselineIn = (state: Values): Values =>
  isRecord(state.baseline) ? toValues(state.baseline) : {};

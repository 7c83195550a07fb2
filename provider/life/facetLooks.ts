import { ApiError } from "../values/errors";
import { masked } from "../values/secrets";
import {
  type Args,
  containsUnknown,
  isUnknown,
  omit,
  pick,
  same,
  toValues,
  type Value,
  type Values,
} from "../values/values";
import type { FacetModel } from "./facetModel";
import { argsOf, nameOf, sidIn, titled } from "./frame";
import type { Session } from "./life";
import { missingReferences } from "./references";
import { differing } from "./wire";

/** What the life of facets says of what it finds. */
interface Finds<Answer> {
  /** Which of the facets somebody else holds, in words. */
  readonly conflicts: (session: Session, answer: Answer, facets: string[], inputs: Values) => string[];
  /** Whether the resource takes the place of one that held the facet. */
  readonly inherits: (session: Session, inputs: Values, facet: string) => boolean;
}

/** What the check of facets sees of the account, and refuses in the words of the write. */
export class FacetLooks<A, Params extends object, Answer> {
  constructor(
    private readonly model: FacetModel<A, Params, Answer>,
    private readonly finds: Finds<Answer>,
  ) {}

  /**
   * What stands in the way of facets that are declared anew, as far as they are known. `isThere` is what the program knows
   * of the last state: a resource that it has is made anew by force, and what is there is its own.
   */
  async problems(
    session: Session,
    last: Values,
    inputs: Values,
    isThere: Value | undefined,
  ): Promise<string[]> {
    const { among, naming, taken } = this.model.definition;
    const known = certain(inputs);
    const before = this.model.names(last);
    const fresh = this.model.names(known).filter((facet) => !before.includes(facet));
    const open = this.#arguments(inputs).filter(
      (key) => containsUnknown(inputs[key]) && !before.includes(key),
    );
    const args = argsOf(this.model.kind, inputs);
    const was = argsOf(this.model.kind, last);
    const changed = Object.keys(args).filter((key) => !same(args[key], was[key]));
    if (changed.length === 0) return [];
    const anew = pick(args, [...naming, ...changed]);
    const missing = await missingReferences(session, this.model.kind, anew, was, among ? naming : []);
    if (fresh.length === 0 && open.length === 0) return missing;
    const isForced = session.run.looks.isForced(this.model.kind.label, nameOf(inputs), isThere);
    if (missing.length > 0 || !taken || isForced || naming.some((key) => isUnknown(inputs[key])))
      return missing;
    const answer = await this.#found(session, known);
    if (answer === undefined) return [];
    const id = this.model.definition.id(answer);
    const twice = fresh.filter((facet) => this.#rival(session, inputs, answer, facet));
    if (twice.length > 0) return [declaredTwice(twice, id)];
    return [
      ...this.#conflicts(session, known, answer, fresh),
      ...this.#openConflicts(session, inputs, answer, open),
    ];
  }

  /** Remembers what a resource declares, for the checks after this one. */
  see(session: Session, was: Values, inputs: Values): void {
    if (!this.model.definition.among) return;
    const isOld = Object.keys(was).length > 0;
    session.run.looks.see({
      label: this.model.kind.label,
      name: nameOf(inputs),
      isOld,
      was: isOld ? this.#declared(session, was) : [],
      now: this.#declared(session, inputs),
    });
  }

  #conflicts(session: Session, inputs: Values, answer: Answer, fresh: string[]): string[] {
    const others = fresh.filter((facet) => !this.#isLeft(session, inputs, answer, facet));
    const conflicts = this.finds.conflicts(session, answer, others, inputs);
    if (conflicts.length === 0) return [];
    if (inputs.onConflict !== "takeOver") return [refusedTakeover(conflicts)];
    const now = this.model.held(answer, inputs);
    const wanted = this.model.wire(inputs, others);
    const changes = differing(wanted, now).map((key) => `${key} ${shown(now[key])} → ${shown(wanted[key])}`);
    session.warn(`taking over: ${conflicts.join("; ")}; changes ${changes.join(", ")}`);
    return [];
  }

  /** Whether it is held already as it will be declared cannot be told: the write decides. */
  #openConflicts(session: Session, inputs: Values, answer: Answer, open: string[]): string[] {
    const { taken, held, id } = this.model.definition;
    for (const facet of open) {
      const other = taken?.(facet, held(answer));
      const isOurs =
        this.#isLeft(session, inputs, answer, facet) || this.finds.inherits(session, inputs, facet);
      if (other === undefined || isOurs) continue;
      const what = `${facet}: ${other} already handles it`;
      const title = titled(this.model.kind, inputs, id(answer));
      session.warn(
        inputs.onConflict === "takeOver"
          ? `taking over: ${what}; what it changes is not known yet`
          : `${title}: ${what}. Unless that is what is declared, up will refuse. To take it over, and give it back on destroy, set onConflict: "takeOver"`,
      );
    }
    return [];
  }

  /** What is named, out of the one list; where it is not in that, the write's own search says why. */
  async #found(session: Session, inputs: Values): Promise<Answer | undefined> {
    const { among, naming, find } = this.model.definition;
    const args = argsOf(this.model.kind, inputs);
    const [key] = naming.filter((name) => args[name] !== undefined);
    if (key !== undefined && session.run.looks.isMade(String(args[key]))) return undefined;
    const listed = await among?.seen(session, "");
    if (among && listed === undefined) return undefined;
    const named = (answer: Answer) => among?.listing.names?.(answer) ?? {};
    const found = listed?.find((answer) => key !== undefined && named(answer)[key] === args[key]);
    if (found !== undefined) return found;
    try {
      return await find(session.api, this.model.args(inputs));
    } catch (error) {
      if (error instanceof ApiError && !error.gone) return undefined;
      throw error;
    }
  }

  /** Another resource of the program that declares the facet too. */
  #rival(session: Session, inputs: Values, answer: Answer, facet: string): boolean {
    return session.run.looks.rival(nameOf(inputs), this.#names(session, answer, facet)) !== undefined;
  }

  #isLeft(session: Session, inputs: Values, answer: Answer, facet: string): boolean {
    return session.run.looks.isLeft(nameOf(inputs), this.#names(session, answer, facet));
  }

  /** The facets of inputs, each beside what they name. */
  #declared(session: Session, inputs: Values): string[] {
    const { naming } = this.model.definition;
    const facets = [...this.model.names(certain(inputs)), ...this.#arguments(inputs)];
    return naming
      .filter((key) => inputs[key] !== undefined && !isUnknown(inputs[key]))
      .flatMap((key) => facets.map((facet) => this.#scoped(session, inputs[key], facet)));
  }

  /** One facet of one object, under each name of that. */
  #names(session: Session, answer: Answer, facet: string): string[] {
    const names: Args = this.model.definition.among?.listing.names?.(answer) ?? {};
    return Object.values(names).map((name) => this.#scoped(session, name, facet));
  }

  #scoped(session: Session, name: unknown, facet: string): string {
    return JSON.stringify([session.account, this.model.kind.label, name, facet]);
  }

  /** Arguments that are neither controls nor names. */
  #arguments(inputs: Values): string[] {
    const args = argsOf(this.model.kind, inputs);
    return Object.keys(omit(args, this.model.definition.naming));
  }
}

/** Without the arguments that are not known yet, or not whole. */
const certain = (inputs: Values): Values =>
  toValues(Object.fromEntries(Object.entries(inputs).filter(([, value]) => !containsUnknown(value))));

const shown = (value: unknown): string => JSON.stringify(masked(value) ?? "");

export const refusedTakeover = (conflicts: string[]): string =>
  `${conflicts.join("; ")}. Nothing was changed. To take it over, and give it back on destroy, set onConflict: "takeOver"`;

export const declaredTwice = (facets: string[], id: string): string =>
  `another resource of this stack declares ${facets.join(" and ")} of the same ${sidIn(id)}; keep one of them`;

export const forgotten = (facet: string): string =>
  `a run that was cut off has taken over ${facet}, and what it held before may hold a credential, so that it was not written down: destroy leaves it as it is then`;

import { ApiError, isUnsettled, messageOf, unlessGone } from "../values/errors";
import { isRecord, type Values, type Wire } from "../values/values";
import { type FacetModel, previousIn } from "./facetModel";
import { titled } from "./frame";
import type { Session } from "./life";
import { differing } from "./wire";

type Facets = { [facet: string]: Wire };

/** Puts back what facets held before they were taken over. */
export class Restore<A, Params extends object, Answer> {
  constructor(private readonly model: FacetModel<A, Params, Answer>) {}

  /**
   * Gives these facets back as `onDelete` says, as far as they are still as this resource has left them. Answers with
   * what they hold from now on.
   */
  async giveBack(session: Session, id: string, state: Values, facets: readonly string[]): Promise<Facets> {
    if (state.onDelete === "keep" || facets.length === 0) return {};
    const answer = await unlessGone(this.model.definition.read(session.api, id));
    if (answer === undefined) return {};
    const shown = this.model.shown(answer);
    const owned = this.model.facets(state);
    const back: Facets = {};
    for (const facet of facets) {
      const before = previousIn(state)[facet];
      const keys = owned[facet]?.parameters ?? [];
      if (!this.model.isOurs(answer, state, facet)) {
        session.warn(`${this.#title(state, id)}: ${facet} is no longer as declared here; it stays as it is`);
      } else if (state.onDelete === "clear") back[facet] = await this.model.blank(session, id, keys);
      else if (isRecord(before)) {
        const wire = Object.fromEntries(keys.map((key) => [key, before[key]]));
        if (differing(wire, shown).length > 0) back[facet] = wire;
      }
    }
    const all: Wire = Object.assign({}, ...Object.values(back));
    if (Object.keys(all).length === 0) return {};
    try {
      await this.#write(session, id, state, all);
    } catch (error) {
      if (!isRefused(error)) throw error;
      // What is refused of one facet must not keep the others from going back.
      for (const [facet, wire] of Object.entries(back)) {
        await this.#write(session, id, state, wire).catch((reason) =>
          this.#clear(session, id, state, facet, wire, reason),
        );
      }
    }
    return back;
  }

  async #write(session: Session, id: string, state: Values, wire: Wire): Promise<void> {
    const say = (text: string) => session.say(`${this.#title(state, id)}: ${text}`);
    const written = await this.model.update(session, id, wire, state, say);
    // What is given back need not be waited for.
    if (isUnsettled(written)) session.warn(`${this.#title(state, id)}: ${written.why}`);
  }

  /** What was there before may be gone by now. Destroy goes on without it. */
  async #clear(
    session: Session,
    id: string,
    state: Values,
    facet: string,
    wire: Wire,
    reason: unknown,
  ): Promise<void> {
    if (!isRefused(reason)) throw reason;
    const cleared = await this.model.blank(session, id, Object.keys(wire));
    const isLeft = Object.keys(cleared).length === 0;
    session.warn(
      `${this.#title(state, id)}: ${facet}: what was there before cannot be put back, so it ${isLeft ? "stays as it is" : "is cleared"}: ${messageOf(reason)}`,
    );
    if (!isLeft) await this.#write(session, id, state, cleared);
  }

  #title(state: Values, id: string): string {
    return titled(this.model.kind, state, id);
  }
}

/** Whether it is the values that Twilio does not take, whoever asks and whenever. */
const isRefused = (error: unknown): boolean =>
  error instanceof ApiError && !error.lost && ![401, 403, 429].includes(error.status ?? 0);

import { isRefused, isUnsettled, messageOf, unlessGone } from "../values/errors";
import { maskedIn } from "../values/secrets";
import { compact, isRecord, type Values, type Wire } from "../values/values";
import { type FacetModel, previousIn } from "./facetModel";
import { sidIn, titled } from "./frame";
import type { Session } from "./life";
import { backByPieces, type Piece } from "./pieces";
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
      const keys = owned[facet]?.parameters ?? [];
      const remembered = previousIn(state)[facet];
      // What was not there at all is remembered by nothing.
      const before = isRecord(remembered) && Object.fromEntries(keys.map((key) => [key, remembered[key]]));
      // A run before this one may have got as far as this facet.
      const isBack = state.onDelete !== "clear" && before && differing(before, shown).length === 0;
      if (isBack) continue;
      if (!this.model.isOurs(answer, state, facet)) {
        session.warn(`${this.#title(state, id)}: ${facet} is no longer as declared here; it stays as it is`);
      } else if (state.onDelete === "clear") back[facet] = await this.model.blank(session, id, keys);
      else if (before) back[facet] = before;
    }
    const all: Wire = Object.assign({}, ...Object.values(back));
    if (Object.keys(all).length === 0) return {};
    try {
      await this.#write(session, id, state, all);
    } catch (error) {
      if (!isRefused(error)) throw error;
      const pieces = Object.entries(back).map(([what, wire]) => ({ what, wire }));
      await backByPieces(session, pieces, {
        kind: this.model.kind,
        parent: sidIn(id),
        write: (wire) => this.#write(session, id, state, wire),
        gone: (piece, reason) => this.#clear(session, id, state, piece, reason),
        former: ({ what, wire }) => this.#former(what, wire),
      });
    }
    return back;
  }

  async #write(session: Session, id: string, state: Values, wire: Wire): Promise<void> {
    const say = (text: string) => session.say(`${this.#title(state, id)}: ${text}`);
    const written = await this.model.update(session, id, wire, state, say);
    // What is given back need not be waited for.
    if (isUnsettled(written)) session.warn(`${this.#title(state, id)}: ${written.why}`);
  }

  /** What was there before is gone: nothing could lead there any more, and destroy goes on without it. */
  async #clear(
    session: Session,
    id: string,
    state: Values,
    { what: facet, wire }: Piece,
    reason: Error,
  ): Promise<void> {
    const cleared = await this.model.blank(session, id, Object.keys(wire));
    const isLeft = Object.keys(cleared).length === 0;
    session.warn(
      `${this.#title(state, id)}: ${facet}: what was there before cannot be put back, so it ${isLeft ? "stays as it is" : "is cleared"}: ${messageOf(reason)}`,
    );
    if (!isLeft) await this.#write(session, id, state, cleared);
  }

  /** What handled a facet before, in words, or else its values. */
  #former(facet: string, wire: Wire): string {
    return this.model.taken(facet, wire) ?? JSON.stringify(maskedIn(compact(wire)));
  }

  #title(state: Values, id: string): string {
    return titled(this.model.kind, state, id);
  }
}

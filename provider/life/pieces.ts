import { isRefused, messageOf, Refusal } from "../values/errors";
import type { Wire } from "../values/values";
import type { Kind } from "./frame";
import type { Session } from "./life";
import { goneAmong } from "./references";

/** A part of what was there before. */
export interface Piece {
  readonly what: string;
  readonly wire: Wire;
}

interface Way {
  readonly kind: Kind;
  /** The SID of what the pieces belong to. */
  readonly parent: string;
  readonly write: (wire: Wire) => Promise<unknown>;
  /** What becomes of a piece that led to something which is gone: it led nowhere any more. */
  readonly gone: (piece: Piece, reason: Error) => Promise<void> | void;
  /** A piece in words. */
  readonly former: (piece: Piece) => string;
}

/** Puts back piece by piece what was refused as a whole: what is refused of one must not keep the others from going back. */
export async function backByPieces(session: Session, pieces: readonly Piece[], way: Way): Promise<void> {
  const refusals: string[] = [];
  for (const piece of pieces) {
    try {
      await way.write(piece.wire);
    } catch (error) {
      if (!isRefused(error)) throw error;
      if ((await goneAmong(session, piece.wire, way.parent)).length > 0) await way.gone(piece, error);
      else refusals.push(`${piece.what}: ${way.former(piece)} (${messageOf(error)})`);
    }
  }
  if (refusals.length > 0) throw new Refusal(cannotGiveBack(way.kind, refusals));
}

/** Destroy ends where it would take away what answers now and cannot put back what answered before. */
function cannotGiveBack(kind: Kind, what: string[]): string {
  const { onDelete } = kind.schema.shape;
  const ways = waysOn.filter(([value]) => onDelete?.safeParse(value).success).map(([, way]) => way);
  const forget = "let the stack forget it with pulumi state delete";
  return [
    `what was there before cannot be put back: ${what.join("; ")}`,
    "It stays as it is, and in this stack",
    ways.length > 0
      ? `To go on without it, set ${ways.join(", or ")}, and run up before destroy; or ${forget}`
      : `To go on without it, ${forget}`,
  ].join(". ");
}

/** The values of `onDelete` with which nothing of before is put back. */
const waysOn = [
  ["clear", 'onDelete: "clear", which leaves it blank'],
  ["keep", 'onDelete: "keep", which leaves it as it is'],
] as const;

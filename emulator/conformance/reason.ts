import type { Deviation } from "./run";

/** Why the emulator departs from some of the examples. */
export interface Reason {
  why: string;
  holds: (deviation: Deviation) => boolean;
}

export const operationOf = ({ document, operationId }: Deviation) => `${document} ${operationId}`;

/** Keys by operation; where the answer has another status, the example's name. */
export const at = (why: string, places: Record<string, string[]>): Reason => ({
  why,
  holds(deviation) {
    const { kind, key, example } = deviation;
    const place = kind === "status" ? example : key;
    return kind !== "request" && places[operationOf(deviation)]?.includes(place) === true;
  },
});

/** Keys that match, in all operations of these documents. */
export const wherever = (
  why: string,
  documents: string[],
  keys: RegExp,
  kinds?: Deviation["kind"][],
): Reason => ({
  why,
  holds: ({ kind, document, key }) =>
    (kinds ? kinds.includes(kind) : kind !== "request" && kind !== "status") &&
    documents.includes(document) &&
    keys.test(key),
});

/** Something a person must change. Its message is all there is to say: no stack, no cause. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/** An answer that the vendor does not give: it says nothing about any object, nor of what became of the request. */
export class ForeignAnswer extends Refusal {}

/** How far a request got that was not answered, where that is known: it never left, or it may still be carried out. */
export type Reach = "unsent" | "underWay";

/** What a remote API, or the way to it, answered. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(
    message: string,
    /** HTTP status; absent when no answer came. */
    readonly status?: number,
    /** The vendor's own code. */
    readonly code?: number,
    /** The vendor's structured explanation, where it gives one. */
    readonly details?: unknown,
    readonly reach?: Reach,
  ) {
    super(message);
  }

  /** The object is not there. */
  get gone(): boolean {
    return this.status === 404;
  }

  /** Nobody can tell whether the request was carried out. */
  get lost(): boolean {
    return this.status === undefined || isInDoubt(this.status);
  }
}

/**
 * Statuses after which nobody can tell whether the request was carried out: of servers, and of proxies on the way, that
 * gave up waiting or do not know better.
 */
export const isInDoubt = (status: number): boolean => status >= 500 || [408, 425, 499].includes(status);

/** Whether nobody can tell what became of the request. */
export const isLost = (error: unknown): error is ApiError | ForeignAnswer =>
  error instanceof ForeignAnswer || (error instanceof ApiError && error.lost);

/** Whether it is the values that the API does not take, whoever asks and whenever. */
export const isRefused = (error: unknown): error is ApiError =>
  error instanceof ApiError && !error.lost && ![401, 403, 429].includes(error.status ?? 0);

/** The object exists, but is not yet as declared. The engine keeps it in the state, and the next `up` finishes it. */
export class HalfMade extends Error {
  override readonly name = "HalfMade";
  constructor(
    message: string,
    readonly id: string,
    readonly state: Record<string, unknown>,
  ) {
    super(message);
  }
}

/** A write was accepted and has not taken effect, or not as it should. `answer` is what the object shows meanwhile. */
export class Unsettled<Answer> {
  constructor(
    readonly answer: Answer,
    /** What a person has to know, as a sentence. */
    readonly why: string,
    /** The argument for whose sake only a new object can be as declared; the next `up` makes it. */
    readonly replacing?: string,
  ) {}
}

export const isUnsettled = <Answer>(answer: Answer | Unsettled<Answer>): answer is Unsettled<Answer> =>
  answer instanceof Unsettled;

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Undefined where the object is not there. */
export async function unlessGone<Result>(request: Promise<Result>): Promise<Result | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof ApiError && error.gone) return undefined;
    throw error;
  }
}

/**
 * Whether a write that failed may have had an effect, or may still have one. Where it had none, the engine keeps what it
 * had, and with it what the resource depended on: destroy gives back in the order in which things were taken.
 */
export async function mayBeDone<Answer>(
  error: unknown,
  read: () => Promise<Answer>,
  isAsBefore: (answer: Answer) => boolean,
): Promise<boolean> {
  if (!isLost(error)) return false;
  const isOver = error instanceof ApiError && error.status !== undefined && error.reach !== "underWay";
  const answer = isOver ? await read().catch(() => undefined) : undefined;
  return answer === undefined || !isAsBefore(answer);
}

/** A write whose answer is lost is looked up: where the object is as it was sent, what is there is the answer. */
export async function orLookedUp<Answer, Written>(
  write: () => Promise<Written>,
  read: () => Promise<Answer>,
  isAsSent: (answer: Answer) => boolean,
): Promise<Answer | Written> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof ApiError) || !error.lost) throw error;
    const answer = await read().catch(() => undefined);
    if (answer === undefined || !isAsSent(answer)) throw error;
    return answer;
  }
}

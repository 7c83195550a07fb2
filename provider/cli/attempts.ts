import type { Session } from "../life/life";
import type { AccountSnapshot, ObjectKind } from "../routing";
import { ApiError } from "../values/errors";

/** Stands for what could not be read. */
export const unreadable = Symbol("unreadable");

/** What an account is asked for, and what of it could not be read. */
export class Attempts {
  readonly #reasons = new Map<ObjectKind, string>();
  readonly #failures: ApiError[] = [];
  #isAnyRead = false;

  constructor(private readonly session: Pick<Session, "isApiKey" | "redact">) {}

  get unread(): NonNullable<AccountSnapshot["unread"]> {
    return [...this.#reasons].map(([kind, reason]) => ({ kind, reason }));
  }

  /** Throws where nobody need try anything else: no network, or wrong credentials. */
  async first<Result>(kind: ObjectKind, request: Promise<Result>): Promise<Result | undefined> {
    const result = await this.read(kind, request);
    const [failure] = this.#failures;
    // A key may have rights for other products.
    const isOfThisAlone = failure?.status === 403 || (failure?.status === 401 && this.session.isApiKey);
    if (failure && !isOfThisAlone) throw failure;
    return result;
  }

  /** Undefined for what is not there, and for what could not be read. */
  async read<Result>(
    kind: ObjectKind,
    request: Promise<Result>,
    closed?: "mayBeClosed",
  ): Promise<Result | undefined> {
    const result = await this.attempt(kind, request, closed);
    return result === unreadable ? undefined : result;
  }

  /** Undefined for what is not there. */
  async attempt<Result>(
    kind: ObjectKind,
    request: Promise<Result>,
    closed?: "mayBeClosed",
  ): Promise<Result | typeof unreadable | undefined> {
    try {
      const result = await ifThere(request, closed);
      this.#isAnyRead = true;
      return result;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#failures.push(error);
      this.#reasons.set(kind, this.session.redact(error.message).replace(/\s*\n\s*/g, " "));
      return unreadable;
    }
  }

  isUnread(kind: ObjectKind): boolean {
    return this.#reasons.has(kind);
  }

  /** Throws where nothing at all could be read. */
  requireAny(): void {
    const [failure] = this.#failures;
    if (failure && !this.#isAnyRead) throw failure;
  }
}

/** A 403 with one of these codes speaks of the credentials or of the account, and not of one product. */
const ofWholeAccount = [20003, 20005];

/**
 * Undefined for what the account does not have. Products that are closed to it may answer 403, and those that have
 * reached their end 410.
 */
export async function ifThere<Result>(
  request: Promise<Result>,
  closed?: "mayBeClosed",
): Promise<Result | undefined> {
  try {
    return await request;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { status, code = 0 } = error;
    const isClosed = closed !== undefined && status === 403 && !ofWholeAccount.includes(code);
    if (status === 404 || status === 410 || isClosed) return undefined;
    throw error;
  }
}

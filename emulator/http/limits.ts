import type { Clock } from "../api/clock";

/** How many requests an account may have. Twilio counts each account on its own, and so does the emulator. */
export interface LimitOptions {
  /** Requests per second, that many at once at most. Without it any number. */
  rateLimit?: number;
  /** Requests in flight at a time. Without it any number. */
  concurrency?: number;
}

/** One request that counts while it is carried out. */
interface Turn {
  /** Requests of the account in flight, this one included. */
  concurrent: number;
  /** False where it is one too many. */
  isAllowed: boolean;
  /** To be called when it is answered. */
  end: () => void;
}

/** Counts the requests of each account. A request that is one too many takes nothing from the rate. */
export class Limits {
  private readonly inFlight = new Map<string, number>();
  /** In thousandths of a request, so that a whole rate fills them by whole numbers, and nothing is lost on the way. */
  private readonly buckets = new Map<string, { thousandths: number; filledAt: number }>();

  constructor(
    private readonly options: LimitOptions,
    private readonly clock: Clock,
  ) {}

  begin(account: string): Turn {
    const concurrent = (this.inFlight.get(account) ?? 0) + 1;
    this.inFlight.set(account, concurrent);
    const { concurrency = Number.POSITIVE_INFINITY } = this.options;
    return {
      concurrent,
      isAllowed: concurrent <= concurrency && this.takeToken(account),
      end: () => this.end(account),
    };
  }

  /** Forgets what was asked in the last second. What is in flight stays counted. */
  refill(): void {
    this.buckets.clear();
  }

  private end(account: string): void {
    const left = (this.inFlight.get(account) ?? 1) - 1;
    if (left > 0) this.inFlight.set(account, left);
    else this.inFlight.delete(account);
  }

  private takeToken(account: string): boolean {
    const { rateLimit } = this.options;
    if (rateLimit === undefined) return true;
    const now = this.clock().getTime();
    const full = rateLimit * 1000;
    const { thousandths, filledAt } = this.buckets.get(account) ?? { thousandths: full, filledAt: now };
    const filled = Math.min(full, thousandths + Math.max(0, now - filledAt) * rateLimit);
    const isAllowed = filled >= 1000;
    this.buckets.set(account, { thousandths: isAllowed ? filled - 1000 : filled, filledAt: now });
    return isAllowed;
  }
}

import { AsyncLocalStorage } from "node:async_hooks";

/** How long one operation may wait for the API, over all its requests, in milliseconds. */
const budget = 300_000;

/** How long nothing is said of a request that waits, in milliseconds. Then each time twice as long. */
const silence = 10_000;

/** What an operation may use of its host. */
export interface OperationHost {
  /** Progress, on the resource. */
  readonly say?: (text: string) => void;
  /** Rejects where nothing may be sent any more. */
  readonly proceed?: () => Promise<void>;
}

const running = new AsyncLocalStorage<Operation>();

/** One operation on one resource, or one lookup: the time that its requests wait is counted together. */
export class Operation {
  #waited = 0;
  #troubles = 0;
  #since = 0;
  #isUncertain = false;

  constructor(private readonly host: OperationHost = {}) {}

  /** The operation that runs, or one of the caller's own. */
  static current(): Operation {
    return running.getStore() ?? new Operation();
  }

  run<Result>(work: () => Promise<Result>): Promise<Result> {
    return running.run(this, work);
  }

  /** Whether the answer to any request was lost, so that nobody knows what it has done. */
  get isUncertain(): boolean {
    return this.#isUncertain;
  }

  /** Makes one request, and says so where it takes long. */
  async request<Result>(what: string, send: (request: Waiting) => Promise<Result>): Promise<Result> {
    const request = new Waiting(this, what, this.host);
    try {
      return await send(request);
    } finally {
      request.end();
    }
  }

  /** Whether there is time for this pause. */
  hasTimeFor(pause: number): boolean {
    return this.#waitedSoFar() + pause <= budget;
  }

  /** Notes that a request is not sent again. Its error then says how long the operation has tried. */
  gaveUp<Failed extends Error>(error: Failed, isLost: boolean): Failed {
    this.#isUncertain ||= isLost;
    const seconds = Math.round(this.#waitedSoFar() / 1000);
    if (seconds >= 1) error.message += `. It was tried for ${duration(seconds)}`;
    return error;
  }

  begin(since: number): void {
    if (this.#troubles === 0) this.#since = since;
    this.#troubles += 1;
  }

  end(): void {
    if (this.#troubles === 1) this.#waited = this.#waitedSoFar();
    this.#troubles -= 1;
  }

  #waitedSoFar(): number {
    return this.#waited + (this.#troubles > 0 ? performance.now() - this.#since : 0);
  }
}

/** A request from the moment it is due until it is answered or given up. */
class Waiting {
  readonly #due = performance.now();
  #why = "no answer yet";
  #isFailing = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly operation: Operation,
    private readonly what: string,
    private readonly host: OperationHost,
  ) {
    this.#sayAfter(silence);
  }

  /** Resolves where it may be sent. */
  async proceed(): Promise<void> {
    await this.host.proceed?.();
  }

  /** It was not answered, or not well, and is to be sent again. */
  fails(why: string): void {
    this.#why = why;
    if (this.#isFailing) return;
    this.#isFailing = true;
    this.operation.begin(this.#due);
  }

  end(): void {
    clearTimeout(this.#timer);
    if (this.#isFailing) this.operation.end();
  }

  #sayAfter(ms: number): void {
    this.#timer = setTimeout(() => {
      const seconds = Math.round((performance.now() - this.#due) / 1000);
      this.host.say?.(`waiting for ${this.what} for ${duration(seconds)}: ${this.#why}`);
      this.#sayAfter(2 * ms);
    }, ms);
    this.#timer.unref();
  }
}

/** `45 s`, `2 min 5 s` */
export const duration = (seconds: number): string =>
  seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;

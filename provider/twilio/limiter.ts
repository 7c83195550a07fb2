/** The longest average pause between two requests of an account, and the first one that is made, in milliseconds. */
const pauses = { longest: 250, first: 50 };

/** What the pause is multiplied by: after one 429, after one that follows another, and after any other answer. */
const factors = { once: 1.5, again: 2, answered: 0.97 };

/** Below this, a pause is none. */
const negligible = 10;

/** What an answer says of the pace. Undefined where it says nothing. */
export type Pace = "too fast" | "answered" | undefined;

/**
 * Admits the requests to one account, and learns how many it takes. Each 429 halves the number of requests in flight, and
 * each answer lets it grow slowly. Where one 429 follows another, pauses come between requests as well. Requests that
 * were sent before the last slowing down say nothing new.
 *
 * Twilio counts concurrent requests by account. Each provider process learns for itself.
 */
export class Limiter {
  readonly #waiting: (() => void)[] = [];
  #allowed: number;
  #inFlight = 0;
  #pause = 0;
  #slowings = 0;
  #isTooFast = false;
  #notBefore = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly most: number) {
    this.#allowed = most;
  }

  /** Sends once it is its turn. `learn` tells what the answer says of the pace; an error is an answer. */
  async run<Answer>(send: () => Promise<Answer>, learn: (answer: Answer) => Pace): Promise<Answer> {
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
      this.#admit();
    });
    const slowings = this.#slowings;
    let pace: Pace = "answered";
    try {
      const answer = await send();
      pace = learn(answer);
      return answer;
    } finally {
      this.#inFlight -= 1;
      if (pace === "answered") this.#speedUp();
      if (pace === "too fast" && slowings === this.#slowings) this.#slowDown();
      this.#admit();
    }
  }

  #slowDown(): void {
    this.#slowings += 1;
    this.#allowed = Math.max(1, this.#allowed / 2);
    const longer = this.#isTooFast
      ? Math.max(pauses.first, this.#pause * factors.again)
      : this.#pause * factors.once;
    this.#pause = Math.min(pauses.longest, longer);
    this.#isTooFast = true;
  }

  #speedUp(): void {
    this.#allowed = Math.min(this.most, this.#allowed + 1 / this.#allowed);
    this.#pause = this.#pause < negligible ? 0 : this.#pause * factors.answered;
    this.#isTooFast = false;
  }

  #admit(): void {
    while (this.#waiting.length > 0 && this.#inFlight < Math.floor(this.#allowed)) {
      const early = this.#notBefore - performance.now();
      if (early > 0) {
        this.#timer ??= setTimeout(() => {
          this.#timer = undefined;
          this.#admit();
        }, early);
        return;
      }
      this.#inFlight += 1;
      // By chance, so that several processes do not move in step.
      this.#notBefore = performance.now() + Math.random() * 2 * this.#pause;
      this.#waiting.shift()?.();
    }
  }
}

import { setTimeout as pause } from "node:timers/promises";

/** A page of a list, as Twilio's SDK gives it. */
export interface Page<Answer> {
  readonly instances: readonly Answer[];
  nextPage(): Promise<Page<Answer>> | undefined;
}

/** How many reads there have to be until a list may take fewer requests. */
const few = 4;

/**
 * How many pages may be asked for each read so far. The engine asks for a few objects at a time, so the first reads do not
 * tell how many there will be, and what they look for may be on the last page.
 */
const pagesPerRead = 3;

/** How long a read waits for others beside it, in milliseconds. */
const togetherMs = 5;

/**
 * Reads of objects of one kind in one parent, answered by one list where that takes fewer requests. Only what a list shows is
 * answered: of what is not in it, or where it fails, a read of the object itself tells.
 */
export class Reads<Answer> {
  readonly #listed = new Map<string, Answer>();
  readonly #waiting: { readonly id: string; readonly answer: (found: Answer | undefined) => void }[] = [];
  #asked = 0;
  #pages = 0;
  #isLooking = false;
  #next: (() => Promise<Page<Answer>> | undefined) | undefined;

  constructor(
    first: () => Promise<Page<Answer>>,
    private readonly idOf: (answer: Answer) => string,
  ) {
    this.#next = first;
  }

  /** The object as the list shows it. Undefined where only a read of its own can tell. */
  async find(id: string): Promise<Answer | undefined> {
    this.#asked += 1;
    if (this.#listed.has(id) || this.#next === undefined) return this.#listed.get(id);
    return new Promise((answer) => {
      this.#waiting.push({ id, answer });
      if (!this.#isLooking) void this.#look();
    });
  }

  async #look(): Promise<void> {
    this.#isLooking = true;
    await pause(togetherMs);
    const isWorthIt = () => this.#asked >= few && this.#pages < pagesPerRead * this.#asked;
    while (this.#waiting.length > 0 && this.#next && isWorthIt()) {
      this.#pages += 1;
      await this.#turnPage(this.#next);
      this.#answer(({ id }) => this.#listed.has(id));
    }
    this.#isLooking = false;
    this.#answer(() => true);
  }

  async #turnPage(next: () => Promise<Page<Answer>> | undefined): Promise<void> {
    try {
      const page = await next();
      for (const answer of page?.instances ?? []) this.#listed.set(this.idOf(answer), answer);
      this.#next = page && (() => page.nextPage());
    } catch {
      // Why, each object's own read says.
      this.#next = undefined;
    }
  }

  #answer(isDue: (one: { readonly id: string }) => boolean): void {
    for (const one of this.#waiting.splice(0)) {
      if (isDue(one)) one.answer(this.#listed.get(one.id));
      else this.#waiting.push(one);
    }
  }
}

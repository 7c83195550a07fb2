import type { ShownRoute } from "../../routing";
import { isRecord } from "../../values/values";
import type { TwinRequest } from "../emulator";
import type { Objects } from "./objects";
import type { Gap, Write } from "./rehearsal";
import { answers, answersTwice, keyOf } from "./routes";

/** Follows what reaches the twin, and what each write does to the routes. */
export class Watch {
  #writes: Write[] = [];
  #requests = 0;
  readonly #made = new Set<string>();
  readonly #gaps = new Gaps();

  constructor(
    private readonly objects: Objects,
    private readonly routes: () => ShownRoute[],
  ) {
    this.#gaps.look(routes(), 0);
  }

  /** To be told of each request before another one is carried out. */
  readonly note = (request: TwinRequest, body: object | undefined): void => {
    this.#requests += 1;
    if (request.method === "GET" || isCheck(request)) return;
    const answer = isRecord(body) ? body : {};
    const status = request.status ?? 0;
    this.#writes.push({
      method: request.method,
      operation: request.operationId ?? request.path,
      object: this.objects.of(request, answer),
      sets: Object.keys(request.params),
      status,
    });
    if (status >= 300) return;
    if (status === 201 && typeof answer.sid === "string") this.#made.add(answer.sid);
    this.#gaps.look(this.routes(), this.#writes.length);
  };

  get requests(): number {
    return this.#requests;
  }

  get made(): string[] {
    return [...this.#made];
  }

  /** The writes since the last time. */
  takeWrites(): Write[] {
    const writes = this.#writes;
    this.#writes = [];
    return writes;
  }

  get writeCount(): number {
    return this.#writes.length;
  }

  /** So far. A time that does not end is no gap: the address then ends worse. */
  get gaps(): Gap[] {
    return this.#gaps.closed;
  }
}

/** Studio's check of a definition is sent as a POST. */
const isCheck = ({ path }: TwinRequest): boolean => path.endsWith("/Flows/Validate");

/** For each address, since which write nobody answers it, or two do. */
class Gaps {
  readonly closed: Gap[] = [];
  readonly #open = new Map<string, Gap>();
  readonly #answered = new Map<string, ShownRoute>();

  /** `write`: the number of the one that has just been carried out; 0 before the first. */
  look(routes: readonly ShownRoute[], write: number): void {
    const now = new Map(routes.map((route) => [keyOf(route), route]));
    for (const [key, route] of now) {
      this.#follow(key, "doubled", route, answersTwice(route), write);
      if (answers(route)) this.#answered.set(key, route);
    }
    for (const [key, route] of this.#answered)
      this.#follow(key, "unrouted", route, !answers(now.get(key)), write);
  }

  #follow(key: string, kind: Gap["kind"], of: ShownRoute, isSo: boolean, write: number): void {
    const name = `${kind} ${key}`;
    const open = this.#open.get(name);
    if (isSo && open === undefined) {
      this.#open.set(name, { kind, channel: of.channel, address: of.address, from: write, writes: 0 });
    }
    if (isSo || open === undefined) return;
    this.#open.delete(name);
    // What was so before the first write is not the run's doing.
    if (open.from > 0) this.closed.push({ ...open, writes: write - open.from });
  }
}

import { type ProblemCode, problem } from "./problems";
import type { Way } from "./route";
import type { AccountSnapshot } from "./snapshot";

/** What is concluded from an object that is not in its list. */
const byAbsence: readonly ProblemCode[] = ["missing-object", "no-flex-flow"];

/** Of kinds that could not be read, no object counts as missing. */
export function withoutGuesses({ unread = [] }: AccountSnapshot, ways: Way[]): Way[] {
  return ways.map((way) => {
    const last = way.hops.at(-1);
    const code = last?.problem?.code;
    if (!last || code === undefined || !byAbsence.includes(code)) return way;
    const kind = code === "no-flex-flow" ? "flexFlow" : last.kind;
    if (!unread.some((one) => one.kind === kind)) return way;
    const { sid, name } = last;
    const end = `It leads to ${name}, and what is there could not be read`;
    const told = problem("not-read", { kind: last.kind, sid, name }, end);
    return { ...way, end, hops: [...way.hops.slice(0, -1), { ...last, problem: told }] };
  });
}

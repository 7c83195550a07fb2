import type { ShownRoute } from "../../routing";
import type { FoundProblem, Rehearsal, RouteChange } from "./rehearsal";

/** Address by address, what becomes of its route. */
export function changesOf(before: readonly ShownRoute[], after: readonly ShownRoute[]): RouteChange[] {
  const later = new Map(after.map((route) => [keyOf(route), route]));
  const earlier = new Set(before.map(keyOf));
  return [
    ...before.map((route) => changeOf(route, later.get(keyOf(route)))),
    ...after.filter((route) => !earlier.has(keyOf(route))).map((route) => changeOf(undefined, route)),
  ];
}

export const keyOf = ({ accountSid, channel, address }: ShownRoute): string =>
  `${accountSid} ${channel} ${address}`;

function changeOf(before: ShownRoute | undefined, after: ShownRoute | undefined): RouteChange {
  const change =
    before === undefined ? "new" : after === undefined ? "gone" : isSame(before, after) ? "same" : "changed";
  return { before, after, change, isWorse: isWorse(before, after) };
}

/** A new address cannot be worse than it was, even if nobody answers it yet. */
function isWorse(before: ShownRoute | undefined, after: ShownRoute | undefined): boolean {
  if (before === undefined) return false;
  if (answers(before) && !answers(after)) return true;
  const known = new Set(before.problems.map(problemKey));
  return (after?.problems ?? []).some((one) => one.severity === "error" && !known.has(problemKey(one)));
}

export const answers = (route: ShownRoute | undefined): boolean =>
  route?.ways.some(({ reaches }) => reaches !== "nobody") ?? false;

/** Whether Conversations and the messaging handler both hand the messages to somebody. */
export const answersTwice = ({ ways }: ShownRoute): boolean =>
  new Set(ways.filter(({ reaches }) => reaches !== "nobody").map(({ by }) => by)).size > 1;

const isSame = (one: ShownRoute, other: ShownRoute): boolean =>
  JSON.stringify([one.ways, one.problems]) === JSON.stringify([other.ways, other.problems]);

const problemKey = ({ code, object }: ShownRoute["problems"][number]): string =>
  `${code} ${object.kind} ${object.name}`;

/** Which problems the account gets rid of, keeps and gets. */
export function problemsOf(
  before: readonly ShownRoute[],
  after: readonly ShownRoute[],
): Rehearsal["problems"] {
  const found = (routes: readonly ShownRoute[]) =>
    new Map(routes.flatMap((route) => route.problems.map((one) => [keyIn(route, one), ofRoute(route, one)])));
  const [were, are] = [found(before), found(after)];
  return {
    gone: [...were].filter(([key]) => !are.has(key)).map(([, one]) => one),
    stayed: [...are].filter(([key]) => were.has(key)).map(([, one]) => one),
    new: [...are].filter(([key]) => !were.has(key)).map(([, one]) => one),
  };
}

const keyIn = (route: ShownRoute, one: ShownRoute["problems"][number]): string =>
  `${keyOf(route)} ${problemKey(one)}`;

const ofRoute = ({ channel, address }: ShownRoute, one: ShownRoute["problems"][number]): FoundProblem => ({
  channel,
  address,
  ...one,
});

/** The routes before and after for their map, which knows of one account alone: those of others say which. */
export function sidesOf({ account, routes }: Pick<Rehearsal, "account" | "routes">) {
  const named = (route: ShownRoute): ShownRoute =>
    route.accountSid === account ? route : { ...route, address: `${route.address} of ${route.accountSid}` };
  return {
    before: routes.flatMap(({ before }) => (before ? named(before) : [])),
    after: routes.flatMap(({ after }) => (after ? named(after) : [])),
  };
}

import { handlerOf, origin } from "./place";
import { type Problem, problem } from "./problems";
import type { Route } from "./route";
import { isUnanswered, isWhole } from "./routes";
import type { AccountSnapshot } from "./snapshot";

/** Whom an address is expected to reach: an agent, or anybody at all. */
export type Expected = "agent" | "anybody";

/** The route with what is wrong with it where it has to reach somebody. */
export function expecting(account: AccountSnapshot, route: Route, expected: Expected): Route {
  const found = problemOf(account, route, expected);
  return found ? { ...route, problems: [...route.problems, found] } : route;
}

function problemOf(account: AccountSnapshot, route: Route, expected: Expected): Problem | undefined {
  if (!isWhole(account)) return undefined;
  const { channel, address, ways } = route;
  const place = { account, channel, address, live: {} };
  const what = channel === "voice" ? "Calls" : "Messages";
  if (isUnanswered(route)) {
    return problem("unanswered", origin(place), `${what} to ${address} reach nobody`, handlerOf(place));
  }
  if (expected !== "agent" || ways.some(({ reaches }) => reaches === "agents")) return undefined;
  return problem("not-agents", origin(place), `${what} to ${address} do not reach agents`);
}

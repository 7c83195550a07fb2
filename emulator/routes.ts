import { type RouteOptions, routesOf, type ShownRoute, shown } from "../provider/routing";
import { snapshotOf } from "./snapshot";
import type { State } from "./state";

/** Every address of every account that customers may write to, and what happens to messages there. */
export const routes = (
  { accounts }: State,
  options: Pick<RouteOptions, "handlerWithAddress">,
): ShownRoute[] =>
  Object.values(accounts)
    .filter(({ status }) => status === "active")
    .flatMap((account) =>
      routesOf(snapshotOf(account), { handlerWithAddress: options.handlerWithAddress }).map((route) =>
        shown(account.sid, route),
      ),
    );

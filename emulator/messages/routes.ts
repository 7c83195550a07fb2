import { type RouteOptions, routesOf, type ShownRoute, shown } from "../../provider/routing";
import type { State } from "../account/state";
import { snapshotOf } from "./snapshot";

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

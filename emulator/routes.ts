import { type Route, type RouteOptions, routesOf } from "../provider/routing";
import { snapshotOf } from "./snapshot";
import type { State } from "./state";

/** A route as the control endpoints show it. */
export interface ShownRoute extends Route {
  accountSid: string;
}

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

/** Without the URLs of webhooks, which may hold credentials. */
export const shown = (accountSid: string, { ways, ...route }: Route): ShownRoute => ({
  accountSid,
  ...route,
  ways: ways.map(({ webhook: _, ...way }) => way),
});

import type { Route } from "./route";

/** A route as it is shown to people and programs. */
export interface ShownRoute extends Route {
  accountSid: string;
}

/** Without the URLs of webhooks, which may hold credentials. */
export const shown = (accountSid: string, { ways, ...route }: Route): ShownRoute => ({
  accountSid,
  ...route,
  ways: ways.map(({ webhook: _, ...way }) => way),
});

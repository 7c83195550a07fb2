import * as pulumi from "@pulumi/pulumi";
import { isUnitTest, programError } from "./program";

/** What the resources of one run of a program have claimed, by the provider they use. A run has a monitor of its own. */
const claims = new WeakMap<object, Set<string>>();

/**
 * Refuses that two resources of one program declare the same thing, where the program shows it. With Pulumi's mocks nothing is
 * refused: tests that share `setMocks` are programs of their own and cannot be told apart.
 */
export function refuseSecond(name: string, what: string, provider?: pulumi.ProviderResource): void {
  if (isUnitTest()) return;
  const scope = provider ?? pulumi.runtime.getMonitor();
  if (scope === undefined) return;
  const claimed = claims.get(scope) ?? new Set();
  claims.set(scope, claimed);
  if (claimed.has(what)) {
    throw programError(
      `${name}: another resource of this program declares the ${what} already; keep one of them`,
    );
  }
  claimed.add(what);
}

import * as pulumi from "@pulumi/pulumi";
import { programError } from "./program";

/** What the resources of one run of a program have claimed. A run has a monitor of its own. */
const claims = new WeakMap<object, Set<string>>();

/** Refuses that two resources of one program declare the same thing, where the program shows it. */
export function refuseSecond(name: string, what: string): void {
  const run = pulumi.runtime.getMonitor();
  if (run === undefined) return;
  const claimed = claims.get(run) ?? new Set();
  claims.set(run, claimed);
  if (claimed.has(what)) {
    throw programError(
      `${name}: another resource of this program declares the ${what} already; keep one of them`,
    );
  }
  claimed.add(what);
}

import * as pulumi from "@pulumi/pulumi";
import { Journal } from "../journal/journal";
import { variable } from "../twilio/settings";
import { isUnitTest } from "./program";

/**
 * Strikes the create of a resource off the journal once the engine keeps it: a program is told of an id only after the
 * engine has written its checkpoint, unless it is told to write none.
 */
export function strikeOffOnceKept(resource: pulumi.CustomResource): void {
  if (pulumi.runtime.getMonitor() === undefined || isUnitTest() || pulumi.runtime.isDryRun()) return;
  if (/^(1|t|true)$/i.test(variable("PULUMI_SKIP_CHECKPOINTS") ?? "")) return;
  pulumi.all([resource.urn, resource.id]).apply(([urn, id]) => {
    journal.strikeOff((entry) => entry.urn === urn && entry.id === id, urn);
    journal.strikeOffTakings(urn, (taking) => taking.id === id);
  });
}

const journal = new Journal();

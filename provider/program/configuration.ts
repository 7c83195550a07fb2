import * as pulumi from "@pulumi/pulumi";
import { refuseMisspelt } from "../twilio/settings";
import { messageOf } from "../values/errors";
import { programError } from "./program";

/** The runs of a program, each of which has a monitor of its own, whose configuration was looked at. */
const checked = new WeakSet<object>();

/**
 * Refuses settings that are misspelt in the stack configuration: what is meant would be looked up elsewhere in silence. Where
 * the program does not run, its resources' process warns.
 */
export function checkConfiguration(): void {
  const run = pulumi.runtime.getMonitor();
  if (run === undefined || checked.has(run)) return;
  try {
    refuseMisspelt(Object.keys(pulumi.runtime.allConfig()));
  } catch (error) {
    throw programError(messageOf(error));
  }
  checked.add(run);
}

import { isAbsolute } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { copyFoundFrom, ownCopy } from "./copies";
import { isUnitTest, programError } from "./program";

let checked = false;

/**
 * The engine loads the provider from the program's folder, not from here. Where that is another copy, or none,
 * an explanation now is better than an error from the engine later.
 */
export function checkInstallation(): void {
  if (checked || isInline()) return;
  const found = copyFoundFrom(process.cwd())?.version;
  const { version } = ownCopy();
  if (found === undefined) {
    throw programError(
      "pulumi-twilio-flex cannot be found from the program's folder: add it to the dependencies of the program itself",
    );
  }
  if (found !== version) {
    throw programError(
      `the program uses pulumi-twilio-flex ${version}, but its folder resolves to ${found}: depend on one version of it`,
    );
  }
  checked = true;
}

/**
 * An inline program of the Automation API runs wherever its process was started, the provider in the `workDir` or in the
 * project's `main`, and the program is told neither. Only Pulumi's own host tells a program its root directory.
 */
const isInline = (): boolean => !isAbsolute(pulumi.getRootDirectory()) && !isUnitTest();

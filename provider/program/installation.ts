import { copyFoundFrom, ownCopy } from "./copies";
import { programError } from "./program";

let checked = false;

/**
 * The engine loads the provider from the program's folder, not from here. Where that is another copy, or none,
 * an explanation now is better than an error from the engine later.
 */
export function checkInstallation(): void {
  if (checked) return;
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

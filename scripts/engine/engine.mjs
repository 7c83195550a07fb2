/**
 * Prints the folder that holds `pulumi` and its hosts, and gets them first where there are none:
 *
 *     PATH="$(npm run --silent engine):$PATH" pulumi up
 */
import { say } from "../progress.mjs";
import { getEngine } from "./get-engine.mjs";

try {
  process.stdout.write(`${await getEngine()}\n`);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

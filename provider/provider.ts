/**
 * What the line that Pulumi stores with each resource loads: `require("pulumi-twilio-flex/provider").resource(type)`.
 * That line can never change, so neither can this name and what it takes.
 */
import "./kinds";
import { dynamicProvider, type HostConfig, keysOf } from "./hosts/dynamic";
import { EngineLog } from "./hosts/engineLog";
import { EngineWatch } from "./hosts/engineWatch";
import { SharedHolders } from "./hosts/sharedHolders";
import { Journal } from "./journal/journal";
import { resourceNamed } from "./life/define";
import { Run } from "./life/run";
import { openSession } from "./twilio/session";
import { configuration, environment, misspelt, ownerKey } from "./twilio/settings";

/** One process serves all resources of a provider for one preview, update, refresh or destroy. */
const run = new Run(new SharedHolders(process.argv.at(-1)));
const log = new EngineLog();
const journal = new Journal();
const engine = new EngineWatch(process.argv.at(-1) ?? "", () => journal.leave());

/** What was said of the configuration. */
const said = new Set<string>();

/** Where the program does not run, as in destroy and refresh, nobody else names a misspelt key. */
function nameMisspelt(config: HostConfig): void {
  // The inputs of a `TwilioProvider` are checked by that.
  if (config.get(ownerKey) !== undefined) return;
  for (const problem of misspelt(keysOf(config)).filter((one) => !said.has(one))) {
    said.add(problem);
    log.warn(problem, "");
  }
}

export const resource = (type: string) =>
  dynamicProvider(
    type,
    () => resourceNamed(type).life,
    (config, print) => {
      nameMisspelt(config);
      return Object.assign(openSession([configuration((key) => config.get(key)), environment], print), {
        run,
      });
    },
    log,
    { journal, proceed: () => engine.proceed() },
  );

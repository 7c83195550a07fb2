/**
 * What the line that Pulumi stores with each resource loads: `require("pulumi-twilio-flex/provider").resource(type)`.
 * That line can never change, so neither can this name and what it takes.
 */
import "./index";
import { dynamicProvider } from "./hosts/dynamic";
import { EngineLog } from "./hosts/engineLog";
import { EngineWatch } from "./hosts/engineWatch";
import { SharedHolders } from "./hosts/sharedHolders";
import { Journal } from "./journal/journal";
import { resourceNamed } from "./life/define";
import { Run } from "./life/run";
import { openSession } from "./twilio/session";
import { configuration, environment } from "./twilio/settings";

/** One process serves all resources of a provider for one preview, update, refresh or destroy. */
const run = new Run(new SharedHolders(process.argv.at(-1)));
const log = new EngineLog();
const journal = new Journal();
const engine = new EngineWatch(process.argv.at(-1) ?? "", () => journal.leave());

export const resource = (type: string) =>
  dynamicProvider(
    type,
    () => resourceNamed(type).life,
    (config, print) =>
      Object.assign(openSession([configuration((key) => config.get(key)), environment], print), { run }),
    log,
    { journal, proceed: () => engine.proceed() },
  );

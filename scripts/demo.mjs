/** See `help` below. */
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Emulator } from "./demo/emulator.mjs";
import { examples } from "./demo/examples.mjs";
import { onAccount, printWayBack } from "./demo/on-account.mjs";
import { onEmulator } from "./demo/on-emulator.mjs";
import { Project } from "./demo/project.mjs";
import { print, printFailure } from "./demo/terminal.mjs";
import { cache } from "./engine/cache.mjs";
import { getEngine } from "./engine/get-engine.mjs";
import { CommandFailed } from "./run.mjs";

const [first = ""] = Object.keys(examples);
const help = `npm run demo
  Runs an example on an emulated Flex account on this machine: preview, up, a change made by hand that refresh shows
  and up repairs, destroy. Nothing is left behind, and nothing leaves this machine.

npm run demo -- --live --sms-number +1…
  Runs it on the account in TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN, or with TWILIO_API_KEY and TWILIO_API_SECRET.
  Asks before it changes anything, and before it takes it back.

  --example <name>            one of these; default: ${first}
${Object.entries(examples)
  .map(([name, { about }]) => `                                ${name}: ${about}`)
  .join("\n")}
  --sms-number <number>       a number of the account in E.164 form, whose messages nothing else handles
  --whatsapp-number <number>  default: no WhatsApp, or on the legacy path the number of the WhatsApp Sandbox
  --page-id <id>              of a Facebook page; default: no Messenger
  --yes                       does not ask
  --help
`;

/** Nothing was begun. */
class Refused extends Error {}

const root = fileURLToPath(new URL("..", import.meta.url));
/** @type {Project | undefined} */
let project;
/** @type {Emulator | undefined} */
let emulator;
/** @type {Promise<void> | undefined} */
let cleanedUp;
let isInterrupted = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, interrupt);

try {
  await demo(readOptions());
} catch (error) {
  if (!isInterrupted) fail(error);
}
await cleanUp();

/** @param {ReturnType<typeof readOptions>} options */
async function demo({ values: { live, yes = false, example: name = first, ...values } }) {
  if (values.help) return print(help);
  const example = examples[name];
  if (!example)
    throw new Refused(`there is no example "${name}"; choose ${Object.keys(examples).join(" or ")}`);
  if (!live) {
    const engine = await getEngine();
    emulator = new Emulator(example.profile);
    await emulator.ready;
    project = open(name, mkdtempSync(join(tmpdir(), "pulumi-twilio-flex-demo-")), engine, emulator.env);
    return onEmulator({ emulator, project, name, example });
  }
  const env = credentials();
  const config = programConfig(example, values);
  if (!yes && !process.stdin.isTTY) throw new Refused("--live asks questions; without a terminal give --yes");
  // Not in the system's temporary folder: as long as the stack is there, so must be its state.
  mkdirSync(cache, { recursive: true });
  const engine = await getEngine();
  project = open(name, mkdtempSync(join(cache, "live-demo-")), engine, env);
  return onAccount({ project, config, yes });
}

/** @param {string} name @param {string} folder @param {string} engine @param {NodeJS.ProcessEnv} env */
function open(name, folder, engine, env) {
  return new Project(folder, { name, main: join(root, "examples", name), engine, env });
}

function readOptions() {
  const text = { type: /** @type {const} */ ("string") };
  const flag = { type: /** @type {const} */ ("boolean") };
  return parseArgs({
    options: {
      live: flag,
      yes: flag,
      help: flag,
      example: text,
      "sms-number": text,
      "whatsapp-number": text,
      "page-id": text,
    },
  });
}

/** All that the environment says of Twilio; the provider itself says what is wrong with it. */
function credentials() {
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => key.startsWith("TWILIO_")));
  const { TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: token, TWILIO_API_KEY: key } = env;
  if (!sid || !(token || key)) {
    throw new Refused(
      "--live needs an account: set TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN, or with TWILIO_API_KEY and TWILIO_API_SECRET",
    );
  }
  return env;
}

/** @param {import("./demo/examples.mjs").Example} example @param {Record<string, string | boolean | undefined>} values */
function programConfig({ leftOut }, values) {
  const { "sms-number": smsNumber, "whatsapp-number": whatsAppNumber, "page-id": pageId } = values;
  if (!smsNumber) throw new Refused("--live needs --sms-number; see --help");
  const asked = Object.entries({ smsNumber, whatsAppNumber, pageId });
  const given = asked.flatMap(([key, value]) => (value ? [[key, String(value)]] : []));
  return { ...leftOut, ...Object.fromEntries(given) };
}

function fail(/** @type {unknown} */ error) {
  process.exitCode = 1;
  if (error instanceof CommandFailed && error.output) print(`\n${error.output}`);
  const message = error instanceof Error ? error.message : String(error);
  printFailure(error instanceof Refused ? message : `The demo failed: ${message}`);
}

function cleanUp() {
  cleanedUp ??= (async () => {
    await project?.stop();
    await emulator?.stop();
    if (project?.keep) printWayBack(project);
    else project?.remove();
  })();
  return cleanedUp;
}

/** The first Ctrl-C cleans up; a second one does not wait for that. */
async function interrupt(/** @type {string} */ signal) {
  if (isInterrupted) process.exit(130);
  isInterrupted = true;
  printFailure(`${signal}: cleaning up`);
  await cleanUp();
  process.exit(130);
}

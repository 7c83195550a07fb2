import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { isMasked, isSeed } from "./account/seed";
import type { Seed } from "./account/state";
import { parseJson } from "./api/body";
import type { Clock } from "./api/clock";
import { type Fault, isFault } from "./http/faults";
import { defaultAccountSid, type Emulator, type Profile, profiles, startEmulator } from "./index";

// The build puts this file into dist/emulator.
const { version } = JSON.parse(readFileSync(join(__dirname, "..", "..", "package.json"), "utf8"));

interface Options {
  port: number;
  host: string;
  profile: Profile;
  seed?: Seed;
  latency: number;
  rateLimit?: number;
  concurrency?: number;
  randomSeed?: number;
  clock?: Clock;
  faults?: Fault[];
  tls?: boolean;
  tlsCa?: string;
  callWebhooks?: string;
  handlerWithAddress: "both" | "addressOnly";
  strict?: boolean;
  controlToken?: string;
  quiet?: boolean;
}

const program = new Command("twilio-flex-emulator")
  .description("A stateful, local Twilio for Flex contact centres")
  .version(version)
  .option("--port <port>", "TCP port, 0 picks a free one", wholeNumber(65_535), 4010)
  .option("--host <address>", "address to listen on", "127.0.0.1")
  .addOption(
    new Option("--profile <name>", "what is there at the start").choices([...profiles]).default("legacy"),
  )
  .option("--seed <file>", "JSON of accounts and objects to add to the profile, or a whole state", readSeed)
  .option("--latency <ms>", "time before each answer", wholeNumber(600_000), 0)
  .option("--rate-limit <rps>", "requests per second and account, beyond them 429", wholeNumber(1_000_000, 1))
  .option("--concurrency <n>", "requests in flight per account, beyond them 429", wholeNumber(1_000_000, 1))
  .option("--faults <file>", "JSON of faults that are there at the start", readFaults)
  .option("--random-seed <n>", "the same SIDs, tokens and chances in each run", wholeNumber(2 ** 32 - 1))
  .option("--clock <time>", "time, ISO 8601, at which the clock stands still", readTime)
  .option("--tls", "also speak HTTPS and CONNECT, with a CA of its own for twilio.com only")
  .addOption(
    new Option("--tls-ca <folder>", "where that CA is kept, instead of the user's state folder").implies({
      tls: true,
    }),
  )
  .option(
    "--call-webhooks <host:port>",
    "the one address whose webhooks test messages may call",
    readAuthority,
  )
  .addOption(
    new Option(
      "--handler-with-address <which>",
      "whether the handler of an SMS number also runs where an address takes the message",
    )
      .choices(["both", "addressOnly"])
      .default("both"),
  )
  .option("--strict", "refuse what production refuses only perhaps")
  .option("--control-token <token>", "what the control endpoints want as Authorization: Bearer")
  .option("--quiet", "write no line per request")
  .allowExcessArguments(false)
  .action(run);

void program.parseAsync();

async function run(options: Options): Promise<void> {
  try {
    const emulator = await startEmulator({ ...options, quiet: options.quiet ?? false });
    const ready = `twilio-flex-emulator listening on ${emulator.url}\n`;
    const proxied = emulator.ca === undefined ? "" : clientSettings(emulator.url, emulator.ca);
    process.stdout.write(ready + accountSettings(emulator) + proxied);
    const stop = () => void emulator.close().then(() => process.exit(0));
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
  } catch (error) {
    process.stderr.write(`twilio-flex-emulator: ${reasonOf(error, options)}\n`);
    process.exitCode = 1;
  }
}

/** What a person types so that `pulumi-twilio-flex` in that shell uses this emulator. */
function accountSettings({ url, state }: Emulator): string {
  const account = Object.hasOwn(state.accounts, defaultAccountSid)
    ? state.account()
    : Object.values(state.accounts)[0];
  if (!account) return "";
  const { sid, auth_token } = account;
  return [
    `export TWILIO_ACCOUNT_SID=${sid}`,
    `export TWILIO_AUTH_TOKEN=${quoted(auth_token)}`,
    `export TWILIO_BASE_URL=${url}\n`,
  ].join("\n");
}

/** A text as one word of a shell. */
const quoted = (text: string) => (/^[\w/.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** What a person types so that the programs of a shell talk to this emulator. */
function clientSettings(url: string, ca: string): string {
  const file = quoted(ca);
  const bundles = ["NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "CURL_CA_BUNDLE"];
  // Twilio's SDK for Node looks for HTTP_PROXY, also for HTTPS.
  const proxies = ["HTTPS_PROXY", "HTTP_PROXY"];
  const settings = [...proxies.map((name) => `${name}=${url}`), ...bundles.map((name) => `${name}=${file}`)];
  return `CA, good for twilio.com only: ${ca}\nexport ${settings.join(" ")}\n`;
}

function reasonOf(error: unknown, { port, host }: Options): string {
  if (!(error instanceof Error)) return String(error);
  switch ("code" in error ? error.code : undefined) {
    case "EADDRINUSE":
      return `port ${port} is in use. Choose another with --port, or 0 for any free one.`;
    case "EACCES":
      return `port ${port} may not be opened by this user. Choose one above 1023 with --port.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${host} is no address of this machine. Choose another with --host.`;
    default:
      return error.message;
  }
}

function wholeNumber(highest: number, lowest = 0) {
  return (text: string): number => {
    if (!/^\d+$/.test(text) || Number(text) < lowest || Number(text) > highest) {
      throw new InvalidArgumentError(`It must be a whole number from ${lowest} to ${highest}.`);
    }
    return Number(text);
  };
}

function readAuthority(text: string): string {
  if (!/^(\[[0-9a-f:]+\]|[^\s:/@]+):\d{1,5}$/i.test(text)) {
    throw new InvalidArgumentError("It must be a host and a port, such as localhost:3000.");
  }
  return text;
}

function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new InvalidArgumentError("The file cannot be read.");
  }
  const parsed = parseJson(text);
  if (!parsed) throw new InvalidArgumentError("The file is not JSON.");
  return parsed.value;
}

function readSeed(path: string): Seed {
  const seed = readJson(path);
  if (!isSeed(seed)) {
    const error = isSeed.errors?.[0];
    throw new InvalidArgumentError(`The file is no seed: ${error?.instancePath || "/"} ${error?.message}.`);
  }
  if (isMasked(seed)) {
    throw new InvalidArgumentError(
      "The tokens in the file are masked. Take it from GET /_emulator/state?secrets=1.",
    );
  }
  return seed;
}

function readTime(text: string): Clock {
  const time = Date.parse(text);
  if (!/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(time)) {
    throw new InvalidArgumentError("It must be a time with its zone, such as 2026-01-01T00:00:00Z.");
  }
  return () => new Date(time);
}

function readFaults(path: string): Fault[] {
  const given = readJson(path);
  const faults: unknown[] = Array.isArray(given) ? given : [given];
  return faults.map((fault) => {
    if (isFault(fault)) return fault;
    const error = isFault.errors?.[0];
    throw new InvalidArgumentError(
      `The file holds what is no fault: ${error?.instancePath || "/"} ${error?.message}.`,
    );
  });
}

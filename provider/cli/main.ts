import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { channelOf, channels } from "../routing";
import { messageOf } from "../values/errors";
import type { ImportAccountOptions } from "./account/importAccount";
import { type DoctorOptions, doctor } from "./doctor";
import { becomeEmulator } from "./emulator";
import { type MirrorOptions, mirrorAccount } from "./mirror";
import type { NewOptions } from "./new";
import type { PullOptions } from "./pull";
import type { RehearseOptions } from "./rehearse";
import { type StackPlace, stackToSet } from "./stack";
import { type Account, type ExitCode, exitCodes, openAccount, reasonOf, say } from "./terminal";
import { type TraceOptions, trace } from "./trace";

const { name, version } = JSON.parse(readFileSync(join(__dirname, "..", "..", "package.json"), "utf8"));

const credentials = `
Credentials are taken from the environment: TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN, or with TWILIO_API_KEY and
TWILIO_API_SECRET; TWILIO_REGION with TWILIO_EDGE, and TWILIO_BASE_URL for an emulator, where they are needed.`;

interface StackOption {
  stack?: string;
}
const stackOption =
  "take the settings from this stack's configuration, and from the environment what it lacks";

const program = new Command(name)
  .description(
    "Starts Pulumi programs for Twilio Flex, and looks at the account that they are for. Changes nothing in it.",
  )
  .version(version)
  // Commander's own code for a wrong command line is 1, which here means a problem in the account.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? exitCodes.ok : exitCodes.notFoundOut))
  .enablePositionalOptions();

program
  .command("new")
  .description("write a project that leads SMS to a number of the account to agents in Flex")
  .argument("[dir]", "a folder that is empty or does not exist yet; default: this folder")
  .addOption(
    new Option("--messaging <path>", "conversations, or proxy for an account on Programmable Chat (legacy)")
      .choices(["conversations", "proxy"])
      .default("conversations"),
  )
  .addHelpText(
    "after",
    `
Writes Pulumi.yaml, package.json, tsconfig.json, index.ts and .gitignore, and asks no account. It depends on the version that
is installed here. Exit code: 0, or 2 where nothing was written.

Example:
  $ npx ${name} new my-channels && cd my-channels && npm install`,
  )
  .action((folder: string | undefined, options: NewOptions) => {
    const { newProject }: typeof import("./new") = require("./new");
    try {
      newProject(folder ?? ".", options);
    } catch (error) {
      fail(messageOf(error));
    }
  });

program
  .command("trace")
  .description("show what happens to messages and calls to each address of the account, hop by hop")
  .argument("[address]", "only this one: +1…, whatsapp:+1…, a short code, a page id")
  .option("--channel <name>", `only this channel: ${channels.join(", ")}`, readChannel)
  .addOption(
    new Option("--expect <whom>", "fail where an address does not reach one of these").choices(["agent"]),
  )
  .option("--stack <name>", stackOption)
  .addOption(new Option("--json", "print the routes as JSON").conflicts("mermaid"))
  .option("--mermaid", "print the map of the routes for Markdown, as a Mermaid flowchart")
  .option("--html <file>", "also write the map there, as one HTML file that needs no network")
  .option("--force", "overwrite the file")
  .addHelpText(
    "after",
    `
Exit code: 0 without errors, 1 where a route has one, 2 where it could not be found out. An address that is named here,
or of which --expect says something, has an error also where nobody gets what is sent to it.
${credentials}

Example:
  $ npx ${name} trace whatsapp:+15017122661`,
  )
  .action((address: string | undefined, options: TraceOptions & StackOption) =>
    look((account) => trace(account, address, options), options),
  );

program
  .command("doctor")
  .description("check the installation in this folder, the credentials, and what their account has")
  .option("--stack <name>", stackOption)
  .option("--json", "print what was found as JSON")
  .addHelpText(
    "after",
    `
Exit code: 0 without problems, 1 with one, 2 where something could not be found out.
${credentials}

Example:
  $ cd my-program && npx ${name} doctor`,
  )
  .action((options: DoctorOptions & StackOption) => look((account) => doctor(account, options), options));

program
  .command("import")
  .description("write a TypeScript program that takes over what the account has")
  .option(
    "--out <path>",
    "a folder: write a whole project, for everything that the account has; a .ts file: as without it",
  )
  .option(
    "--only <kind...>",
    "of these kinds only: classes, such as StudioFlow, or products, such as taskrouter",
  )
  .option("--match <text>", "only what has this text in its name, number or SID")
  .option("--components", "fold the addresses and Flex Flows that fit into one InboundChannels")
  .option(
    "--stack <name>",
    "set the settings of the project for this stack, instead of listing the commands; one that is there gives the credentials",
  )
  .option("--force", "write into a folder that is not empty, or overwrite the file")
  .addHelpText(
    "after",
    `
Without --out, --only, --match and --components, the program is for what is on the path of inbound messages, and goes to stdout.

Exit code: 0, or 2 where the account could not be read, or not all of it, or nothing could be written.
${credentials}

Examples:
  $ npx ${name} import --out my-account
  $ npx ${name} import --only taskrouter --match support
  $ npx ${name} import > index.ts && pulumi preview`,
  )
  .action((options: ImportAccountOptions) =>
    look(
      (account) => {
        // They load all resources, and with them @pulumi/pulumi, which the other commands do without.
        const { importProgram }: typeof import("./import") = require("./import");
        const {
          importAccount,
        }: typeof import("./account/importAccount") = require("./account/importAccount");
        return isForMessagesAlone(options)
          ? importProgram(account, options)
          : importAccount(account, options);
      },
      {},
      stackToSet(options.out, options.stack),
    ),
  );

program
  .command("pull")
  .description("write Studio flows as JSON, which flowFromFile reads into a program")
  .argument("[flows...]", "only these, by SID or friendly name; else all")
  .option("--out <folder>", "write a file for each flow there; without it, one flow goes to stdout")
  .option("--draft", "the latest revision of each, instead of the latest that is published")
  .option("--portable", "write names in place of SIDs, so that the files work in other accounts")
  .option("--stack <name>", stackOption)
  .addHelpText(
    "after",
    `
A flow that was never published is left out without --draft. What has no name stays a SID, and is said on stderr.

Exit code: 0; 1 where a flow that you name was left out; 2 where something could not be read or written.
${credentials}

Example:
  $ npx ${name} pull --portable --out flows`,
  )
  .action((flows: string[], options: PullOptions & StackOption) =>
    look((account) => {
      // It loads the lookups, and with them @pulumi/pulumi.
      const { pull }: typeof import("./pull") = require("./pull");
      return pull(account, flows, options);
    }, options),
  );

program
  .command("mirror")
  .description("write what the account has as a seed for twilio-flex-emulator, where that is installed")
  .requiredOption("--out <file>", "write it there")
  .option("--no-traffic", "leave out conversations, chats, messages, users, sessions, executions and tasks")
  .option("--with-secrets", "keep URLs that may hold credentials; the file is then readable for you alone")
  .option("--force", "overwrite the file")
  .option("--stack <name>", stackOption)
  .addHelpText(
    "after",
    `
Only reads: nothing but GET is sent. Tokens and keys are never in the file.
Exit code: 0, or 2 where something could not be read, which the file lists, or the file not be written.
${credentials}

Example:
  $ npx ${name} mirror --out account.json && npx ${name} emulator --seed account.json`,
  )
  .action((options: MirrorOptions & StackOption) =>
    look((account) => mirrorAccount(account, options), options),
  );

program
  .command("rehearse")
  .description(
    "run up of this folder's program on a twin of the account, and say what it does to each address",
  )
  .option("--stack <name>", "this stack; without it, the one that is selected")
  .option("--send <address>", "send a message there before and after; may be repeated", append, [])
  .option("--and-back", "then destroy, and compare the account with what it was")
  .option("--refresh", "run up --refresh, which also puts back what was changed by hand")
  .addOption(new Option("--json", "print what was found as JSON").conflicts("mermaid"))
  .option("--mermaid", "print the map of the routes that change for Markdown, as a Mermaid flowchart")
  .option("--md <file>", "write a summary with this map for a pull request there")
  .option("--html <file>", "write the map before and after there, as one HTML file that needs no network")
  .option("--force", "overwrite these files")
  .option("--from <file>", "take the account from what mirror has written, instead of reading it")
  .option("--no-traffic", "leave out conversations, chats, messages, users, sessions, executions and tasks")
  .addHelpText(
    "after",
    `
The account is only read, the stack neither locked nor written. The program is run: what it does besides its Pulumi
resources, it does for real.
Exit code: 0; 1 where up fails or an address ends worse than it began; 2 where it could not be rehearsed.
Credentials are those of the stack, or else of the environment.

Example:
  $ cd my-program && npx ${name} rehearse --stack production --send +15017122661 --and-back`,
  )
  .action(async (options: RehearseOptions) => {
    const { rehearse }: typeof import("./rehearse") = require("./rehearse");
    try {
      process.exitCode = await rehearse(options);
    } catch (error) {
      fail(messageOf(error));
    }
  });

program
  .command("emulator")
  .description("run twilio-flex-emulator, where it is installed")
  .argument("[options...]", "those of twilio-flex-emulator")
  .helpOption(false)
  .allowUnknownOption()
  .passThroughOptions()
  .action(async (args: string[]) => {
    await becomeEmulator(args).catch((error: unknown) => fail(messageOf(error)));
  });

program.addHelpText(
  "after",
  `
Examples:
  $ npx ${name} new my-channels
  $ npx ${name} trace
  $ npx ${name} doctor
  $ npx ${name} import --out my-account
  $ npx ${name} pull "Opening hours" --portable > flows/opening-hours.json
  $ npx ${name} mirror --out account.json
  $ npx ${name} rehearse --stack production
  $ npx ${name} emulator --port 4010 --profile conversations`,
);

// A reader such as `head` may close the pipe before all is written.
process.stdout.on("error", (error) => {
  if (!("code" in error) || error.code !== "EPIPE") throw error;
  process.exit();
});

void program.parseAsync();

/** What the command was before it wrote whole accounts: a program for what is on the path of inbound messages. */
function isForMessagesAlone({ out, only, match, components, stack }: ImportAccountOptions): boolean {
  const isProgram = out === undefined || out.endsWith(".ts");
  return isProgram && !only && !match && !components && stack === undefined;
}

/** Runs a command on the account of the environment or of a stack, and ends with its exit code. */
async function look(
  command: (account: Account) => Promise<ExitCode>,
  { stack }: StackOption = {},
  place: StackPlace | undefined = stack === undefined ? undefined : { stack },
): Promise<void> {
  const account = openAccount(place);
  try {
    process.exitCode = await command(account);
  } catch (error) {
    fail(reasonOf(error, account));
  }
}

function append(one: string, others: string[]): string[] {
  return [...others, one];
}

/** Ends at once: requests that were sent beside the one that failed may be repeated for minutes. */
function fail(reason: string): never {
  say(`${name}: ${reason}`);
  process.exit(exitCodes.notFoundOut);
}

function readChannel(text: string) {
  const channel = channelOf(text);
  if (!channel) throw new InvalidArgumentError(`It must be one of ${channels.join(", ")}.`);
  return channel;
}

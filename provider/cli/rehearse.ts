import { copyFoundFrom, ownCopy } from "../program/copies";
import { messageOf, Refusal } from "../values/errors";
import { loadEmulator } from "./emulator";
import { Copy, type Operation, plannedIn } from "./rehearse/copy";
import { differences } from "./rehearse/differences";
import { notRehearsedMarkdown } from "./rehearse/markdown";
import { type OutputOptions, output, refuseOutputs } from "./rehearse/output";
import type { Back, Rehearsal, Sent } from "./rehearse/rehearsal";
import { changesOf, problemsOf } from "./rehearse/routes";
import { hiding, secretsOf, withEachText } from "./rehearse/secrets";
import { isOurs, readStack, type Stack } from "./rehearse/stack";
import { type Targets, targetsFor, targetsOfDestroy } from "./rehearse/targets";
import { type RunningTwin, seedIn, seedOf, startTwin } from "./rehearse/twin";
import { Workshop } from "./rehearse/workshop";
import { selectedStack } from "./stack";
import { type Account, type ExitCode, exitCodes, openAccount, reasonOf, say, withProgress } from "./terminal";
import { routesTo } from "./trace";
import { writeWhole } from "./wholeFile";

export interface RehearseOptions extends OutputOptions {
  /** @default the stack that is selected */
  stack?: string;
  /** Addresses that a message is sent to, before and after. */
  send: string[];
  andBack?: boolean;
  /** Lets `up` refresh first, so that it sees what was changed by hand. */
  refresh?: boolean;
  /** File that `mirror` has written. */
  from?: string;
  traffic: boolean;
}

/** Runs `up` of the program in this folder on a twin of the account, and prints what it does. Only reads the account. */
export async function rehearse(options: RehearseOptions): Promise<ExitCode> {
  const folder = process.cwd();
  refuseOutputs(options);
  const workshop = new Workshop();
  let isInterrupted = false;
  const stop = (signal: NodeJS.Signals) => {
    isInterrupted = true;
    say(`${signal}: cleaning up`);
    void workshop.close().finally(() => process.exit(signal === "SIGINT" ? 130 : 143));
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.once(signal, stop);
  let found: Rehearsal;
  let account: Account | undefined;
  let hide = (text: string) => text;
  try {
    loadEmulator(folder);
    const name = options.stack ?? selectedStack();
    account = openAccount({ stack: name });
    const { redact } = account;
    const stack = await progress(`reading the stack ${name}`, () => readStack(workshop.pulumi, name, folder));
    hide = hiding(secretsOf(stack));
    refuseOtherCopy(stack);
    refuseOtherAccount(account.account, stack);
    const rehearsal = await run({ account, stack, workshop, options, folder });
    found = withEachText(rehearsal, (text) => hide(redact(text)));
  } catch (error) {
    const reason = hide(account ? reasonOf(error, account) : messageOf(error).replace(/\s*\n\s*/g, " "));
    if (options.md !== undefined && !isInterrupted) writeWhole(options.md, notRehearsedMarkdown(reason));
    throw new Refusal(reason);
  } finally {
    await workshop.close();
    for (const signal of signals) process.off(signal, stop);
  }
  output(found, options);
  return codeOf(found);
}

function codeOf({ outcome, routes, back }: Rehearsal): ExitCode {
  const isBack =
    back === undefined || (back.failures.length === 0 && (back.isMore || back.worse.length === 0));
  return outcome === "done" && isBack && !routes.some(({ isWorse }) => isWorse)
    ? exitCodes.ok
    : exitCodes.problem;
}

interface Stage {
  account: Account;
  stack: Stack;
  workshop: Workshop;
  options: RehearseOptions;
  folder: string;
}

async function run({ account, stack, workshop, options, folder }: Stage): Promise<Rehearsal> {
  const { accounts, notes } =
    options.from === undefined
      ? await seedOf(account, stack, options.traffic)
      : seedIn(options.from, account.account, stack);
  const twin = await startTwin(workshop, account.account, accounts);
  const copy = new Copy(workshop, stack, twin, folder);
  await progress(`copying the stack ${stack.name}`, () => copy.make());
  const on = new OnTwin(twin, copy, stack);
  const before = twin.routes();
  const kept = twin.keep();
  const messages = await sentBefore(twin, options.send, account.account);

  say("the program is run now, on the twin; what it does besides its Pulumi resources, it does for real");
  const refresh = options.refresh ? ["--refresh"] : [];
  const preview = await on.run("preview", "--json", "--show-sames", ...refresh);
  refuseUnlessOurs(preview);
  const targets: Targets =
    preview.code === 0 ? targetsFor(plannedIn(preview.stdout)) : { args: [], others: [] };
  const up =
    preview.code === 0 ? await on.run("up", "--yes", "--skip-preview", ...refresh, ...targets.args) : preview;
  const isDone = up.code === 0;
  const after = twin.routes();
  const found: Omit<Rehearsal, "second" | "back"> = {
    stack: stack.name,
    account: account.account,
    outcome: isDone ? "done" : "failed",
    failures: up.failures.map(({ resource, message }) => ({ resource, message })),
    routes: changesOf(before, after),
    problems: problemsOf(before, after),
    gaps: [...twin.watch.gaps],
    writes: twin.watch.takeWrites(),
    messages: await sentAfter(twin, messages),
    notes: [...notes, ...othersNote(targets)],
    made: [],
  };
  const second = isDone ? await secondUp(on, targets) : undefined;
  const back = options.andBack && isDone ? await wayBack(on, targets, kept, before) : undefined;
  return { ...found, second, back, made: twin.watch.made };
}

/** Runs commands on the copy while it says how far they are. */
class OnTwin {
  constructor(
    readonly twin: RunningTwin,
    private readonly copy: Copy,
    readonly stack: Stack,
  ) {}

  run(command: string, ...args: string[]): Promise<Operation> {
    const { watch } = this.twin;
    const line = () =>
      `rehearsing ${command} of ${this.stack.name}: ${watch.requests} requests to the twin so far, ${watch.writeCount} writes`;
    return withProgress(line, () => this.copy.run(command, ...args));
  }
}

async function secondUp(on: OnTwin, { args }: Targets): Promise<Rehearsal["second"]> {
  const { failures } = await on.run("up", "--yes", "--skip-preview", "--expect-no-changes", ...args);
  return {
    failures: failures.map(({ resource, message }) => ({ resource, message })),
    writes: on.twin.watch.takeWrites(),
  };
}

async function wayBack(
  on: OnTwin,
  targets: Targets,
  kept: Record<string, unknown>,
  before: ReturnType<RunningTwin["routes"]>,
): Promise<Back> {
  const { failures } = await on.run("destroy", "--yes", "--skip-preview", ...targetsOfDestroy(targets));
  const worse = changesOf(before, on.twin.routes()).filter(({ isWorse }) => isWorse);
  return {
    failures: failures.map(({ resource, message }) => ({ resource, message })),
    differences: differences(kept, on.twin.keep()),
    writes: on.twin.watch.takeWrites(),
    isMore: on.stack.resources.some(({ type }) => isOurs(type)),
    worse: worse.flatMap(({ before: route }) =>
      route === undefined ? [] : [{ channel: route.channel, address: route.address }],
    ),
  };
}

async function sentBefore(twin: RunningTwin, wanted: string[], account: string): Promise<Sent[]> {
  const routes = twin.routes();
  const sent = wanted.flatMap((address) => {
    const found = routesTo(routes, address);
    if (found.length === 0)
      throw new Refusal(
        `customers cannot write to ${address} in ${account}; see npx pulumi-twilio-flex trace`,
      );
    return found;
  });
  return Promise.all(
    sent.map(async ({ channel, address }) => ({
      channel,
      address,
      before: await twin.send({ channel, address }),
      after: "",
    })),
  );
}

async function sentAfter(twin: RunningTwin, messages: Sent[]): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (const message of messages) sent.push({ ...message, after: await twin.send(message) });
  return sent;
}

const othersNote = ({ others }: Targets): string[] =>
  others.length > 0 ? [`left as they are, since they are of other providers: ${others.join(", ")}`] : [];

/** Where the program itself fails, nothing has been found out. */
function refuseUnlessOurs({ code, failures }: Operation): void {
  const [first] = failures;
  if (code === 0 || first === undefined) return;
  const impossible = failures.find(({ message }) => message.includes("cannot be rehearsed"));
  if (impossible) throw new Refusal(impossible.message);
  if (failures.every((one) => !one.isOurs)) throw new Refusal(`the program fails: ${first.message}`);
}

/** Another version of the package may know nothing of rehearsals, and would write to the account. */
function refuseOtherCopy({ main }: Stack): void {
  const found = copyFoundFrom(main)?.version;
  const { version } = ownCopy();
  if (found === version) return;
  throw new Refusal(
    found === undefined
      ? `pulumi-twilio-flex is not found from the program's folder ${main}; install it there`
      : `this is pulumi-twilio-flex ${version}, and the program's folder ${main} has ${found}; use the program's own`,
  );
}

function refuseOtherAccount(account: string, { name, resources }: Stack): void {
  const lived = resources
    .filter(({ type, isElsewhere }) => isOurs(type) && !isElsewhere)
    .map(({ inputs }) => inputs.accountSid)
    .find((sid) => typeof sid === "string" && sid !== account);
  if (lived !== undefined)
    throw new Refusal(
      `the stack ${name} has objects of the account ${lived}, and the credentials are for ${account}`,
    );
}

const progress = <Result>(what: string, run: () => Promise<Result>): Promise<Result> =>
  withProgress(() => what, run);

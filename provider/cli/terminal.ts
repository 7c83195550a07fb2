import type { Session } from "../life/life";
import { Run } from "../life/run";
import { openSession } from "../twilio/session";
import { environment, type Source, settingKeys } from "../twilio/settings";
import { messageOf } from "../values/errors";
import { type StackPlace, stackSource } from "./stack";

/** What a command's exit code says. */
export const exitCodes = { ok: 0, problem: 1, notFoundOut: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Results go to stdout, everything else to stderr, so that a pipe gets the results alone. */
export const print = (text: string) => void process.stdout.write(`${text}\n`);
export const say = (text: string) => void process.stderr.write(`${text}\n`);

const colours = { red: 31, yellow: 33, green: 32, bold: 1, dim: 2 } as const;
export type Paint = (colour: keyof typeof colours, text: string) => string;

/** Colours a text for a terminal. Node's own look at it knows NO_COLOR and terminals without colours. */
export const paint: Paint = (colour, text) =>
  process.stdout.isTTY && process.stdout.hasColors() ? `\u001b[${colours[colour]}m${text}\u001b[0m` : text;

/** A session of a command, and where its settings are looked up. */
export type Account = Session & { readonly sources: readonly Source[] };

/** The account that the environment has credentials of, or the configuration of this stack. */
export function openAccount(stack?: StackPlace): Account {
  const sources = stack === undefined ? [environment] : [stackSource(stack), environment];
  return Object.assign(openSession(sources, { warn: say, say }), { run: new Run(), sources });
}

/**
 * Why something could not be found out, in one line and without credentials. Settings have the names that they have where
 * they are looked up first.
 */
export function reasonOf(error: unknown, account: Session & Partial<Account>): string {
  const text = redacted(messageOf(error), account).replace(/\s*\n\s*/g, " ");
  const [first = environment] = account.sources ?? [];
  if (first !== environment) return text;
  return settingKeys.reduce((rest, key) => rest.replaceAll(`twilio:${key}`, environment.label(key)), text);
}

/** Where the credentials themselves are at fault, there is nothing that could be taken out. */
function redacted(text: string, account: Session): string {
  try {
    return account.redact(text);
  } catch (error) {
    return messageOf(error);
  }
}

/** How long it is quiet before progress is shown, and between one line of it and the next. */
const quietMs = 3_000;

/** Runs something that may take long. `step` counts what is done. */
export async function withProgress<Result>(
  line: (steps: number) => string,
  run: (step: () => void) => Promise<Result>,
): Promise<Result> {
  let steps = 0;
  const timer = setInterval(() => say(line(steps)), quietMs);
  try {
    return await run(() => {
      steps += 1;
    });
  } finally {
    clearInterval(timer);
  }
}

/** Why a file is not written. */
export const alreadyThere = (file: string, option = "--out") =>
  `${file} is there already; name another one with ${option}, or give --force`;

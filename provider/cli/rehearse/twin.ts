import { randomBytes } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { Run } from "../../life/run";
import type { ShownRoute } from "../../routing";
import { notInTwin, type Twin } from "../../twilio/rehearsal";
import { openSession } from "../../twilio/session";
import { Refusal } from "../../values/errors";
import { isMasked } from "../../values/secrets";
import { isRecord } from "../../values/values";
import { loadEmulator, type RunningEmulator } from "../emulator";
import { readMirror } from "../mirror";
import { type Account, reasonOf, say } from "../terminal";
import { Objects } from "./objects";
import { listIn, parsed, recordIn, type Stack } from "./stack";
import { Watch } from "./watch";
import type { Workshop } from "./workshop";

type Accounts = Record<string, unknown>;

export interface Seed {
  accounts: Accounts;
  notes: string[];
}

/** More subaccounts than these are mirrored only where the stack has something in them. */
const mostSubaccounts = 10;

/** The account as it is now, with those of its subaccounts that the stack may be about. */
export async function seedOf(account: Account, stack: Stack, traffic: boolean): Promise<Seed> {
  const { seed, unread } = await readMirror(account, { traffic, withSecrets: true });
  const accounts: Accounts = isRecord(seed.accounts) ? { ...seed.accounts } : {};
  const used = accountsElsewhere(account.account, stack);
  const notes = unread.map(({ url, why }) => `not read: ${url}: ${why}`);
  const known = Object.keys(accounts).filter((sid) => sid !== account.account);
  const active = known.filter((sid) => recordIn(accounts, sid).status === "active");
  const wanted = active.length <= mostSubaccounts ? active : active.filter((sid) => used.includes(sid));
  for (const sid of wanted) {
    const sources = account.sources.map((source) => ({ ...source, subaccountSid: sid }));
    const session = Object.assign(openSession(sources, { warn: say, say }), { run: new Run() });
    try {
      const own = await readMirror(session, { traffic, withSecrets: true });
      accounts[sid] = recordIn(own.seed.accounts, sid);
    } catch (error) {
      if (used.includes(sid)) throw error;
      notes.push(
        `the subaccount ${sid} is empty here, since it could not be read: ${reasonOf(error, account)}`,
      );
    }
  }
  refuseUnknown(used, account.account, accounts);
  return { accounts, notes };
}

/** What `mirror` has written. */
export function seedIn(file: string, account: string, stack: Stack): Seed {
  const seed = parsed(readFileSync(file, "utf8"));
  const accounts = recordIn(seed, "accounts");
  if (!isRecord(accounts[account])) throw new Refusal(`${file} is no mirror of the account ${account}`);
  const { mirroredAt }: Record<string, unknown> = isRecord(seed) ? seed : {};
  const at = typeof mirroredAt === "string" ? new Date(mirroredAt) : statSync(file).mtime;
  if (stack.resources.length > 0 && at < stack.at) throw new Refusal(outdated(file, at, stack));
  const used = accountsElsewhere(account, stack);
  refuseUnknown(used, account, accounts);
  const [other] = used.filter((sid) => Object.keys(recordIn(accounts, sid)).length < 10);
  if (other !== undefined)
    throw new Refusal(`${file} has no objects of the subaccount ${other}; rehearse without --from`);
  const unread = listIn(seed, "unread").map((one) =>
    isRecord(one) ? `not read: ${one.url}: ${one.why}` : "",
  );
  return { accounts, notes: [...unread, ...(hasMasks(accounts) ? [masksIn(file)] : [])] };
}

const outdated = (file: string, at: Date, { name, at: last }: Stack): string =>
  `${file} was written at ${at.toISOString()}, before the last update of the stack ${name} at ${last.toISOString()}; mirror the account again`;

const masksIn = (file: string): string =>
  `${file} has stand-ins for values that may hold credentials: what holds such a value here may be written though it would not be; mirror --with-secrets keeps them`;

const hasMasks = (value: unknown): boolean =>
  typeof value === "string" ? isMasked(value) : Object.values(isObject(value) ? value : {}).some(hasMasks);

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** The accounts of what has a `TwilioProvider`. */
const accountsElsewhere = (account: string, { resources }: Stack): string[] => {
  const sids = resources.map(({ inputs: { accountSid } }) => accountSid);
  return [...new Set(sids)].filter((sid): sid is string => typeof sid === "string" && sid !== account);
};

function refuseUnknown(used: string[], account: string, accounts: Accounts): void {
  const [unknown] = used.filter((sid) => !isRecord(accounts[sid]));
  if (unknown !== undefined)
    throw new Refusal(notInTwin(unknown, [account, ...used.filter((sid) => sid in accounts)]));
}

/** The emulator that stands for the account, and what reaches it. */
export interface RunningTwin extends Twin {
  watch: Watch;
  routes(): ShownRoute[];
  /** A copy of all that it has. */
  keep(): Accounts;
  /** Lets a message arrive and forgets it. */
  send(message: Pick<ShownRoute, "channel" | "address">): Promise<ShownRoute>;
}

export async function startTwin(workshop: Workshop, account: string, given: Accounts): Promise<RunningTwin> {
  const token = randomBytes(16).toString("hex");
  const accounts = Object.fromEntries(
    Object.entries(given).map(([sid, one]) => [sid, { ...(isRecord(one) ? one : {}), auth_token: token }]),
  );
  let watch: Watch | undefined;
  const emulator: RunningEmulator = await loadEmulator(process.cwd()).startEmulator({
    seed: { complete: true, accounts },
    controlToken: randomBytes(16).toString("hex"),
    onCarriedOut: (request, body) => watch?.note(request, body),
  });
  workshop.onClose(() => emulator.close());
  watch = new Watch(new Objects(accounts), emulator.routes);
  const { state } = emulator;
  const keep = () => structuredClone(state.accounts);
  return {
    url: emulator.url,
    token,
    accounts: [account, ...Object.keys(accounts).filter((sid) => sid !== account)],
    watch,
    routes: emulator.routes,
    keep,
    send: async ({ channel, address }) => {
      const before = keep();
      try {
        return await emulator.receive({ channel, from: "+15005550006", to: address, body: "Rehearsal" });
      } finally {
        state.accounts = before;
      }
    },
  };
}

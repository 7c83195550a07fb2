import { existsSync } from "node:fs";
import type { Session } from "../life/life";
import { Refusal } from "../values/errors";
import { masked } from "../values/secrets";
import { isRecord } from "../values/values";
import { ifThere } from "./attempts";
import { loadEmulator, type Mirror } from "./emulator";
import { alreadyThere, type ExitCode, exitCodes, say, withProgress } from "./terminal";
import { writeWhole } from "./wholeFile";

export interface MirrorOptions {
  out: string;
  traffic: boolean;
  withSecrets?: boolean;
  force?: boolean;
}

/** Writes what the account has as a seed for the emulator. Nothing but GET is sent. */
export async function mirrorAccount(account: Session, options: MirrorOptions): Promise<ExitCode> {
  const { out, traffic, withSecrets = false, force = false } = options;
  if (existsSync(out) && !force) throw new Refusal(alreadyThere(out));
  const mirroredAt = new Date().toISOString();
  const { seed, unread, hidden } = await readMirror(account, { traffic, withSecrets });
  const text = JSON.stringify({ ...seed, mirroredAt, ...(unread.length > 0 && { unread }) }, null, 2);
  writeWhole(out, `${text}\n`, withSecrets ? 0o600 : undefined);
  say(`wrote ${out}. Start it with: npx twilio-flex-emulator --seed ${out}`);
  if (hidden > 0)
    say(
      `${hidden} values that may hold credentials are not in it, but marked ***; --with-secrets keeps them`,
    );
  for (const { url, why } of unread) say(`not read: ${url}: ${why}`);
  return unread.length > 0 ? exitCodes.notFoundOut : exitCodes.ok;
}

/** Reads the account. `hidden` counts the values that stand-ins are given for. */
export async function readMirror(
  { api, account, redact }: Pick<Session, "api" | "account" | "redact">,
  { traffic, withSecrets }: Required<Pick<MirrorOptions, "traffic" | "withSecrets">>,
): Promise<Mirror & { hidden: number }> {
  const { mirror } = loadEmulator(process.cwd());
  const get = async (uri: string): Promise<unknown> => (await api.request({ method: "get", uri })).body;
  // Alone and first, so that wrong credentials or no network are one failure and not many.
  await ifThere(get("https://conversations.twilio.com/v1/Configuration"), "mayBeClosed");
  const seen = await withProgress(
    (steps) => `reading the account ${account}: ${steps} lists so far`,
    (onRead) => mirror({ account, get, withoutTraffic: !traffic, onRead }),
  );
  // A refusal may quote what was sent, or what it is about.
  const unread = seen.unread.map(({ url, why }) => ({ url, why: String(masked(redact(why))) }));
  return withSecrets ? { ...seen, unread, hidden: 0 } : withoutSecrets({ ...seen, unread });
}

/** Marks what may hold a credential, by what it is and by the name before it, object by object. */
function withoutSecrets({ seed, unread }: Mirror): Mirror & { hidden: number } {
  const clean = { ...seed, accounts: inEach(seed.accounts, (account) => inEach(account, maskedKind)) };
  return { seed: clean, unread, hidden: differences(seed, clean) };
}

/** Objects of one kind by SID, or what an account has once. */
const maskedKind = (kept: unknown): unknown =>
  isRecord(kept) && Object.keys(kept).every((key) => /^[A-Z]{2}[0-9a-f]{32}$/i.test(key))
    ? inEach(kept, masked)
    : masked(kept);

const inEach = (record: unknown, change: (value: unknown) => unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(isRecord(record) ? record : {}).map(([key, one]) => [key, change(one)]));

function differences(was: unknown, now: unknown): number {
  if (!isRecord(was) || !isRecord(now)) {
    if (!Array.isArray(was) || !Array.isArray(now)) return was === now ? 0 : 1;
    return was.reduce((sum: number, one, index) => sum + differences(one, now[index]), 0);
  }
  return Object.keys(was).reduce((sum, key) => sum + differences(was[key], now[key]), 0);
}

import { existsSync, renameSync, writeFileSync } from "node:fs";
import type { Session } from "../life/life";
import { ApiError, Refusal } from "../values/errors";
import { masked, mayHoldSecret } from "../values/secrets";
import { isRecord } from "../values/values";
import { loadEmulator, type Mirror } from "./emulator";
import { type ExitCode, exitCodes, say, withProgress } from "./terminal";

export interface MirrorOptions {
  out: string;
  traffic: boolean;
  withSecrets?: boolean;
  force?: boolean;
}

/** Writes what the account has as a seed for the emulator. Nothing but GET is sent. */
export async function mirrorAccount(account: Session, options: MirrorOptions): Promise<ExitCode> {
  const { out, traffic, withSecrets = false, force = false } = options;
  if (existsSync(out) && !force)
    throw new Refusal(`${out} is there already; name another one with --out, or give --force`);
  const { seed, unread, hidden } = await readMirror(account, { traffic, withSecrets });
  const text = JSON.stringify({ ...seed, ...(unread.length > 0 && { unread }) }, null, 2);
  // Whoever reads the file sees the old one or the whole new one.
  writeFileSync(`${out}.part`, `${text}\n`, { mode: withSecrets ? 0o600 : 0o644 });
  renameSync(`${out}.part`, out);
  say(`wrote ${out}. Start it with: npx twilio-flex-emulator --seed ${out}`);
  if (hidden > 0)
    say(
      `${hidden} values that may hold credentials are not in it, but marked ***; --with-secrets keeps them`,
    );
  for (const { url, why } of unread) say(`not read: ${url}: ${why}`);
  return unread.length > 0 ? exitCodes.notFoundOut : exitCodes.ok;
}

/** Reads the account. `hidden` counts the values that stand-ins are given for. */
async function readMirror(
  { api, account }: Session,
  { traffic, withSecrets }: Required<Pick<MirrorOptions, "traffic" | "withSecrets">>,
): Promise<Mirror & { hidden: number }> {
  const { mirror } = loadEmulator(process.cwd());
  const get = async (uri: string): Promise<unknown> => (await api.request({ method: "get", uri })).body;
  // Alone and first, so that wrong credentials or no network are one failure and not many.
  await get("https://conversations.twilio.com/v1/Configuration").catch(unlessClosed);
  const seen = await withProgress(
    (steps) => `reading the account ${account}: ${steps} lists so far`,
    (onRead) => mirror({ account, get, withoutTraffic: !traffic, onRead }),
  );
  return withSecrets ? { ...seen, hidden: 0 } : withoutSecrets(seen);
}

/** A product may be closed to an account. */
function unlessClosed(error: unknown): void {
  if (!(error instanceof ApiError) || ![403, 404, 410].includes(error.status ?? 0)) throw error;
}

function withoutSecrets({ seed, unread }: Mirror): Mirror & { hidden: number } {
  let hidden = 0;
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clean);
    if (isRecord(value))
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, clean(one)]));
    if (!mayHoldSecret(value)) return value;
    hidden += 1;
    return masked(value);
  };
  return { seed: recordOf(clean(seed)), unread, hidden };
}

const recordOf = (value: unknown): Mirror["seed"] => (isRecord(value) ? value : {});

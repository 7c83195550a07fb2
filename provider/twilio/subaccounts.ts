import { ApiError, Refusal } from "../values/errors";
import { isRecord } from "../values/values";
import type { Settings } from "./settings";

/** Tokens of subaccounts by where they are, asked for once in a process and kept nowhere else. */
const asked = new Map<string, Promise<string>>();

/** Those that were answered, so that they can be taken out of texts. */
export const subaccountTokens = new Set<string>();

/** The token of the subaccount that is meant, with the parent's credentials. `get` fetches a path of the 2010-04-01 API. */
export function tokenOf(settings: Settings, get: (path: string) => Promise<unknown>): Promise<string> {
  const { subaccountSid = "", accountSid, authToken, baseUrl = "" } = settings;
  const key = [baseUrl, accountSid, subaccountSid, authToken].join(" ");
  const known = asked.get(key);
  if (known) return known;
  const token = ask(subaccountSid, settings, get);
  asked.set(key, token);
  // A passing fault must not hold for the rest of the process.
  token.catch(() => asked.delete(key));
  return token;
}

async function ask(sid: string, settings: Settings, get: (path: string) => Promise<unknown>) {
  const { accountSid, authToken } = settings;
  if (authToken === undefined) throw new Refusal(keyIsNotEnough(sid));
  const account = await get(`/2010-04-01/Accounts/${sid}.json`).catch((error: unknown) => {
    // A 404 here says nothing of the objects in the subaccount, and must not pass for "gone".
    if (error instanceof ApiError && error.gone)
      throw new Refusal(`${sid} is not a subaccount of ${accountSid}`);
    throw error;
  });
  const { auth_token: token, status } = isRecord(account) ? account : {};
  if (status === "closed") throw new ApiError(`${sid} is closed, and all that was in it is gone`, 404);
  if (typeof token !== "string" || token === "") throw new Refusal(keyIsNotEnough(sid));
  subaccountTokens.add(token);
  return token;
}

/** Accounts that API keys belong to, asked for once in a process; undefined where that cannot be told. */
const owners = new Map<string, Promise<unknown>>();

/**
 * Refuses a parent's API key beside the SID of a subaccount. Every product but the 2010-04-01 API goes by the
 * credentials alone, so that requests would be carried out in the parent: https://www.twilio.com/docs/iam/api/subaccounts.
 * `ask` fetches the account's Conversations configuration, which tells whose key it is; a restricted key may not see it.
 */
export async function refuseForeignKey(settings: Settings, ask: () => Promise<unknown>): Promise<void> {
  const { accountSid, username, password, baseUrl = "" } = settings;
  const key = [baseUrl, username, password].join(" ");
  const owner = owners.get(key) ?? ask().then(ownerIn, () => undefined);
  owners.set(key, owner);
  const sid = await owner;
  if (sid === undefined || sid === accountSid) return;
  throw new Refusal(
    `the API key belongs to ${sid}, and the accountSid beside it is ${accountSid}: the request would be carried out in ${sid}. Give a key of ${accountSid}; or, where that is a subaccount, a TwilioProvider with subaccountSid: "${accountSid}" and accountSid and authToken of ${sid}`,
  );
}

const ownerIn = (configuration: unknown): unknown =>
  isRecord(configuration) && typeof configuration.account_sid === "string"
    ? configuration.account_sid
    : undefined;

const keyIsNotEnough = (sid: string) =>
  `the token of the subaccount ${sid} can be had with twilio:accountSid and twilio:authToken of its parent only, not with an API key; give those, or a TwilioProvider with the subaccount's own accountSid and authToken`;

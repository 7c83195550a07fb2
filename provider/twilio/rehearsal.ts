import { Refusal } from "../values/errors";
import { isRecord } from "../values/values";

/** The variable by which `rehearse` tells all processes of a run that they work on a twin of the account. */
export const rehearsalVariable = "TWILIO_REHEARSAL";

/** The emulator that stands for Twilio, and the accounts that it has. */
export interface Twin {
  readonly url: string;
  /** Of each of its accounts. */
  readonly token: string;
  readonly accounts: readonly string[];
}

/** What of the settings says where requests go and as whom. */
interface Way {
  readonly accountSid: string;
  readonly username: string;
  readonly password: string;
  readonly authToken: string | undefined;
  readonly baseUrl: string | undefined;
}

/** The same settings for the twin: whatever is configured, nothing reaches the account itself. */
export function atTwin<Settings extends Way>(settings: Settings, text: string): Settings {
  const { url, token, accounts } = twinIn(text);
  const { accountSid, authToken } = settings;
  if (!accounts.includes(accountSid)) throw new Refusal(notInTwin(accountSid, accounts));
  return {
    ...settings,
    username: accountSid,
    password: token,
    // Where a key is configured, what takes a token is refused as it is without a rehearsal.
    authToken: authToken === undefined ? undefined : token,
    baseUrl: url,
  };
}

export const notInTwin = (accountSid: string, [account = "", ...subaccounts]: readonly string[]): string =>
  `${accountSid} cannot be rehearsed: the twin has ${[account, ...subaccounts].join(", ")} only`;

/** Anything else in the variable must not pass for "no rehearsal". */
function twinIn(text: string): Twin {
  const given: unknown = parsed(text);
  const { url, token, accounts }: Record<string, unknown> = isRecord(given) ? given : {};
  if (typeof url !== "string" || !isLoopbackOrigin(url) || typeof token !== "string" || !isTexts(accounts)) {
    throw new Refusal(
      `${rehearsalVariable} in the environment is not what pulumi-twilio-flex rehearse sets; unset it`,
    );
  }
  return { url, token, accounts };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isLoopbackOrigin = (text: string): boolean => /^http:\/\/127\.0\.0\.1:\d+$/.test(text);

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string");

import { type Html, html } from "../../provider/routing/map";
import { type Account, defaultAccountSid, defaultAuthToken, type State } from "../account/state";

/**
 * What a person types to use this emulator: as it is printed at the start. The emulator's own token is in every manual and is shown;
 * one that somebody has given is not.
 */
export function connectOf(state: State, host: string): Html {
  const account = accountOf(state);
  if (!account) return html`# There is no account`;
  const { sid, auth_token } = account;
  const token = auth_token === defaultAuthToken ? auth_token : "…";
  const url = /^[\w.:[\]-]+$/.test(host) ? `http://${host}` : "…";
  const lines = [
    `export TWILIO_ACCOUNT_SID=${sid}`,
    `export TWILIO_AUTH_TOKEN=${token}`,
    `export TWILIO_BASE_URL=${url}`,
  ];
  if (token !== auth_token) lines.push("# Its token is not shown: it is the auth_token that its seed has");
  return html`${lines.join("\n")}`;
}

const accountOf = ({ accounts }: State): Account | undefined =>
  Object.hasOwn(accounts, defaultAccountSid) ? accounts[defaultAccountSid] : Object.values(accounts)[0];

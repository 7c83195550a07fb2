import {
  defaultAccountSid,
  defaultAuthToken,
  type Emulator,
  type Get,
  type Seed,
} from "../../../emulator/index";
import { ask } from "../support";

/** GET of Twilio's URLs at an emulator. */
export const readerOf =
  (emulator: Emulator): Get =>
  async (url) => {
    const { status, body } = await ask(emulator, `/${url.slice("https://".length)}`);
    if (status === 200) return body;
    throw Object.assign(new Error(`HTTP ${status}: ${JSON.stringify(body)}`), { status });
  };

/** A mirror has no tokens; the default one lets a test look into what was mirrored. */
export function withToken({ accounts, ...seed }: Seed): Seed {
  const own = { ...accounts[defaultAccountSid], auth_token: defaultAuthToken };
  return { ...seed, accounts: { ...accounts, [defaultAccountSid]: own } };
}

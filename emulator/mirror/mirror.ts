import { isSeed } from "../account/seed";
import type { Seed } from "../account/state";
import { loadDocuments } from "../api/documents";
import { type Json, recordOf } from "../kinds/kind";
import { Lists } from "./lists";
import { asDocumented, places, traffic } from "./places";
import { type Get, Source, type Unread } from "./source";

export interface MirrorOptions {
  /** SID of the account. */
  account: string;
  get: Get;
  /** Leaves out what comes and goes with customers: conversations, chats, messages, users, sessions, executions, tasks. */
  withoutTraffic?: boolean;
  /** Is told of each list that has been read. */
  onRead?: () => void;
}

export interface Mirror {
  /** The account as it is, without tokens and secrets. It is complete. */
  seed: Seed;
  unread: Unread[];
}

/** Reads an account as Twilio's API shows it, into what an emulator starts with. Sends nothing but GET. */
export async function mirror(options: MirrorOptions): Promise<Mirror> {
  const { account, get, withoutTraffic = false, onRead = () => {} } = options;
  const source = new Source(get);
  const documents = loadDocuments();
  const lists = new Lists(documents, source, account, onRead);
  const [own, flexConfiguration, configuration, webhooks, accounts, records] = await Promise.all([
    source.one(`https://api.twilio.com/2010-04-01/Accounts/${account}.json`),
    source.one("https://flex-api.twilio.com/v1/Configuration"),
    source.one("https://conversations.twilio.com/v1/Configuration"),
    source.one("https://conversations.twilio.com/v1/Configuration/Webhooks"),
    source.list("https://api.twilio.com/2010-04-01/Accounts.json", "PageSize=1000"),
    lists.read(places.filter(({ kept }) => !withoutTraffic || !traffic.has(kept))),
  ]);
  const documented = (path: string, answer: Json) =>
    recordOf(asDocumented(documents, `conversations_v1 /v1/${path}`, answer));
  const whole = {
    ...(own && accountOf(own)),
    flexConfiguration: flexConfiguration ? recordOf(flexConfiguration) : null,
    ...(configuration && { conversationsConfiguration: documented("Configuration", configuration) }),
    ...(webhooks && { conversationsWebhooks: documented("Configuration/Webhooks", webhooks) }),
    ...records,
  };
  const subaccounts = accounts.filter(({ sid }) => sid !== account).map((one) => [one.sid, accountOf(one)]);
  const seed = { complete: true, accounts: { [account]: whole, ...Object.fromEntries(subaccounts) } };
  if (!isSeed(seed)) throw new Error(`Twilio's answers make no seed: ${reason(isSeed.errors)}`);
  return { seed, unread: source.unread };
}

const reason = (errors: typeof isSeed.errors): string =>
  (errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`).join(", ");

/** Without its token. An account without a parent is its own owner. */
function accountOf({ sid, friendly_name, owner_account_sid: owner, status, type, ...shown }: Json): Json {
  const dates = recordOf({ date_created: shown.date_created, date_updated: shown.date_updated });
  return { friendly_name, owner_account_sid: owner === sid ? null : owner, status, type, ...dates };
}

import { type Account, newAccount } from "../../account/state";
import { type Call, type Family, lookUp } from "../../api/call";
import { authenticate, TwilioError } from "../../api/errors";
import { friendlyNameOf, shownDates } from "../../api/v2010";
import { releaseNumber } from "../numbers/relations";

export const accounts: Family = {
  document: "api_v2010",
  operations: {
    CreateAccount(call) {
      const { params, state, now } = call;
      const parent = ownerOf(call);
      // Subaccounts have none of their own.
      if (parent.owner_account_sid !== null) throw authenticate();
      const account: Account = {
        ...newAccount(call.sid("AC"), call.token(), now),
        friendly_name: friendlyNameOf(params, null) || defaultName(now),
        owner_account_sid: parent.sid,
        type: parent.type,
      };
      state.accounts[account.sid] = account;
      return shown(account);
    },

    ListAccount(call) {
      const { params, state } = call;
      const owner = ownerOf(call);
      const name = params.text("FriendlyName");
      const status = params.text("Status");
      const found = Object.values(state.accounts).filter(
        (account) =>
          isWithin(account, owner) &&
          (name === undefined || account.friendly_name === name) &&
          (status === undefined || account.status === status),
      );
      return call.list("accounts", found, shown);
    },

    FetchAccount: (call) => shown(accountOf(call)),

    UpdateAccount(call) {
      const { params } = call;
      const account = accountOf(call);
      const friendlyName = friendlyNameOf(params, account.friendly_name) || account.friendly_name;
      const status = params.text("Status");
      if (status !== undefined) setStatus(call, account, status);
      account.friendly_name = friendlyName;
      account.date_updated = call.now;
      return shown(account);
    },
  },
};

/** Standard API keys reach everything but accounts: https://www.twilio.com/docs/iam/api-keys/keys-in-console */
function ownerOf({ caller, isApiKey }: Call): Account {
  if (isApiKey) throw authenticate();
  return caller;
}

const isWithin = (account: Account, owner: Account) =>
  account.sid === owner.sid || account.owner_account_sid === owner.sid;

function accountOf(call: Call): Account {
  const owner = ownerOf(call);
  const account = lookUp(call.state.accounts, call.path("Sid"));
  if (!account || !isWithin(account, owner)) throw call.notFound();
  return account;
}

function setStatus({ caller }: Call, account: Account, status: string): void {
  if (account.owner_account_sid === null)
    throw new TwilioError(400, 21477, "Unable to update Status for parent accounts");
  // Only the parent's credentials may: https://www.twilio.com/docs/iam/api/subaccounts
  if (account.sid === caller.sid) throw authenticate();
  if (account.status === "closed" && status !== "closed")
    throw new TwilioError(
      400,
      21479,
      "Unable to update Status for subaccount, subaccount is closed and can not be re-opened.",
    );
  account.status = status;
  if (status !== "closed") return;
  for (const number of Object.values(account.phoneNumbers)) releaseNumber(account, number);
}

/** `2026-11-22T16:05:00Z` gives `SubAccount Created at 2026-11-22 04:05 pm`. */
function defaultName(now: string): string {
  const hour = Number(now.slice(11, 13));
  const hours = String(hour % 12 || 12).padStart(2, "0");
  return `SubAccount Created at ${now.slice(0, 10)} ${hours}:${now.slice(14, 16)} ${hour < 12 ? "am" : "pm"}`;
}

/** All that an account has, whether or not it is imitated here. */
const subresources = {
  addresses: "Addresses",
  applications: "Applications",
  authorized_connect_apps: "AuthorizedConnectApps",
  available_phone_numbers: "AvailablePhoneNumbers",
  balance: "Balance",
  calls: "Calls",
  conferences: "Conferences",
  connect_apps: "ConnectApps",
  incoming_phone_numbers: "IncomingPhoneNumbers",
  keys: "Keys",
  messages: "Messages",
  notifications: "Notifications",
  outgoing_caller_ids: "OutgoingCallerIds",
  queues: "Queues",
  recordings: "Recordings",
  short_codes: "SMS/ShortCodes",
  signing_keys: "SigningKeys",
  sip: "SIP",
  transcriptions: "Transcriptions",
  usage: "Usage",
};

function shown(account: Account) {
  const { sid, auth_token, friendly_name, status, type } = account;
  const path = `/2010-04-01/Accounts/${sid}`;
  return {
    sid,
    auth_token,
    friendly_name,
    status,
    type,
    // An account without a parent is its own owner.
    owner_account_sid: account.owner_account_sid ?? sid,
    ...shownDates(account),
    uri: `${path}.json`,
    subresource_uris: Object.fromEntries(
      Object.entries(subresources).map(([name, file]) => [name, `${path}/${file}.json`]),
    ),
  };
}

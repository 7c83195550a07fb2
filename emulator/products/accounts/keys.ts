import { type Call, type Family, lookUp } from "../../api/call";
import { authenticate } from "../../api/errors";
import { friendlyNameOf, shownDates } from "../../api/v2010";
import type { Key } from "./records";

/** The same keys under two names: signing keys are the older one. */
export const keys: Family = {
  document: "api_v2010",
  operations: { ...operationsOf("Key", "keys"), ...operationsOf("SigningKey", "signing_keys") },
};

function operationsOf(name: string, listKey: string): Family["operations"] {
  return {
    [`CreateNew${name}`](call) {
      refuseKeys(call);
      const { params, account, now } = call;
      const secret = call.token();
      const friendlyName = friendlyNameOf(params, "");
      const key: Key = {
        sid: call.sid("SK"),
        friendly_name: friendlyName,
        date_created: now,
        date_updated: now,
      };
      account.api_keys[key.sid] = secret;
      account.keys[key.sid] = key;
      return { ...shown(key), secret };
    },

    [`List${name}`](call) {
      refuseKeys(call);
      const all = Object.keys(call.account.api_keys).map((sid) => keyOf(call, sid));
      return call.list(listKey, all, shown);
    },

    [`Fetch${name}`](call) {
      refuseKeys(call);
      return shown(keyOf(call, call.path("Sid")));
    },

    [`Update${name}`](call) {
      refuseKeys(call);
      const was = keyOf(call, call.path("Sid"));
      const key: Key = {
        ...was,
        friendly_name: friendlyNameOf(call.params, was.friendly_name),
        date_updated: call.now,
      };
      call.account.keys[key.sid] = key;
      return shown(key);
    },

    [`Delete${name}`](call) {
      refuseKeys(call);
      const { sid } = keyOf(call, call.path("Sid"));
      delete call.account.api_keys[sid];
      delete call.account.keys[sid];
      return undefined;
    },
  };
}

/** Keys are managed with the account's own token: https://www.twilio.com/docs/iam/api-keys */
function refuseKeys({ isApiKey }: Call): void {
  if (isApiKey) throw authenticate();
}

/** A key from a seed has a secret only: it is as old as its account and has no name. */
function keyOf(call: Call, sid: string): Key {
  const { api_keys, keys, date_created } = call.account;
  call.found(api_keys, sid);
  return lookUp(keys, sid) ?? { sid, friendly_name: "", date_created, date_updated: date_created };
}

const shown = (key: Key) => ({ ...key, ...shownDates(key) });

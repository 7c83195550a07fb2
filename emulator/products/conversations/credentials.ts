import type { Call, Family } from "../../api/call";
import { invalidParameter } from "../../api/errors";
import type { ConversationsCredential } from "./records";

/** Credentials are the account's, whichever of the two APIs they are seen under. `base` stands before their SIDs in URLs. */
export function credentialOperations(base: string): Family["operations"] {
  const shown = (credential: ConversationsCredential) => ({
    ...credential,
    url: `${base}/${credential.sid}`,
  });
  return {
    CreateCredential(call) {
      const { account } = call;
      const credential = changed(call, {
        sid: call.sid("CR"),
        account_sid: account.sid,
        friendly_name: null,
        type: call.params.needed("Type").toLowerCase(),
        sandbox: null,
        date_created: call.now,
        date_updated: call.now,
      });
      account.conversationsCredentials[credential.sid] = credential;
      return shown(credential);
    },

    ListCredential: (call) =>
      call.list("credentials", Object.values(call.account.conversationsCredentials), shown),

    FetchCredential: (call) => shown(credentialOf(call)),

    UpdateCredential(call) {
      const credential = changed(call, credentialOf(call));
      call.account.conversationsCredentials[credential.sid] = credential;
      return shown(credential);
    },

    DeleteCredential(call) {
      delete call.account.conversationsCredentials[credentialOf(call).sid];
      return undefined;
    },
  };
}

export const conversationsCredentials: Family = {
  document: "conversations_v1",
  operations: credentialOperations("https://conversations.twilio.com/v1/Credentials"),
};

const credentialOf = (call: Call) => call.found(call.account.conversationsCredentials, call.path("Sid"));

function changed(call: Call, was: ConversationsCredential): ConversationsCredential {
  const { params } = call;
  const name = params.text("FriendlyName") ?? was.friendly_name;
  if (name && name.length > 64) throw invalidParameter("FriendlyName", "must be at most 64 characters");
  const type = params.text("Type")?.toLowerCase() || was.type;
  const isSandbox = params.flag("Sandbox") ?? was.sandbox === "True";
  return {
    ...was,
    friendly_name: name || null,
    type,
    sandbox: type === "apn" ? (isSandbox ? "True" : "False") : null,
    date_updated: call.now,
  };
}

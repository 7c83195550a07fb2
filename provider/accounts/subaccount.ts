import * as pulumi from "@pulumi/pulumi";
import type { AccountInstance } from "twilio/lib/rest/api/v2010/account";
import { z } from "zod";
import { adoptable, defineResource } from "../life/define";
import { unmanaged } from "../life/definition";
import { authTokenOnly, leftUnless } from "../life/guards";
import { TwilioResource } from "../program/resource";
import { flag, oneOf, text } from "../twilio/fields";
import type { Adoptable, Echoes } from "../values/args";
import { ApiError, Refusal } from "../values/errors";

const statuses = ["active", "suspended"] as const;

/** Arguments of `Subaccount`. */
export interface SubaccountArgs extends Adoptable {
  /** Name that people see in the Console, 1 to 64 characters. Default: the Pulumi name, at the create; unmanaged from then on. */
  friendlyName?: pulumi.Input<string>;
  /** `active`, or `suspended`: then nothing in it works, its numbers neither, until it is active again. Default active. */
  status?: pulumi.Input<(typeof statuses)[number]>;
  /**
   * Lets destroy close the account, which cannot be undone: its numbers are released at once, and the rest is lost.
   * Default false: the account stays, with what it costs, and destroy says so.
   */
  closeOnDelete?: pulumi.Input<boolean>;
}

/**
 * An account inside the one of the credentials, with numbers, services and flows of its own. To declare those, give its
 * `sid` to a `TwilioProvider`, as `new TwilioProvider("sub", { subaccountSid: sub.sid })`. A new one has no Flex.
 *
 * Needs the parent's account SID and auth token; an API key is refused in preview. Nothing replaces a subaccount.
 * Destroy leaves it as it is, with a warning, unless `closeOnDelete: true`; an adopted one needs `deleteAdopted: true`
 * besides. One that somebody closed counts as gone. Several may bear the same name.
 *
 * @see https://www.twilio.com/docs/iam/api/account
 */
export class Subaccount extends TwilioResource implements Echoes<SubaccountArgs> {
  declare readonly friendlyName: pulumi.Output<string | undefined>;
  declare readonly status: pulumi.Output<(typeof statuses)[number] | undefined>;
  /** The account's own auth token. A secret. A `TwilioProvider` with `subaccountSid` does not need it. */
  declare readonly authToken: pulumi.Output<string>;

  constructor(name: string, args: SubaccountArgs = {}, opts?: pulumi.CustomResourceOptions) {
    super(subaccount, name, args, pulumi.mergeOptions(opts, { additionalSecretOutputs: ["authToken"] }));
  }
}

interface Params {
  friendlyName?: string;
  status?: (typeof statuses)[number];
}

const subaccount = defineResource<SubaccountArgs>()("Subaccount", {
  label: "subaccount",
  api: { operations: { api_v2010: ["CreateAccount", "FetchAccount", "UpdateAccount", "ListAccount"] } },
  args: z.strictObject({
    ...adoptable,
    closeOnDelete: flag().optional(),
    friendlyName: text(64).optional(),
    status: oneOf(statuses).optional(),
  }),

  params: (args): Params => args,
  reset: { friendlyName: unmanaged, status: "active" },
  onCreate: (name) => ({ friendlyName: name }),
  createTakes: ["friendlyName"],
  live: ({ friendlyName, status }: AccountInstance) => ({
    friendlyName,
    status: status === "suspended" ? status : "active",
  }),
  computed: { authToken: (account) => account.authToken },
  guards: [
    authTokenOnly("subaccount"),
    leftUnless(
      "closeOnDelete",
      "it stays open, with its numbers and what they cost. To close it for good, set closeOnDelete: true and run up before destroy",
    ),
  ],

  id: (account) => account.sid,
  createdAt: (account) => account.dateCreated,
  list: async (twilio) => {
    const accounts = await twilio.api.v2010.accounts.list({ pageSize: 1000 });
    return accounts.filter(
      ({ sid, ownerAccountSid, status }) => sid !== ownerAccountSid && status !== "closed",
    );
  },
  create: (twilio, { friendlyName }) => twilio.api.v2010.accounts.create({ friendlyName }),
  read: async (twilio, id) => {
    const account = await twilio.api.v2010.accounts(id).fetch();
    if (account.sid === account.ownerAccountSid) throw new Refusal(`${id} is no subaccount`);
    // A closed account can still be read, and never be opened again.
    if (account.status === "closed") throw new ApiError(`${id} is closed`, 404);
    return account;
  },
  update: (twilio, id, changed) => twilio.api.v2010.accounts(id).update(changed),
  delete: (twilio, id) => twilio.api.v2010.accounts(id).update({ status: "closed" }),
});

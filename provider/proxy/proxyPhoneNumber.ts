import type * as pulumi from "@pulumi/pulumi";
import type { Twilio } from "twilio";
import type { PhoneNumberInstance } from "twilio/lib/rest/proxy/v1/service/phoneNumber";
import { z } from "zod";
import { adoptable, defineResource } from "../life/define";
import { unmanaged } from "../life/definition";
import { parentIn, sidIn } from "../life/frame";
import { messagingServices, numbersInServices } from "../messaging/messagingServices";
import { ownNumbers } from "../numbers/ownNumbers";
import { TwilioResource } from "../program/resource";
import { e164, flag, sid } from "../twilio/fields";
import { orMissing } from "../twilio/missing";
import type { Adoptable, Echoes } from "../values/args";
import { exactlyOne } from "../values/validate";
import { proxyServices } from "./proxyServices";

/** Arguments of `ProxyPhoneNumber`. */
export interface ProxyPhoneNumberArgs extends Adoptable {
  /** SID of the Proxy service (KS…). Another one replaces. */
  serviceSid: pulumi.Input<string>;
  /** SID of a number of the account (PN…). Exactly one of `phoneNumberSid` and `phoneNumber`. Another number replaces. */
  phoneNumberSid?: pulumi.Input<string>;
  /** The number in E.164 form. Naming the same number the other way is no change. */
  phoneNumber?: pulumi.Input<string>;
  /** Whether Proxy leaves the number alone when it picks one for a participant. Default false. */
  isReserved?: pulumi.Input<boolean>;
}

/**
 * A number of the account in the pool of a Proxy service, which hands the pool's numbers out to sessions.
 *
 * **Legacy.** See `ProxyService`.
 *
 * A number is in the pool of one service only (80101), and in it once (80104); a number that is in a Messaging Service
 * cannot join (80601), while the other way round is possible. A program that declares both gives the
 * `MessagingServicePhoneNumber` of the same number `dependsOn` on this.
 *
 * Another service or another number replaces, taking the number out first. Destroy takes it out of the pool; the account
 * keeps it. While open sessions use it, Twilio refuses that (80611).
 *
 * The id is `<service SID>/<number SID>`; `sid` is that of the number.
 *
 * @see https://www.twilio.com/docs/proxy/api/phone-number
 */
export class ProxyPhoneNumber extends TwilioResource implements Echoes<ProxyPhoneNumberArgs> {
  declare readonly serviceSid: pulumi.Output<string>;
  declare readonly phoneNumberSid: pulumi.Output<string | undefined>;
  /** The number in E.164 form, also where it was named by its SID. */
  declare readonly phoneNumber: pulumi.Output<string>;
  declare readonly isReserved: pulumi.Output<boolean | undefined>;

  constructor(name: string, args: ProxyPhoneNumberArgs, opts?: pulumi.CustomResourceOptions) {
    super(proxyPhoneNumber, name, args, opts);
  }
}

interface Params {
  phoneNumberSid?: string;
  phoneNumber?: string;
  isReserved?: boolean;
}

const proxyPhoneNumber = defineResource<ProxyPhoneNumberArgs>()("ProxyPhoneNumber", {
  label: "Proxy phone number",
  parent: "ProxyService",
  api: {
    operations: {
      proxy_v1: [
        "CreatePhoneNumber",
        "FetchPhoneNumber",
        "UpdatePhoneNumber",
        "ListPhoneNumber",
        "DeletePhoneNumber",
        "ListService",
      ],
    },
    renamed: { Sid: "phoneNumberSid" },
  },
  args: z.strictObject({
    ...adoptable,
    serviceSid: sid("KS", "a Proxy service"),
    phoneNumberSid: sid("PN", "a phone number of the account").optional(),
    phoneNumber: e164().optional(),
    isReserved: flag().optional(),
  }),
  rules: [exactlyOne("phoneNumberSid", "phoneNumber")],
  createOnly: ["serviceSid", "phoneNumberSid", "phoneNumber"],
  naming: ["phoneNumberSid", "phoneNumber"],
  otherTarget: ({ phoneNumberSid, phoneNumber }, id, state) => {
    if (phoneNumberSid !== undefined) return phoneNumberSid === sidIn(id) ? [] : ["phoneNumberSid"];
    return phoneNumber === state.phoneNumber ? [] : ["phoneNumber"];
  },

  params: ({ phoneNumberSid, phoneNumber, isReserved }): Params => ({
    phoneNumberSid,
    phoneNumber,
    isReserved,
  }),
  reset: { phoneNumberSid: unmanaged, phoneNumber: unmanaged, isReserved: false },
  live: (member: PhoneNumberInstance) => ({
    serviceSid: member.serviceSid,
    phoneNumberSid: member.sid,
    phoneNumber: member.phoneNumber,
    isReserved: member.isReserved,
  }),
  computed: { phoneNumber: (member) => member.phoneNumber },

  naturalKey: ({ phoneNumberSid, phoneNumber }) =>
    [phoneNumberSid, phoneNumber].filter((name) => name !== undefined),
  among: ownNumbers,
  elsewhere: [
    {
      code: 80101,
      parents: proxyServices,
      says: (where = "another Proxy service") =>
        `The number is in the pool of ${where}; take it out there first`,
    },
    {
      code: 80601,
      parents: messagingServices,
      members: numbersInServices,
      says: (where) =>
        `A number that is in a Messaging Service${where ? `, as this one is in ${where},` : ""} cannot join a Proxy service: take it out there, and give its MessagingServicePhoneNumber dependsOn on the ProxyPhoneNumber`,
    },
  ],
  duplicate: [80104],
  within: ({ serviceSid }) => serviceSid,
  id: (member) => `${member.serviceSid}/${member.sid}`,
  createdAt: (member) => member.dateCreated,
  list: (twilio, serviceSid) =>
    orMissing(twilio.proxy.v1.services(serviceSid).phoneNumbers.page({ pageSize: 100 })),
  create: (twilio, { phoneNumberSid: sid, ...rest }, { serviceSid }) =>
    twilio.proxy.v1.services(serviceSid).phoneNumbers.create({ sid, ...rest }),
  read: (twilio, id) => orMissing(memberAt(twilio, id).fetch()),
  update: (twilio, id, { isReserved }) => orMissing(memberAt(twilio, id).update({ isReserved })),
  delete: (twilio, id) => orMissing(memberAt(twilio, id).remove()),
});

const memberAt = (twilio: Twilio, id: string) =>
  twilio.proxy.v1.services(parentIn(id)).phoneNumbers(sidIn(id));

import type * as pulumi from "@pulumi/pulumi";
import type { Twilio } from "twilio";
import type {
  IncomingPhoneNumberInstance,
  IncomingPhoneNumberListInstanceCreateOptions,
} from "twilio/lib/rest/api/v2010/account/incomingPhoneNumber";
import { z } from "zod";
import { adoptable, defineResource } from "../life/define";
import { unmanaged } from "../life/definition";
import { leftUnless } from "../life/guards";
import { programError } from "../program/program";
import { TwilioResource } from "../program/resource";
import { areaCode, country, e164, flag, oneOf, sid, text } from "../twilio/fields";
import type { Adoptable, Echoes, Plain } from "../values/args";
import { exactlyOne, type Rule } from "../values/validate";
import { isRecord, same } from "../values/values";
import { choose } from "./numbersForSale";
import { ownNumbers } from "./ownNumbers";
import { numberTypes, type PhoneNumberSearch } from "./phoneNumberSearch";

const emergencyStatuses = ["Active", "Inactive"] as const;

/** Arguments of `PhoneNumber`. */
export interface PhoneNumberArgs extends Adoptable {
  /** The number to buy, in E.164 form. Exactly one of `phoneNumber`, `areaCode` and `search`. Another number replaces. */
  phoneNumber?: pulumi.Input<string>;
  /** Area code in the US or Canada: buys the lowest local number in it. Another one replaces. */
  areaCode?: pulumi.Input<string>;
  /** What the number has to be: buys the lowest that is so. Any change replaces. */
  search?: pulumi.Input<PhoneNumberSearch>;
  /** Name that people see in the Console, 1 to 64 characters. Default: the Pulumi name, at the create; unmanaged from then on. */
  friendlyName?: pulumi.Input<string>;
  /** SID of the address (AD…) that some countries want. Default: none. */
  addressSid?: pulumi.Input<string>;
  /** SID of the regulatory bundle (BU…) that some countries want. Default: none. */
  bundleSid?: pulumi.Input<string>;
  /** SID of the identity (RI…) that some countries want. Default: none. */
  identitySid?: pulumi.Input<string>;
  /**
   * Whether the number may call emergency services: Active or Inactive. Default: what Twilio gives it, which depends on the
   * country (in the US Active). Unmanaged where it is not declared: taking it away changes nothing at Twilio.
   */
  emergencyStatus?: pulumi.Input<(typeof emergencyStatuses)[number]>;
  /** SID of the address (AD…) that emergency services are told. It may cost. Default: none. */
  emergencyAddressSid?: pulumi.Input<string>;
  /**
   * Lets destroy, and a replacement, release the number, which cannot be undone: somebody else may get it. Default
   * false: the account keeps it, with what it costs, and destroy says so.
   */
  releaseOnDelete?: pulumi.Input<boolean>;
}

/**
 * A phone number that is bought. What answers its messages and calls is declared by a `PhoneNumberHandler`.
 *
 * `areaCode` and `search` settle on one number, the lowest that is for sale, when the resource is created, and never
 * again: `phoneNumber` says which. Naming that number instead is no change. Preview looks for nothing and buys nothing.
 *
 * Another `phoneNumber`, `areaCode` or `search` replaces: the new number is bought first, and only then the old one goes.
 * Destroy and replacement keep a number in the account, with a warning, unless `releaseOnDelete: true`; an adopted one
 * needs `deleteAdopted: true` besides. Before it is released, its emergency address is taken away.
 *
 * Errors: a number that is not for sale (21422), or is the account's already, which `adopt` takes over; none that the
 * search finds; with `areaCode` or `search`, another number of the account with the same declared `friendlyName`, which
 * may be what an earlier run bought. A forced replacement (`--replace`, taint) of a number named by `phoneNumber` fails
 * before anything happens, since the account has the number already.
 *
 * @see https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
 */
export class PhoneNumber extends TwilioResource implements Echoes<PhoneNumberArgs> {
  /** The number in E.164 form, whichever way it was found. */
  declare readonly phoneNumber: pulumi.Output<string>;
  declare readonly areaCode: pulumi.Output<string | undefined>;
  declare readonly search: pulumi.Output<Plain<PhoneNumberArgs>["search"]>;
  declare readonly friendlyName: pulumi.Output<string | undefined>;
  declare readonly addressSid: pulumi.Output<string | undefined>;
  declare readonly bundleSid: pulumi.Output<string | undefined>;
  declare readonly identitySid: pulumi.Output<string | undefined>;
  declare readonly emergencyStatus: pulumi.Output<(typeof emergencyStatuses)[number] | undefined>;
  declare readonly emergencyAddressSid: pulumi.Output<string | undefined>;

  constructor(name: string, args: PhoneNumberArgs, opts?: pulumi.CustomResourceOptions) {
    if (opts?.deleteBeforeReplace) {
      throw programError(
        `PhoneNumber "${name}": deleteBeforeReplace would release a number before the new one is bought; take it away`,
      );
    }
    super(phoneNumber, name, args, opts);
  }
}

const search = z
  .strictObject({
    country: country(),
    type: oneOf(numberTypes).optional(),
    areaCode: areaCode().optional(),
    contains: z
      .string()
      .regex(/^(?=.{2,16}$)\+?[\da-z*%]+\$?$/i)
      .describe("2 to 16 digits, letters, * or %, with + before or $ behind")
      .optional(),
    inRegion: text(64).optional(),
    inLocality: text(64).optional(),
    inPostalCode: text(64).optional(),
    smsEnabled: flag().optional(),
    mmsEnabled: flag().optional(),
    voiceEnabled: flag().optional(),
    excludeAllAddressRequired: flag().optional(),
    excludeLocalAddressRequired: flag().optional(),
    excludeForeignAddressRequired: flag().optional(),
    beta: flag().optional(),
  })
  // What is the default searches for the same as nothing.
  .overwrite(({ type, ...rest }) => (type === undefined || type === "local" ? rest : { type, ...rest }))
  .describe("an object with country and what else the number has to be");

const onlyInNorthAmerica: Rule = ({ search }) => {
  if (!isRecord(search) || search.areaCode === undefined || typeof search.country !== "string")
    return undefined;
  const isThere = !country().safeParse(search.country).success || /^(US|CA)$/i.test(search.country);
  return isThere ? undefined : "search.areaCode: only the US and Canada have them; search with contains";
};

const handlerParameters = [
  "SmsUrl",
  "SmsMethod",
  "SmsFallbackUrl",
  "SmsFallbackMethod",
  "SmsApplicationSid",
  "VoiceUrl",
  "VoiceMethod",
  "VoiceFallbackUrl",
  "VoiceFallbackMethod",
  "VoiceApplicationSid",
  "VoiceCallerIdLookup",
  "TrunkSid",
  "StatusCallback",
  "StatusCallbackMethod",
];
const ofHandlers = "of what handles the number, not of the number: see PhoneNumberHandler";

type Params = Pick<
  IncomingPhoneNumberListInstanceCreateOptions,
  | "phoneNumber"
  | "friendlyName"
  | "addressSid"
  | "bundleSid"
  | "identitySid"
  | "emergencyStatus"
  | "emergencyAddressSid"
>;

const phoneNumber = defineResource<PhoneNumberArgs>()("PhoneNumber", {
  ...ownNumbers.listing,
  collection: ownNumbers,
  leftAsItIs: { emergencyStatus: "what Twilio gives a number depends on its country" },
  api: {
    operations: {
      api_v2010: [
        "CreateIncomingPhoneNumber",
        "FetchIncomingPhoneNumber",
        "UpdateIncomingPhoneNumber",
        "ListIncomingPhoneNumber",
        "DeleteIncomingPhoneNumber",
        "ListAvailablePhoneNumberLocal",
        "ListAvailablePhoneNumberTollFree",
        "ListAvailablePhoneNumberMobile",
      ],
    },
    renamed: {
      CountryCode: "search.country",
      Contains: "search.contains",
      InRegion: "search.inRegion",
      InLocality: "search.inLocality",
      InPostalCode: "search.inPostalCode",
      SmsEnabled: "search.smsEnabled",
      MmsEnabled: "search.mmsEnabled",
      VoiceEnabled: "search.voiceEnabled",
      ExcludeAllAddressRequired: "search.excludeAllAddressRequired",
      ExcludeLocalAddressRequired: "search.excludeLocalAddressRequired",
      ExcludeForeignAddressRequired: "search.excludeForeignAddressRequired",
      Beta: "search.beta",
    },
    leftOut: {
      ...Object.fromEntries(
        ["NearNumber", "NearLatLong", "Distance", "InRateCenter", "InLata"].map((filter) => [
          filter,
          "a finer place than a handler of messages needs: search by region, locality or postal code",
        ]),
      ),
      FaxEnabled: "Programmable Fax has ended",
      ...Object.fromEntries(handlerParameters.map((parameter) => [parameter, ofHandlers])),
      ApiVersion: "2010-04-01 is the only version that is still written for",
      VoiceReceiveMode: "Programmable Fax has ended, and voice is the only mode left",
      AccountSid: "moves the number to another account, out of the stack's sight",
    },
  },
  args: z.strictObject({
    ...adoptable,
    releaseOnDelete: flag().optional(),
    phoneNumber: e164().optional(),
    areaCode: areaCode().optional(),
    search: search.optional(),
    friendlyName: text(64).optional(),
    addressSid: sid("AD", "an address").optional(),
    bundleSid: sid("BU", "a regulatory bundle").optional(),
    identitySid: sid("RI", "an identity").optional(),
    emergencyStatus: oneOf(emergencyStatuses).optional(),
    emergencyAddressSid: sid("AD", "an address").optional(),
  }),
  rules: [exactlyOne("phoneNumber", "areaCode", "search"), onlyInNorthAmerica],
  notArguments: Object.fromEntries(
    [
      "message",
      "voice",
      ...handlerParameters.map((name) => name.charAt(0).toLowerCase() + name.slice(1)),
    ].map((key) => [key, ofHandlers]),
  ),
  createOnly: ["phoneNumber", "areaCode", "search"],
  naming: ["phoneNumber", "areaCode", "search"],
  otherTarget: ({ phoneNumber, areaCode, search }, _id, state) => {
    if (phoneNumber !== undefined) return phoneNumber === state.phoneNumber ? [] : ["phoneNumber"];
    if (areaCode !== undefined) return areaCode === state.areaCode ? [] : ["areaCode"];
    return same(search, state.search) ? [] : ["search"];
  },
  unseen: ["areaCode", "search"],

  params: ({ areaCode: _, search: __, ...rest }): Params => rest,
  reset: {
    phoneNumber: unmanaged,
    friendlyName: unmanaged,
    addressSid: "",
    bundleSid: "",
    identitySid: "",
    emergencyStatus: unmanaged,
    emergencyAddressSid: "",
  },
  live: (number: IncomingPhoneNumberInstance) => ({
    phoneNumber: number.phoneNumber,
    areaCode: undefined,
    search: undefined,
    friendlyName: number.friendlyName,
    addressSid: number.addressSid,
    bundleSid: number.bundleSid,
    identitySid: number.identitySid,
    emergencyStatus: number.emergencyStatus,
    emergencyAddressSid: number.emergencyAddressSid,
  }),
  computed: { phoneNumber: (number) => number.phoneNumber },

  naturalKey: ({ phoneNumber }) => phoneNumber,
  duplicate: [21422],
  onCreate: (name) => ({ friendlyName: name }),
  createdAt: (number) => number.dateCreated,
  couldBe: ({ phoneNumber }, { areaCode }) =>
    areaCode === undefined || phoneNumber.startsWith(`+1${areaCode}`),
  choose,
  create: (twilio, number) => twilio.incomingPhoneNumbers.create(number),
  obstacle: async (_twilio, { phoneNumber }, code) => {
    if (code !== 21422) return undefined;
    return phoneNumber === undefined
      ? "Somebody else has bought the number since it was chosen; run up again, which chooses another one"
      : "Somebody has it, or Twilio does not sell it; give another number, or areaCode or search";
  },
  update: (twilio, id, changed) => twilio.incomingPhoneNumbers(id).update(changed),
  // Though the API refuses two alike: an old number answers until the new one does.
  replacement: "createFirst",
  guards: [
    leftUnless(
      "releaseOnDelete",
      "it stays in the account, with what it costs. To release it, set releaseOnDelete: true and run up before destroy",
    ),
  ],
  delete: release,
});

/** Twilio does not release a number that emergency services have an address for. */
async function release(twilio: Twilio, id: string): Promise<boolean> {
  const number = twilio.incomingPhoneNumbers(id);
  const { emergencyAddressSid } = await number.fetch();
  if (emergencyAddressSid) await number.update({ emergencyAddressSid: "" });
  return number.remove();
}

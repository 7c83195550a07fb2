import * as pulumi from "@pulumi/pulumi";
import { getPhoneNumberOutput } from "../lookups/getPhoneNumber";
import type { PhoneNumber } from "../numbers/phoneNumber";
import { PhoneNumberHandler } from "../numbers/phoneNumberHandler";
import { programError } from "../program/program";
import { Channel, type ChannelArgs } from "./channel";
import { type InMessagingService, refuseNumber, stepsInService } from "./numbers";

/** Arguments of `SmsChannel`. */
export interface SmsChannelArgs extends ChannelArgs, InMessagingService {
  /** The number, or your `PhoneNumber`, in E.164 form. Exactly one of `phoneNumber` and `phoneNumberSid`. */
  phoneNumber?: pulumi.Input<string> | PhoneNumber;
  /** SID of the number (PN…), which is looked up then. */
  phoneNumberSid?: pulumi.Input<string>;
  /** What to do when something else handles messages already: see `PhoneNumberHandler`. Default fail. */
  onConflict?: pulumi.Input<"fail" | "takeOver">;
}

/**
 * SMS to a number of the account, from the number to the destination.
 *
 * On conversations the number's own handler is blank and a `ConversationsAddress` takes the messages; on proxy, legacy,
 * the number hands them to the Proxy service and a `FlexFlow` takes them. Destroy gives the number back what it had.
 *
 * Errors: a number that is not in E.164 form or not in the account; a destination to which the path does not lead, or a
 * Studio flow that it does not start; the step from `proxy` to `conversations` without `moving` between them.
 *
 * @see https://www.twilio.com/docs/flex/developer/conversations
 */
export class SmsChannel extends Channel<PhoneNumberHandler> {
  constructor(name: string, args: SmsChannelArgs, opts?: pulumi.ComponentResourceOptions) {
    super("SmsChannel", name, args, opts, (parent) => {
      const { phoneNumberSid, messagingServiceSid, onConflict } = args;
      const phoneNumber = pulumi.CustomResource.isInstance(args.phoneNumber)
        ? args.phoneNumber.phoneNumber
        : args.phoneNumber;
      const number = numberOf(name, { phoneNumber, phoneNumberSid }, parent);
      return {
        label: "SMS",
        address: number,
        addressType: "sms",
        channelType: "sms",
        byProxy: true,
        handler: {
          what: "number",
          which: isFromPreview(args.phoneNumber) ? undefined : number,
          onConflict,
          declare: (proxy, own) =>
            new PhoneNumberHandler(
              `${name}-number`,
              {
                phoneNumber,
                phoneNumberSid,
                message: proxy ? { kind: "proxy", proxyServiceSid: proxy.proxyServiceSid } : { kind: "none" },
                onConflict,
              },
              own,
            ),
        },
        manualSteps: ({ callbackUrl }) =>
          stepsInService(messagingServiceSid, callbackUrl !== undefined, "sms"),
      };
    });
  }
}

function numberOf(
  name: string,
  {
    phoneNumber,
    phoneNumberSid,
  }: { phoneNumber?: pulumi.Input<string>; phoneNumberSid?: pulumi.Input<string> },
  parent: pulumi.Resource,
): pulumi.Input<string> {
  refuseNumber(name, "phoneNumber", phoneNumber);
  if (phoneNumberSid === undefined && phoneNumber !== undefined) return phoneNumber;
  if (phoneNumberSid !== undefined && phoneNumber === undefined)
    return getPhoneNumberOutput({ sid: phoneNumberSid }, { parent }).phoneNumber;
  throw programError(`${name}: give exactly one of phoneNumber and phoneNumberSid`);
}

/** What a resource of the program gives may be there only after the preview. */
const isFromPreview = (phoneNumber: SmsChannelArgs["phoneNumber"]): boolean =>
  phoneNumber !== undefined && typeof phoneNumber !== "string" && pulumi.runtime.isDryRun();

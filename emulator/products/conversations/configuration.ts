import type { Call, Family } from "../../api/call";
import { invalidParameter, unknownReference } from "../../api/errors";
import { existingService } from "../chat/relations";
import { defaultServiceSid } from "./scope";

export const conversationsConfiguration: Family = {
  document: "conversations_v1",
  operations: {
    FetchConfiguration: (call) => shown(call),

    UpdateConfiguration(call) {
      const { params, account } = call;
      const was = account.conversationsConfiguration;
      account.conversationsConfiguration = {
        ...was,
        default_chat_service_sid: params.has("DefaultChatServiceSid")
          ? existingService(call, "DefaultChatServiceSid", params.needed("DefaultChatServiceSid"))
          : was.default_chat_service_sid,
        default_messaging_service_sid: messagingServiceOf(
          call,
          "DefaultMessagingServiceSid",
          was.default_messaging_service_sid,
        ),
        default_inactive_timer: timerOf(call, "DefaultInactiveTimer", was.default_inactive_timer, 1),
        default_closed_timer: timerOf(call, "DefaultClosedTimer", was.default_closed_timer, 10),
      };
      return shown(call);
    },
  },
};

export function messagingServiceOf(call: Call, name: string, was: string | null) {
  const { params, account } = call;
  if (!params.has(name)) return was;
  const sid = params.text(name) || null;
  if (sid !== null && !Object.hasOwn(account.messagingServices, sid))
    call.refuseIfStrict(unknownReference(name, sid));
  return sid;
}

const timerUnits = [7 * 86_400, 86_400, 3_600, 60, 1];

/** An ISO 8601 duration of at least so many minutes. */
function timerOf({ params }: Call, name: string, was: string | null, minutes: number): string | null {
  if (!params.has(name)) return was;
  const text = params.text(name) || null;
  if (text === null) return null;
  const [, ...counts] =
    /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text) ?? [];
  if (counts.length === 0) throw invalidParameter(name, "must be an ISO 8601 duration, such as PT1H");
  const seconds = timerUnits.reduce((sum, unit, index) => sum + unit * Number(counts[index] ?? 0), 0);
  if (seconds < minutes * 60) throw invalidParameter(name, `must be at least PT${minutes}M`);
  return text;
}

function shown(call: Call) {
  const serviceSid = defaultServiceSid(call);
  const base = "https://conversations.twilio.com/v1";
  const links = {
    service: `${base}/Services/${serviceSid}/Configuration`,
    webhooks: `${base}/Configuration/Webhooks`,
  };
  return { ...call.account.conversationsConfiguration, url: `${base}/Configuration`, links };
}

import { methodIn } from "../twilio/fields";
import { isBlank } from "../values/values";

/** Keys of another type are null, or are not there. */
interface AutoCreationAnswer {
  enabled?: boolean | null;
  type?: string | null;
  conversation_service_sid?: string | null;
  studio_flow_sid?: string | null;
  studio_retry_count?: number | null;
  webhook_url?: string | null;
  webhook_method?: string | null;
  webhook_filters?: string[] | null;
}

const keysOf = {
  studio: ["studio_flow_sid", "studio_retry_count"],
  webhook: ["webhook_url", "webhook_method", "webhook_filters"],
  default: [],
} as const;

export const hasOtherKeys = (answered: AutoCreationAnswer, type: keyof typeof keysOf): boolean =>
  Object.entries(keysOf).some(
    ([other, keys]) => other !== type && keys.some((key) => !isBlank(answered[key])),
  );

/** `enabled` comes last: what else is there means nothing without it. */
export function autoCreationOf(answer: AutoCreationAnswer) {
  const { enabled, type, conversation_service_sid } = answer;
  const shared = {
    conversationServiceSid: conversation_service_sid ?? undefined,
    enabled: enabled ?? undefined,
  };
  switch (type) {
    case "studio":
      return {
        type,
        studioFlowSid: answer.studio_flow_sid ?? "",
        studioRetryCount: answer.studio_retry_count ?? undefined,
        ...shared,
      };
    case "webhook":
      return {
        type,
        webhookUrl: answer.webhook_url ?? "",
        webhookMethod: methodIn(answer.webhook_method),
        webhookFilters: answer.webhook_filters ?? undefined,
        ...shared,
      };
    default:
      return { type: "default" as const, ...shared };
  }
}

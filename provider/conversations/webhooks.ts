import { httpMethod, methodIn, setOf, url } from "../twilio/fields";
import { atLeastOne } from "../values/validate";
import { event } from "./events";

/** What the webhooks of the account and those of a service have in common. */
export const webhookFields = (events: readonly string[]) => ({
  preWebhookUrl: url().optional(),
  postWebhookUrl: url().optional(),
  filters: setOf(event(events), "event names").optional(),
  method: httpMethod().optional(),
});

export const oneWebhook = (...others: string[]) =>
  atLeastOne("preWebhookUrl", "postWebhookUrl", "filters", "method", ...others);

export interface WebhookParams {
  preWebhookUrl: string;
  postWebhookUrl: string;
  filters: string[];
  /** Blank where nothing is set. */
  method: string;
}

interface WebhookAnswer {
  preWebhookUrl: string | null;
  postWebhookUrl: string | null;
  filters: string[] | null;
  method: string | null;
}

export const blankWebhooks: WebhookParams = {
  preWebhookUrl: "",
  postWebhookUrl: "",
  // The SDK does not send an empty list.
  filters: [""],
  method: "POST",
};

export const heldWebhooks = (answer: WebhookAnswer): WebhookParams => ({
  preWebhookUrl: answer.preWebhookUrl ?? "",
  postWebhookUrl: answer.postWebhookUrl ?? "",
  filters: answer.filters?.length ? [...answer.filters].sort() : [""],
  method: methodIn(answer.method) ?? "",
});

export const liveWebhooks = <Held extends WebhookParams>({ method, ...held }: Held) => ({
  ...held,
  method: methodIn(method),
});

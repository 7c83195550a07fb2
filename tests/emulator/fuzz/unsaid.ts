import fc from "fast-check";
import { defaultAccountSid } from "../../../emulator/index";
import { always, type Later, oneOf, taken } from "./draws";

// What parameters and paths mean though the documents' schemas do not say so.

const definition = {
  states: [{ name: "Trigger", type: "trigger", transitions: [{ event: "incomingMessage" }] }],
  initial_state: "Trigger",
};
const configuration = (queue: string) => ({
  task_routing: { filters: [], default_filter: { queue } },
});

/** What a parameter means that its schema does not tell, by its name. */
export const meanings: readonly (readonly [name: RegExp, values: fc.Arbitrary<Later>])[] = [
  [/^Definition$/, oneOf(JSON.stringify(definition))],
  [
    /^Configuration$/,
    taken((known, number, path) => JSON.stringify(configuration(known.sid("WQ", number, path)))),
  ],
  [/attributes$/i, oneOf("{}", '{"a":1}', '{"skills":["b"],"c":{"d":null}}')],
  [/^(Date|VirtualStartTime)/, oneOf("2020-01-01T00:00:00Z", "2030-01-01T00:00:00+02:00")],
  [/(ur[li]|callback)$/i, oneOf("https://example.com/a", "http://example.com", "https://example.org/?q=1#f")],
  [/^Type$/, oneOf("sms", "SMS", "whatsapp")],
  [
    /^sender_id$/,
    fc.nat(99).map((number) => always(`whatsapp:+150171226${String(number).padStart(2, "0")}`)),
  ],
  [/timer|^Timers/i, oneOf("PT1M", "PT10M", "P1D", "P40D")],
  [/^AddressCountry$/, oneOf("US", "DE")],
  [/^account_sid$/, oneOf(defaultAccountSid)],
  [/^vertical$/, oneOf("Automotive", "Other")],
  [/^websites$/, oneOf([{ website: "https://example.com", label: "Website" }], [], null)],
  [/^emails$/, oneOf([{ email: "a@example.com", label: "Email" }], [], null)],
  [/^phone_numbers$/, oneOf([{ phone_number: "+15017122661", label: "Phone" }], [], null)],
  [/^Permission$/, oneOf("sendMessage", "editOwnMessage")],
  [/^Template$/, oneOf("NONE", "FIFO")],
  [/^ApiVersion$/, oneOf("2010-04-01")],
  [/^Ordering$/, oneOf("DateCreated:asc", "Priority:desc,DateCreated:asc", "FriendlyName:asc")],
  [
    /^(Address|.*Number|From|To|Identifier)$/,
    fc.oneof(
      oneOf("+15017122661", "+15558675310", "+12065550100", "+447700900000", "whatsapp:+15017122661"),
      taken((known, number) => known.text("phone_number", number)),
    ),
  ],
];

export const prefixes: Record<string, string> = {
  AlphaSenders: "AI",
  Channels: "CH",
  ChannelSenders: "XE",
  ChatServices: "IS",
  Conversations: "CH",
  Members: "MB",
  Messages: "IM",
  Participants: "MB",
  PhoneNumbers: "PN",
  Senders: "XE",
  ShortCodes: "SC",
  TaskChannels: "TC",
  Users: "US",
};

/** Some paths take a SID or a name, so that the document has no pattern for them. */
export const prefixOf = (name: string, template: string) =>
  prefixes[name === "Sid" ? (template.split("/").at(-2) ?? "") : name.replace(/Sid$/, "s")] ?? "";

/** What an operation wants or does not want though its schema does not say so. */
export const wanted: Record<string, RegExp> = {
  CreateIncomingPhoneNumber: /^PhoneNumber$/,
  CreateConfigurationAddress: /^Address$/,
  CreateChannelsSender: /^(sender_id|profile)$/,
  CreateWorkflow: /^Configuration$/,
};
export const unwanted: Record<string, RegExp> = {
  UpdateConfiguration:
    /^(date_|status$|url$|flex_url$|service_version$|taskrouter_workspace_sid$)|instance_sid$/,
  CreateTask: /^(VirtualStartTime|RoutingTarget|IgnoreCapacity|TaskQueueSid)$/,
  ListTask: /^(RoutingTarget|EvaluateTaskAttributes)$/,
  ListWorker: /^(Task|TargetWorkers)/,
};

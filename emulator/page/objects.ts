import { type Account, collectionNames } from "../account/state";
import { isObject } from "../api/body";
import { redactParams } from "../api/request-log";
import { type Html, html } from "./html";

/** What matters of an object besides its name, as paths into its record. Kinds that are not here show their names only. */
export const facts: Record<string, string[]> = {
  flexFlows: ["channel_type", "contact_identity", "integration_type", "enabled"],
  proxyServices: ["chat_instance_sid", "out_of_session_callback_url"],
  phoneNumbers: ["phone_number", "sms_url", "sms_application_sid"],
  studioFlows: ["revisions.-1.status", "revisions.-1.revision"],
  chatServices: ["reachability_enabled"],
  chatChannels: ["service_sid", "type"],
  chatRoles: ["type", "service_sid"],
  proxyPhoneNumbers: ["phone_number", "service_sid"],
  shortCodes: ["short_code", "sms_url"],
  applications: ["sms_url", "voice_url"],
  addressConfigurations: ["type", "address", "auto_creation.enabled", "auto_creation.type"],
  conversations: ["state", "chat_service_sid"],
  messagingServices: ["inbound_request_url", "use_inbound_webhook_on_number"],
  messagingPhoneNumbers: ["service_sid"],
  messagingShortCodes: ["service_sid"],
  messagingAlphaSenders: ["service_sid"],
  messagingChannelSenders: ["service_sid"],
  channelsSenders: ["sender_id", "status", "webhook.callback_url"],
  taskrouterWorkflows: ["workspace_sid"],
  taskrouterTaskQueues: ["target_workers", "task_order"],
  taskrouterTaskChannels: ["unique_name"],
  taskrouterActivities: ["available"],
  taskrouterWorkers: ["activity_sid"],
  taskrouterTasks: ["assignment_status", "workflow_sid"],
};

const names = ["friendly_name", "profile.name", "unique_name", "revisions.-1.friendly_name"];
const most = 100;

/** All objects of an account, by kind. */
export function objectsOf(account: Account): Html {
  const kinds = Object.entries(account).flatMap(([name, records]) =>
    collectionNames.includes(name) && isObject(records) ? [{ name, records: Object.entries(records) }] : [],
  );
  const empty = kinds.filter(({ records }) => records.length === 0);
  return html`<div class="kinds">${kinds
    .filter(({ records }) => records.length > 0)
    .map(({ name, records }) => kindOf(account.sid, name, records))}</div>
${empty.length > 0 && html`<p class="none">None: ${empty.map(({ name }) => titleOf(name)).join(", ")}</p>`}`;
}

function kindOf(accountSid: string, name: string, records: [string, unknown][]): Html {
  return html`<details id="${accountSid}-${name}"><summary>${titleOf(name)} <span class="count">${records.length}</span></summary>
<ul>${records.slice(0, most).map(([sid, record]) => objectOf(sid, record, facts[name] ?? []))}
${records.length > most && html`<li>and ${records.length - most} more in GET /_emulator/state</li>`}</ul></details>`;
}

/** Whatever is shown goes the way of logged parameters, which lose their credentials. */
function objectOf(sid: string, record: unknown, paths: string[]): Html {
  const { name, ...shown } = redactParams([
    ["name", names.map((path) => at(record, path)).find(Boolean) ?? sid],
    ...paths.map((path): [string, unknown] => [path.split(".").at(-1) ?? path, at(record, path)]),
  ]);
  return html`<li><b>${String(name)}</b> <code>${sid}</code> <span class="facts">${Object.entries(shown).map(
    ([fact, value]) => html`<span>${fact} <span class="value">${textOf(value)}</span></span> `,
  )}</span></li>`;
}

const textOf = (value: unknown) =>
  value === "" || value === null || value === undefined ? "–" : String(value);

/** The value at `a.b`; `-1` is the last item of a list. */
export function at(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((inside, key) => {
    if (Array.isArray(inside)) return inside.at(Number(key));
    return isObject(inside) ? inside[key] : undefined;
  }, value);
}

/** `taskrouterTaskQueues`: `TaskRouter task queues`. */
const titleOf = (collection: string) =>
  collection
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/^./, (letter) => letter.toUpperCase())
    .replace(/^Taskrouter/, "TaskRouter")
    .replace(/^Studio/, "Studio")
    .replace(/^Flex flows/, "Flex Flows");

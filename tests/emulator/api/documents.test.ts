import { loadDocuments } from "../../../emulator/api/documents";
import type { DocumentedOperation, OpenApiDocument } from "../../../emulator/api/openapi";
import { ask, useEmulator } from "../support";

// What version 2.6.7 of Twilio's documents has and version 2.3.4 had not, as far as the product or its users meet it.
const documents = loadDocuments();

function documentNamed(name: string): OpenApiDocument {
  const document = documents.get(name);
  if (!document) throw new Error(`There is no document ${name}`);
  return document;
}

function operationNamed(name: string, id: string): DocumentedOperation {
  const operations = Object.values(documentNamed(name).paths).flatMap((item) => Object.values(item));
  const operation = operations.find(({ operationId }) => operationId === id);
  if (!operation) throw new Error(`${name} has no operation ${id}`);
  return operation;
}

const schema = (document: string, name: string) => documentNamed(document).components.schemas[name];
const bodyOf = (document: string, id: string) =>
  Object.values(operationNamed(document, id).requestBody?.content ?? {})[0]?.schema.properties ?? {};

test.each([
  ["conversations_v1", "conversation_enum_state", ["initializing"]],
  ["conversations_v1", "service_binding_enum_binding_type", ["twilsock"]],
  ["flex_v1", "interaction_channel_enum_channel_status", ["pause", "transfer"]],
  ["chat_v2", "user_channel_enum_channel_status", ["notParticipating"]],
  ["messaging_v2", "channels_sender_enum_status", ["TWILIO_REVIEW", "DRAFT"]],
])("%s: %s has %j", (document, name, values) => {
  expect(schema(document, name)?.enum).toEqual(expect.arrayContaining(values));
});

test.each([
  ["messaging_v2", "messaging.v2.channels_sender_response", ["compliance", "friendly_name"]],
  ["messaging_v2", "messaging.v2.channels_sender.configuration", ["account_type"]],
  ["messaging_v2", "messaging.v2.channels_sender.profile", ["banner_url", "accent_color", "use_case"]],
  ["studio_v2", "studio.v2.flow", ["author_sid"]],
  ["studio_v2", "studio.v2.flow.execution", ["contact_sid", "flow_version", "initiated_by"]],
  ["studio_v2", "studio.v2.flow.execution.execution_step", ["type"]],
  ["api_v2010", "api.v2010.account.incoming_phone_number", ["type"]],
])("%s: %s shows %j", (document, name, keys) => {
  expect(Object.keys(schema(document, name)?.properties ?? {})).toEqual(expect.arrayContaining(keys));
});

test.each([
  ["flex_v2", "CreateWebChannel", "Identity"],
  ["api_v2010", "CreateMessage", "FallbackFrom"],
  ["studio_v2", "CreateFlow", "AuthorSid"],
])("%s: %s takes %s", (document, id, name) => {
  expect(Object.keys(bodyOf(document, id))).toContain(name);
});

test("an interaction answers 200, and executions are listed by status", () => {
  expect(Object.keys(operationNamed("flex_v1", "CreateInteraction").responses)).toEqual(["200"]);
  const names = operationNamed("studio_v2", "ListExecution").parameters?.map(({ name }) => name);
  expect(names).toContain("status");
});

test.each([
  ["ListChannel", 100],
  ["ListUserChannel", 50],
  ["ListBinding", 50],
  ["ListChannelWebhook", 5],
])("a page of chat's %s has at most %i", (id, most) => {
  const size = operationNamed("chat_v2", id).parameters?.find(({ name }) => name === "PageSize");
  expect(size?.schema.maximum).toBe(most);
});

describe("in the emulator", () => {
  const emulator = useEmulator();

  test("the list of countries has no pages", async () => {
    const account = "/api.twilio.com/2010-04-01/Accounts/ACe0000000000000000000000000000001";
    const { body } = await ask(emulator.current, `${account}/AvailablePhoneNumbers.json`);
    expect(Object.keys(body)).toEqual(["countries", "uri"]);
  });

  test.each([
    ["messaging.twilio.com/v2/Indicators/Typing.json", "messaging_v2 CreateTypingIndicator"],
    ["flex-api.twilio.com/v2/WebChats", "flex_v2 CreateWebChannel"],
  ])("%s is known and not imitated", async (path, operation) => {
    const answer = await ask(emulator.current, `/${path}`, { method: "POST" });
    expect(answer).toMatchObject({
      status: 501,
      body: { message: `${operation} is not imitated by this emulator` },
    });
  });
});

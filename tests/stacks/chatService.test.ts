import type * as pulumi from "@pulumi/pulumi";
import { type ChatService as LiveService, seeded } from "../../emulator/index";
import { ChatService, type ChatServiceArgs } from "../../provider/index";
import { onStack } from "./onStack";

const stack = onStack();

const service =
  (args: ChatServiceArgs, name = "support", opts?: pulumi.CustomResourceOptions) =>
  async () => {
    const made = new ChatService(name, args, opts);
    return { sid: made.sid, friendlyName: made.friendlyName, reachabilityEnabled: made.reachabilityEnabled };
  };

const services = () => stack.account().chatServices;
const seededServices: string[] = [seeded.chatService, seeded.flexService];

/** The one service that the program made. */
function made(): LiveService {
  const [only, ...others] = Object.values(services()).filter(({ sid }) => !seededServices.includes(sid));
  if (!only || others.length > 0)
    throw new Error(`the program made ${only ? others.length + 1 : 0} services`);
  return only;
}

function adopted(): LiveService {
  const found = services()[seeded.flexService];
  if (!found) throw new Error("the Flex service is gone");
  return found;
}

const up = (args: ChatServiceArgs) => stack.tryUp(service(args));

/** Everything that can be taken away again, and nothing at its default. */
const everything = {
  readStatusEnabled: false,
  reachabilityEnabled: true,
  typingIndicatorTimeout: 7,
  consumptionReportInterval: 20,
  notifications: {
    newMessage: { enabled: true, template: "A message", sound: "ping", badgeCountEnabled: true },
    addedToChannel: { enabled: true, template: "Added", sound: "pong" },
    removedFromChannel: { enabled: true, template: "Removed", sound: "pang" },
    invitedToChannel: { enabled: true, template: "Invited", sound: "pung" },
    logEnabled: true,
  },
  preWebhookUrl: "https://example.com/before",
  postWebhookUrl: "https://example.com/after",
  webhookMethod: "GET",
  webhookFilters: ["onMessageSent", "onChannelAdded"],
  limits: { channelMembers: 10, userChannels: 20 },
  preWebhookRetryCount: 1,
  postWebhookRetryCount: 2,
} satisfies ChatServiceArgs;

const everythingLive = {
  read_status_enabled: false,
  reachability_enabled: true,
  typing_indicator_timeout: 7,
  consumption_report_interval: 20,
  notifications: {
    new_message: { enabled: true, template: "A message", sound: "ping", badge_count_enabled: true },
    added_to_channel: { enabled: true, template: "Added", sound: "pong" },
    removed_from_channel: { enabled: true, template: "Removed", sound: "pang" },
    invited_to_channel: { enabled: true, template: "Invited", sound: "pung" },
    log_enabled: true,
  },
  pre_webhook_url: "https://example.com/before",
  post_webhook_url: "https://example.com/after",
  webhook_method: "GET",
  webhook_filters: ["onChannelAdded", "onMessageSent"],
  limits: { channel_members: 10, user_channels: 20 },
  pre_webhook_retry_count: 1,
  post_webhook_retry_count: 2,
};

/** What the documentation says a new service has. */
const defaults = {
  read_status_enabled: true,
  reachability_enabled: false,
  typing_indicator_timeout: 5,
  consumption_report_interval: 10,
  notifications: {
    new_message: { enabled: false, badge_count_enabled: false },
    added_to_channel: { enabled: false },
    removed_from_channel: { enabled: false },
    invited_to_channel: { enabled: false },
    log_enabled: false,
  },
  pre_webhook_url: null,
  post_webhook_url: null,
  webhook_method: "POST",
  webhook_filters: null,
  limits: { channel_members: 100, user_channels: 250 },
  pre_webhook_retry_count: 0,
  post_webhook_retry_count: 0,
};

/** Arguments that Twilio does not give back what they replace. */
const lasting = {
  defaultServiceRoleSid: `RL${"e1".padEnd(31, "0")}1`,
  defaultChannelRoleSid: `RL${"e1".padEnd(31, "0")}2`,
  defaultChannelCreatorRoleSid: `RL${"e1".padEnd(31, "0")}3`,
  media: { compatibilityMessage: "There is a file" },
} satisfies ChatServiceArgs;

describe("a service's life", () => {
  stack.afresh();

  test("with nothing but a name it is made by one request, under its Pulumi name", async () => {
    const created = await up({});
    expect(created.requests).toEqual(["CreateService FriendlyName"]);
    expect(made().friendly_name).toBe("support");
    expect(created.outputs).toEqual({
      sid: made().sid,
      friendlyName: "support",
      reachabilityEnabled: false,
    });
    expect(await up({})).toMatchObject({ steps: {}, requests: [] });
  });

  test("every argument is updated, all in one request", async () => {
    const { requests } = await up({ friendlyName: "Support", ...everything, ...lasting });
    expect(requests).toHaveLength(1);
    expect(made()).toMatchObject({
      friendly_name: "Support",
      ...everythingLive,
      default_service_role_sid: lasting.defaultServiceRoleSid,
      default_channel_role_sid: lasting.defaultChannelRoleSid,
      default_channel_creator_role_sid: lasting.defaultChannelCreatorRoleSid,
      media: { compatibility_message: "There is a file" },
    });
  });

  test("nothing changes where filters come in another order and the method in lower case", async () => {
    const webhookMethod: ChatServiceArgs["webhookMethod"] = JSON.parse('"get"');
    const webhookFilters = ["onChannelAdded", "onMessageSent"];
    const args = { friendlyName: "Support", ...everything, ...lasting, webhookMethod, webhookFilters };
    expect(await up(args)).toMatchObject({ steps: {}, requests: [] });
  });

  test("an update carries only what differs", async () => {
    const { newMessage, ...rest } = everything.notifications;
    const { requests, diffs } = await up({
      friendlyName: "Support",
      ...everything,
      ...lasting,
      notifications: { ...rest, newMessage: { ...newMessage, template: "News" } },
      limits: { channelMembers: 10, userChannels: 21 },
    });
    expect(requests).toEqual(["UpdateService Limits.UserChannels Notifications.NewMessage.Template"]);
    expect(diffs.support?.sort()).toEqual(["limits.userChannels", "notifications.newMessage.template"]);
    expect(made().notifications).toEqual({
      ...everythingLive.notifications,
      new_message: { ...everythingLive.notifications.new_message, template: "News" },
    });
  });

  test("roles and the media text cannot be taken away: preview says so, and nothing is touched", async () => {
    const refused = await stack.preview(service({ friendlyName: "Support", ...everything }));
    expect(refused.failed).toBe(true);
    expect(refused.requests).toEqual([]);
    for (const [argument, why] of [
      ["defaultServiceRoleSid", "Twilio has put one there which it does not give back"],
      ["defaultChannelRoleSid", "Twilio has put one there which it does not give back"],
      ["defaultChannelCreatorRoleSid", "Twilio has put one there which it does not give back"],
      ["media.compatibilityMessage", "Twilio keeps the last one; give another"],
    ]) {
      expect(refused.output).toContain(`${argument}: cannot be removed; ${why}`);
    }
    const removal = await stack.tryUp(service({ friendlyName: "Support", ...everything }));
    expect(removal).toMatchObject({ failed: true, requests: [] });
  });

  test("everything else goes back to its default when it is taken away; the name stays", async () => {
    const { requests } = await up(lasting);
    expect(requests).toHaveLength(1);
    expect(made()).toMatchObject({ friendly_name: "Support", ...defaults });
    expect(made().default_service_role_sid).toBe(lasting.defaultServiceRoleSid);
    expect(await up(lasting)).toMatchObject({ steps: {}, requests: [] });
  });

  test("drift of what is not declared is shown, however deep, and goes back to the default", async () => {
    const live = made();
    live.notifications.new_message.enabled = true;
    live.notifications.invited_to_channel.sound = "ping";
    live.limits.user_channels = 30;
    live.webhook_filters = ["onMessageSent"];
    live.pre_webhook_url = "https://user:pass@example.com/by-hand?key=1";
    live.friendly_name = "By hand";
    const { diffs } = await stack.refresh();
    expect(diffs.support?.sort()).toEqual(["limits", "notifications", "preWebhookUrl", "webhookFilters"]);
    expect(JSON.stringify(await stack.stored())).not.toContain("user:pass");

    const { requests } = await up(lasting);
    expect(requests).toEqual([
      [
        "UpdateService Limits.UserChannels Notifications.InvitedToChannel.Sound Notifications.NewMessage.Enabled",
        "PreWebhookUrl WebhookFilters",
      ].join(" "),
    ]);
    expect(made()).toMatchObject({ ...defaults, friendly_name: "By hand" });
    expect((await stack.refresh()).steps).toEqual({});
  });

  test("drift of what is declared is shown property by property, and repaired", async () => {
    await up({ ...everything, ...lasting, friendlyName: "Support" });
    const live = made();
    live.friendly_name = "By hand";
    live.notifications.new_message.template = "By hand";
    live.limits.channel_members = 11;
    live.webhook_filters = ["onChannelAdded", "onMemberAdded"];
    live.media.compatibility_message = "By hand";
    live.post_webhook_url = null;
    const { diffs } = await stack.refresh();
    expect(diffs.support?.sort()).toEqual([
      "friendlyName",
      "limits.channelMembers",
      "media.compatibilityMessage",
      "notifications.newMessage.template",
      "postWebhookUrl",
      "webhookFilters[1]",
    ]);

    await up({ ...everything, ...lasting, friendlyName: "Support" });
    expect(made()).toMatchObject({ friendly_name: "Support", ...everythingLive });
    expect(made().media.compatibility_message).toBe("There is a file");
    expect((await stack.refresh()).steps).toEqual({});
  });

  test("declaring a default, or taking it away, is known to the state and makes no request", async () => {
    await up(lasting);
    const steps = { support: "update" };
    const outputs = { reachabilityEnabled: false };
    const declared = await up({ ...lasting, reachabilityEnabled: false });
    expect(declared).toMatchObject({ steps, requests: [], outputs });
    expect((await stack.refresh()).steps).toEqual({});

    const removed = await up(lasting);
    expect(removed).toMatchObject({ steps, requests: [], outputs });
    expect((await stack.refresh()).steps).toEqual({});
    expect(await up(lasting)).toMatchObject({ steps: {}, requests: [] });
  });

  test("one that was deleted by hand is created again, and then finished by a second request", async () => {
    const before = made().sid;
    delete services()[before];
    expect((await stack.refresh()).steps).toEqual({ support: "delete" });
    const { steps, requests } = await up({ typingIndicatorTimeout: 9 });
    expect(steps).toEqual({ support: "create" });
    expect(requests).toEqual(["CreateService FriendlyName", "UpdateService TypingIndicatorTimeout"]);
    expect(made()).toMatchObject({ friendly_name: "support", typing_indicator_timeout: 9 });
    expect(made().sid).not.toBe(before);
  });

  test("a forced replace makes a new one before the old one goes", async () => {
    const before = made().sid;
    const replaced = await stack.tryUp(service({}), ["support"]);
    expect(replaced.steps.support).toContain("replace");
    expect(replaced.requests.at(0)).toBe("CreateService FriendlyName");
    expect(replaced.requests.at(-1)).toBe("DeleteService");
    expect(made().sid).not.toBe(before);
  });

  test("renamed with an alias it stays; without one it is another service", async () => {
    const before = made().sid;
    const kept = await stack.tryUp(service({}, "help", { aliases: [{ name: "support" }] }));
    expect(kept).toMatchObject({ steps: {}, requests: [] });
    expect(made()).toMatchObject({ sid: before, friendly_name: "support" });

    expect((await stack.tryUp(service({}, "desk"))).steps).toEqual({ desk: "create", help: "delete" });
    expect(made().friendly_name).toBe("desk");
    expect(made().sid).not.toBe(before);
  });

  test("destroy deletes it, and has nothing to say where it is gone already", async () => {
    await stack.destroy();
    expect(Object.keys(services())).toEqual(seededServices);

    await up({});
    delete services()[made().sid];
    expect(await stack.destroy()).toMatchObject({ failed: false, steps: { support: "delete" } });
  });
});

describe("a service that exists already", () => {
  stack.afresh();
  beforeAll(() => {
    Object.assign(adopted(), {
      reachability_enabled: true,
      webhook_filters: ["onMessageSent"],
      limits: { channel_members: 50, user_channels: 60 },
    });
  });

  const adoption = { adopt: seeded.flexService, typingIndicatorTimeout: 8, limits: { channelMembers: 50 } };
  const { adopt, ...unadopted } = adoption;
  const untouched = {
    friendly_name: "Flex Service",
    reachability_enabled: true,
    webhook_filters: ["onMessageSent"],
    limits: { channel_members: 50, user_channels: 60 },
  };

  test("adopt: true is refused in preview, since nothing tells one service from another", async () => {
    const refused = await stack.preview(service({ adopt: true }));
    expect(refused.failed).toBe(true);
    expect(refused.output).toMatch(/adopt: .*Chat service.*adopt: "<SID>"/);
    expect(refused.requests).toEqual([]);
  });

  test("is adopted by its SID: only what is declared and differs is written", async () => {
    const preview = await stack.preview(service(adoption));
    expect(preview.output).toContain(
      `adopting the Chat service "support" (${seeded.flexService}) changes typingIndicatorTimeout`,
    );
    expect(adopted().typing_indicator_timeout).toBe(5);

    const { requests } = await up(adoption);
    expect(requests.at(-1)).toBe("UpdateService TypingIndicatorTimeout");
    expect(requests.filter((request) => /Create|Update/.test(request))).toHaveLength(1);
    expect(adopted()).toMatchObject({ ...untouched, typing_indicator_timeout: 8 });
    expect(await up(adoption)).toMatchObject({ steps: {}, requests: [] });
    expect((await stack.refresh()).steps).toEqual({});
  });

  test("drift of what is not declared goes back to what the adoption found", async () => {
    adopted().reachability_enabled = false;
    adopted().webhook_filters = null;
    adopted().limits.user_channels = 61;
    adopted().friendly_name = "By hand";
    expect((await stack.refresh()).diffs.support?.sort()).toEqual([
      "limits.userChannels",
      "reachabilityEnabled",
      "webhookFilters",
    ]);
    await up(adoption);
    expect(adopted()).toMatchObject({ ...untouched, friendly_name: "By hand" });
  });

  test("control arguments change without a request, and adopt may go", async () => {
    const steps = { support: "update" };
    expect(await up({ ...adoption, deleteAdopted: true, deleteData: true })).toMatchObject({
      steps,
      requests: [],
    });
    expect(await up(adoption)).toMatchObject({ steps, requests: [] });
    expect(await up(unadopted)).toMatchObject({ steps, requests: [] });
    expect(await up(unadopted)).toMatchObject({ steps: {}, requests: [] });
  });

  test("stays on destroy, and goes back to what the adoption found; with onDelete keep it stays as declared", async () => {
    await up({ ...unadopted, onDelete: "keep" });
    expect((await stack.destroy()).requests).toEqual([]);
    expect(adopted()).toMatchObject({ ...untouched, friendly_name: "By hand", typing_indicator_timeout: 8 });

    await up({ ...adoption, typingIndicatorTimeout: 9 });
    expect((await stack.destroy()).requests).toEqual([
      "FetchService",
      "UpdateService TypingIndicatorTimeout",
    ]);
    expect(adopted()).toMatchObject({ ...untouched, friendly_name: "By hand", typing_indicator_timeout: 8 });
  });

  test("survives a rename and a forced replace, even where destroy may delete it", async () => {
    const args = { ...adoption, deleteAdopted: true };
    await up(args);
    expect((await stack.tryUp(service(args, "renamed"))).steps).toEqual({
      renamed: "create",
      support: "delete",
    });
    expect(adopted()).toMatchObject({ typing_indicator_timeout: 8 });
    expect((await stack.tryUp(service(args, "renamed"), ["renamed"])).failed).toBe(false);
    expect(adopted()).toMatchObject({ typing_indicator_timeout: 8 });
  });

  test("goes on destroy with deleteAdopted", async () => {
    await stack.destroy();
    expect(Object.keys(services())).toEqual([seeded.chatService]);
  });
});

describe("when things go wrong", () => {
  stack.afresh();

  test("a service whose second request fails is kept, and finished by the next up", async () => {
    const refusal = { status: 400, code: 50_000, message: "Not now" };
    stack.emulator.addFault({ match: { operationId: "UpdateService" }, times: 1, effect: refusal });
    const args = { typingIndicatorTimeout: 7, notifications: { newMessage: { enabled: true } } };
    const half = await up(args);
    expect(half.failed).toBe(true);
    expect(half.output).toContain('creating the Chat service "support": Not now (HTTP 400, code 50000)');
    const { sid } = made();
    const { resources } = await stack.stored();
    expect(resources.find(({ urn }) => urn.endsWith("::support"))?.id).toBe(sid);

    const finished = await up(args);
    expect(finished.failed).toBe(false);
    expect(finished.requests).toContain(
      "UpdateService Notifications.NewMessage.Enabled TypingIndicatorTimeout",
    );
    expect(made()).toMatchObject({ sid, typing_indicator_timeout: 7 });
    expect(made().notifications.new_message.enabled).toBe(true);
    expect(await up(args)).toMatchObject({ steps: {}, requests: [] });
    await stack.destroy();
  });

  test("a create whose answer is lost makes one service", async () => {
    stack.emulator.addFault({ match: { operationId: "CreateService" }, times: 1, effect: { drop: "after" } });
    const created = await up({ typingIndicatorTimeout: 7 });
    expect(created.failed).toBe(false);
    expect(made()).toMatchObject({ sid: created.outputs.sid, typing_indicator_timeout: 7 });
    await stack.destroy();
  });

  test("a service that holds chats is not deleted, unless deleteData: true was applied", async () => {
    await up({});
    const { sid } = made();
    const channel = { sid: `CH${"1".repeat(32)}`, account_sid: seeded.account, service_sid: sid };
    stack.account().chatChannels[channel.sid] = {
      ...channel,
      friendly_name: "Jane",
      unique_name: null,
      attributes: "{}",
      type: "private",
      created_by: "system",
      date_created: "2026-01-01T00:00:00Z",
      date_updated: "2026-01-01T00:00:00Z",
    };
    const refused = await stack.destroy();
    expect(refused.failed).toBe(true);
    expect(refused.output).toContain(
      `deleting the Chat service "support" (${sid}): it holds chats, which would be lost. ` +
        "To delete it all the same, first set deleteData: true and run up",
    );
    expect(made().sid).toBe(sid);

    expect(await up({ deleteData: true })).toMatchObject({ steps: { support: "update" }, requests: [] });
    expect((await stack.destroy()).failed).toBe(false);
    expect(Object.keys(services())).toEqual(seededServices);
  });

  // Twilio refuses to list the channels of a service that is gone, as github.com/RJPearson94/terraform-provider-twilio
  // found: 403 "Service instance not found". Whichever of the two lists answers first, the service is gone.
  test.each(["ListChannel", "ListConversation"])(
    "a service that is gone already is no error to destroy, %s answering late",
    async (operationId) => {
      await up({});
      delete stack.account().chatServices[made().sid];
      stack.emulator.addFault({ match: { operationId }, times: 1, effect: { delayMs: 300 } });
      expect((await stack.destroy()).failed).toBe(false);
    },
  );
});

import { seeded } from "../../emulator/index";
import {
  ConversationsAddress,
  ConversationsConfiguration,
  FlexFlow,
  MessagingService,
  MessagingServicePhoneNumber,
  PhoneNumberHandler,
  ProxyPhoneNumber,
  ProxyService,
  StudioFlow,
  TaskRouterTaskQueue,
  TaskRouterWorkspaceConfiguration,
} from "../../provider/index";
import { isOnEngine, onStack } from "./onStack";
import { refusalsOf } from "./refusals";

const stack = onStack({ eachTest: true });

const number = "+15017122661";
const missing = (prefix: string) => `${prefix}${"0".repeat(32)}`;
const integration = { type: "studio", flowSid: seeded.studioFlow } as const;
const flow = { chatServiceSid: seeded.chatService, channelType: "sms", integration } as const;
const definition = {
  states: [{ name: "Trigger", type: "trigger", transitions: [] }],
  initial_state: "Trigger",
};
const proxy = { kind: "proxy", proxyServiceSid: seeded.proxyService } as const;

const { run, refusal, refusals } = refusalsOf(stack);

test("a number that is not in the account is refused, by a handler and by a pool", async () => {
  const phoneNumber = "+12065550199";
  expect(
    await refusals(
      () => new PhoneNumberHandler("handler", { phoneNumber, message: proxy }),
      () => new PhoneNumberHandler("other", { phoneNumberSid: missing("PN"), message: proxy }),
      () => new ProxyPhoneNumber("pool", { phoneNumber, serviceSid: seeded.proxyService }),
    ),
  ).toMatch(
    /(?=.*\+12065550199 is not a number of this account)(?=.*resource 'other')(?=.*\+12065550199 is not a phone number of this account)/s,
  );
});

test("a side that somebody else handles is refused, and taken over with old and new values", async () => {
  Object.assign(stack.account().phoneNumbers[seeded.smsNumber] ?? {}, {
    sms_url: "https://user:pass@example.com/x",
  });
  const handler = (onConflict?: "takeOver") =>
    run(() => new PhoneNumberHandler("handler", { phoneNumber: number, message: proxy, onConflict }));
  const output = await refusal(handler());
  expect(output).toContain("message: https://example.com/*** already handles it. Nothing was changed.");
  expect(output).toContain('set onConflict: "takeOver"');
  const taken = await stack.preview(handler("takeOver"));
  expect(taken.failed).toBe(false);
  expect(taken.output).toContain(
    'changes smsUrl "https://example.com/***" → "https://webhooks.twilio.com/v1/Accounts/',
  );
  expect(output + taken.output).not.toContain("pass@");
});

test("an address, a Flex Flow, a Proxy service and a queue that exist are refused, and named", async () => {
  const autoCreation = { type: "default" } as const;
  await stack.up(
    run(() => {
      new ConversationsAddress("address", { type: "sms", address: number, autoCreation });
      new FlexFlow("flow", { ...flow, contactIdentity: number });
      new ProxyService("proxy", { uniqueName: "support" });
      new TaskRouterTaskQueue("queue", { workspaceSid: seeded.workspace, friendlyName: "Support" });
    }),
  );
  const output = await refusals(
    () => new ConversationsAddress("address2", { type: "sms", address: number, autoCreation }),
    () => new FlexFlow("flow2", { ...flow, contactIdentity: number }),
    () => new ProxyService("proxy2", { uniqueName: "support" }),
    () => new TaskRouterTaskQueue("queue2", { workspaceSid: seeded.workspace, friendlyName: "Support" }),
  );
  for (const prefix of ["IG", "FO", "KS", "WQ"])
    expect(output).toMatch(
      new RegExp(`${prefix}\\w{32} is there already; take it over with adopt: "${prefix}`),
    );
});

test("one thing that two resources declare is refused, also once by SID and once by number", async () => {
  expect(
    await refusal(
      run(() => {
        new FlexFlow("one", { ...flow, contactIdentity: number });
        new FlexFlow("two", { ...flow, contactIdentity: number });
      }),
    ),
  ).toMatch(/another resource of this program, "(one|two)", declares the same Flex Flow/);
  expect(
    await refusal(
      run(() => {
        new PhoneNumberHandler("one", { phoneNumber: number, message: proxy });
        new PhoneNumberHandler("two", { phoneNumberSid: seeded.smsNumber, message: proxy });
      }),
    ),
  ).toContain(`another resource of this stack declares message of the same ${seeded.smsNumber}`);
  expect(
    await refusal(
      run(() => {
        const serviceSid = seeded.proxyService;
        new ProxyPhoneNumber("one", { phoneNumber: number, serviceSid });
        new ProxyPhoneNumber("two", { phoneNumberSid: seeded.smsNumber, serviceSid });
      }),
    ),
  ).toMatch(/another resource of this program, "(one|two)", declares the same Proxy phone number/);
});

test("a member of another service is refused; one that moves there is not", async () => {
  const second = () => new MessagingService("second", { useInboundWebhookOnNumber: true });
  const member = (serviceSid: string, name = "member") =>
    new MessagingServicePhoneNumber(name, { serviceSid, phoneNumberSid: seeded.smsNumber });
  await stack.up(run(() => void [second(), member(seeded.messagingService)]));
  const sid = Object.keys(stack.account().messagingServices).find((one) => one !== seeded.messagingService);
  const moved = await stack.preview(run(() => void [second(), member(String(sid))]));
  expect({ failed: moved.failed, steps: moved.steps }).toEqual({
    failed: false,
    steps: { member: expect.stringContaining("replace") },
  });
  expect(await refusal(run(() => void [second(), member(String(sid), "another")]))).toContain(
    `It is in the Messaging Service ${seeded.messagingService}`,
  );
});

test("a Proxy pool refuses a number that is in a Messaging Service, also where that is taken out of it in the same run", async () => {
  const joined = () =>
    new MessagingServicePhoneNumber("member", {
      serviceSid: seeded.messagingService,
      phoneNumberSid: seeded.smsNumber,
    });
  const pool = (named: object) => new ProxyPhoneNumber("pool", { serviceSid: seeded.proxyService, ...named });
  await stack.up(run(joined));
  for (const named of [{ phoneNumber: number }, { phoneNumberSid: seeded.smsNumber }])
    expect(await refusal(run(() => void [joined(), pool(named)]))).toContain(
      `A number that is in a Messaging Service, as this one is in ${seeded.messagingService} (`,
    );
  const { failed, output } = await stack.tryUp(run(() => void pool({ phoneNumber: number })));
  expect({ failed, output }).toMatchObject({ failed: true });
  expect(output).toContain("take it out there, and give its MessagingServicePhoneNumber dependsOn");
});

test("an address that is no number, short code or sender of the account is refused, or said where Twilio does not say", async () => {
  const autoCreation = { type: "default" } as const;
  const output = await refusals(
    () => new ConversationsAddress("sms", { type: "sms", address: "+12065550199", autoCreation }),
    () =>
      new ConversationsAddress("short", {
        type: "sms",
        address: "12345",
        addressCountry: "US",
        autoCreation,
      }),
  );
  expect(output).toContain(
    "address: +12065550199 is not a phone number of this account; give one that is, buy it first (PhoneNumber), or check whose credentials these are",
  );
  expect(output).toContain("address: 12345 is not a short code of this account; give one that is");
  const unknown = await stack.preview(
    run(() => {
      new ConversationsAddress("one", { type: "whatsapp", address: "whatsapp:+12065550199", autoCreation });
      new ConversationsAddress("sms", { type: "sms", address: number, autoCreation });
      new ConversationsAddress("short", {
        type: "sms",
        address: "898989",
        addressCountry: "US",
        autoCreation,
      });
    }),
  );
  expect(unknown.failed).toBe(false);
  expect(unknown.output).toContain("whatsapp:+12065550199 is not a WhatsApp sender of this account");
  // The engine also prints what is to be created.
  expect(unknown.output).not.toMatch(/(898989|\+15017122661) is not/);
});

test("a SID that names nothing is refused, with its place", async () => {
  const output = await refusals(
    () => new FlexFlow("flow", { ...flow, integration: { type: "studio", flowSid: missing("FW") } }),
    () =>
      new FlexFlow("task", {
        ...flow,
        integration: { type: "task", workspaceSid: seeded.workspace, workflowSid: missing("WW") },
      }),
    () => new ProxyService("proxy", { uniqueName: "x", chatInstanceSid: missing("IS") }),
  );
  expect(output).toContain(`integration.flowSid: ${missing("FW")} is not in account`);
  expect(output).toContain(
    `integration.workflowSid: ${missing("WW")} is not in workspace ${seeded.workspace}`,
  );
  expect(output).toContain(`chatInstanceSid: ${missing("IS")} is not in account`);
});

test("a SID that names nothing is refused also where an update is to lead there", async () => {
  const { workspace: workspaceSid } = seeded;
  const autoCreation = (studioFlowSid: string) => ({ type: "studio", studioFlowSid }) as const;
  const changes: [string, string, (sid: string) => unknown][] = [
    [
      "integration.flowSid",
      seeded.studioFlow,
      (flowSid) => new FlexFlow("one", { ...flow, integration: { type: "studio", flowSid } }),
    ],
    [
      "autoCreation.studioFlowSid",
      seeded.studioFlow,
      (sid) =>
        new ConversationsAddress("one", { type: "chat", address: "page", autoCreation: autoCreation(sid) }),
    ],
    [
      "message.proxyServiceSid",
      seeded.proxyService,
      (proxyServiceSid) =>
        new PhoneNumberHandler("one", { phoneNumber: number, message: { kind: "proxy", proxyServiceSid } }),
    ],
    [
      "chatInstanceSid",
      seeded.chatService,
      (chatInstanceSid) => new ProxyService("one", { uniqueName: "one", chatInstanceSid }),
    ],
    [
      "assignmentActivitySid",
      seeded.availableActivity,
      (assignmentActivitySid) => new TaskRouterTaskQueue("one", { workspaceSid, assignmentActivitySid }),
    ],
    [
      "defaultActivitySid",
      seeded.availableActivity,
      (defaultActivitySid) =>
        new TaskRouterWorkspaceConfiguration("one", { workspaceSid, defaultActivitySid }),
    ],
    [
      "defaultMessagingServiceSid",
      seeded.messagingService,
      (defaultMessagingServiceSid) => new ConversationsConfiguration("one", { defaultMessagingServiceSid }),
    ],
  ];
  const all = (changed?: string) =>
    run(() => {
      for (const [path, sid, declare] of changes) declare(path === changed ? missing(sid.slice(0, 2)) : sid);
    });
  await stack.up(all());
  for (const [path, sid] of changes)
    expect(await refusal(all(path))).toContain(`${path}: ${missing(sid.slice(0, 2))} is not in `);
  expect(await stack.up(all())).toMatchObject({ steps: {}, requests: [], looks: [] });
});

test("an update to a key that is taken is said in preview, and refused where this program has both", async () => {
  const service = (name: string, uniqueName: string) => new ProxyService(name, { uniqueName });
  await stack.up(run(() => void service("one", "first")));
  const warned = await stack.preview(run(() => void service("one", "Flex Proxy Service")));
  expect(warned.failed).toBe(false);
  expect(warned.output).toContain(`${seeded.proxyService} is there already`);
  expect(warned.output).toContain("Unless it is this one, up will refuse");
  await stack.up(run(() => void [service("one", "first"), service("two", "second")]));
  const swapped = await stack.preview(run(() => void [service("one", "second"), service("two", "third")]));
  expect({ failed: swapped.failed, output: swapped.output }).toMatchObject({ failed: false });
  // The engine checks one after the other: of the first, nobody knows yet that the other gives the key up.
  if (!isOnEngine) expect(swapped.output).not.toContain("is there already");
});

test("an adoption says what it changes while other arguments are not known yet", async () => {
  await stack.up(run(() => void new FlexFlow("old", { ...flow, contactIdentity: number })));
  const { output, failed } = await stack.preview(
    run(() => {
      const made = new StudioFlow("made", { status: "published", definition });
      new FlexFlow("flow", {
        ...flow,
        integration: { type: "studio", flowSid: made.sid },
        friendlyName: "Renamed",
        contactIdentity: number,
        adopt: true,
      });
    }),
  );
  expect(failed).toBe(false);
  expect(output).toMatch(
    /adopting the Flex Flow "flow" \(FO\w+\) changes .*friendlyName.*not known yet: .*integration/,
  );
});

test("many resources cost one list a kind and parent, and the next up none", async () => {
  const numbers = Array.from({ length: 30 }, (_, index) => `+1206555${String(index).padStart(4, "0")}`);
  const many = run(() => {
    for (const address of numbers) {
      new FlexFlow(`flow${address}`, { ...flow, contactIdentity: address });
      new ConversationsAddress(`address${address}`, {
        type: "chat",
        address: `chat ${address}`,
        autoCreation: { type: "studio", studioFlowSid: seeded.studioFlow },
      });
    }
    new PhoneNumberHandler("handler", { phoneNumber: number, message: proxy });
    new PhoneNumberHandler("voice", {
      phoneNumberSid: seeded.smsNumber,
      voice: { kind: "studio", studioFlowSid: seeded.studioFlow },
    });
  });
  const preview = await stack.preview(many);
  expect(preview.failed).toBe(false);
  expect(stack.emulator.requests.map(({ operationId }) => operationId).sort()).toEqual([
    "ListConfigurationAddress",
    "ListFlexFlow",
    "ListFlow",
    "ListIncomingPhoneNumber",
    "ListService",
    "ListService",
  ]);
  await stack.up(many);
  expect(await stack.up(many)).toMatchObject({ steps: {}, requests: [], looks: [] });
});

test("with validate: offline nothing is looked at", async () => {
  await stack.configure({ validate: "offline" });
  const { failed, asked, looks } = await stack.preview(
    run(() => new FlexFlow("flow", { ...flow, integration: { type: "studio", flowSid: missing("FW") } })),
  );
  expect({ failed, asked, looks }).toEqual({ failed: false, asked: [], looks: [] });
});

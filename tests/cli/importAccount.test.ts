import { seeded } from "../../emulator/index";
import { types } from "../../provider/cli/account/kinds";
import { allResources } from "../../provider/life/define";
import { clientOf } from "../emulator/support";
import { everyClass } from "../lives/program";
import { onStack } from "../stacks/onStack";
import { compilerErrors } from "./imported";
import { accountsOfChance, roundTrip } from "./roundTrip";

// A program reads, is compiled, and runs three times.
jest.setTimeout(180_000);

const stack = onStack();

test("an account with one of every class is taken over as it is, and given back as it was", async () => {
  await stack.up(everyClass());
  const { files, plan } = await roundTrip(stack);
  expect(compilerErrors([files])).toEqual([]);
  const written = new Set(plan.declared.map(({ type }) => type));
  expect(types.filter((type) => !written.has(type))).toEqual([]);
});

test("every class has its place in a project", () => {
  expect([...types].sort()).toEqual(
    allResources()
      .map(({ type }) => type)
      .sort(),
  );
});

describe("an account with addresses", () => {
  stack.afresh({ emulator: { profile: "conversations" } });

  test("is taken over by one component, with --components", async () => {
    const { files } = await roundTrip(stack, { components: true });
    expect(files.get("index.ts")).toMatch(/InboundChannels\([^;]*type: "sms"[^;]*type: "whatsapp"/);
    expect(files.get("index.ts")).not.toContain("new flex.ConversationsAddress(");
    expect(compilerErrors([files])).toEqual([]);
  });
});

describe("an account on Proxy", () => {
  stack.afresh({ emulator: { profile: "legacy" } });

  test("is taken over by one component, with --components, as far as that says the same", async () => {
    const client = clientOf(stack.emulator);
    const smsUrl = `https://webhooks.twilio.com/v1/Accounts/${seeded.account}/Proxy/${seeded.proxyService}/Webhooks/Message`;
    const voiceUrl = "https://example.com/calls";
    for (const sid of [seeded.smsNumber, seeded.legacyNumber])
      await client
        .incomingPhoneNumbers(sid)
        .update({ smsUrl, smsFallbackUrl: "", ...(sid === seeded.smsNumber && { voiceUrl }) });
    await client.proxy.v1.services(seeded.proxyService).phoneNumbers.create({ sid: seeded.smsNumber });
    const flow = { integrationType: "studio", "integration.flowSid": seeded.studioFlow } as const;
    for (const [channelType, contactIdentity, more] of [
      ["sms", "+15017122661", flow],
      ["sms", "+15558675310", { integrationType: "external", "integration.url": "https://example.com/in" }],
      ["facebook", "messenger:104567890123456", flow],
      ["custom", "letters", { ...flow, "integration.retryCount": 1 }],
      ["line", "line:U1", { ...flow, longLived: true }],
    ] as const)
      await client.flexApi.v1.flexFlow.create({
        friendlyName: `Customers by ${channelType}`,
        chatServiceSid: seeded.chatService,
        channelType,
        contactIdentity,
        enabled: true,
        ...more,
      });
    const { files } = await roundTrip(stack, { components: true });
    const program = files.get("index.ts");
    expect(program).toContain('new flex.InboundChannels("inboundChannels", {\n  messaging: "proxy",');
    expect(program).toMatch(
      /type: "sms",\s+phoneNumber: "\+15558675310",\s+adopt: "FO\w+",\s+destination: \{/,
    );
    expect(program?.match(/new flex\.(FlexFlow|PhoneNumberHandler|ProxyPhoneNumber)\(/g)).toEqual([
      "new flex.ProxyPhoneNumber(",
      "new flex.FlexFlow(",
      "new flex.PhoneNumberHandler(",
      "new flex.PhoneNumberHandler(",
    ]);
    // Of the handlers, what they do with calls is left, and of the Flex Flows one with a setting that no channel has.
    expect(program).not.toContain('kind: "proxy"');
    expect(program).toContain("longLived: true");
    expect(compilerErrors([files])).toEqual([]);
  });
});

describe("accounts of chance, with odd names and credentials in URLs", () => accountsOfChance(stack, [1, 2]));

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { seeded } from "../../emulator/index";
import { proxyMessageUrl } from "../../provider/twilio/webhooks";
import { run, shellFor } from "../cli/support";
import { clientOf, control } from "../emulator/support";
import { blocksIn, withBlocks, worthReading } from "./page";
import { useExample } from "./useExample";

const root = join(__dirname, "../..");
const page = join(root, "docs/leaving-programmable-chat.md");

const number = "+15017122661";
const sender = `whatsapp:${number}`;
const patience = 300_000;

const example = useExample("leave-programmable-chat");
/** What the page is to show, by the names of its blocks. */
const printed = new Map<string, string>();

const account = () => example.emulator.state.account();
const flexFlows = () => Object.values(account().flexFlows);
const set = (key: string, value: string) => example.project.pulumi("config", "set", key, value);

/** The step to a path; where the page shows it, as a person takes it: with the preview first. */
async function step(messaging: string, block?: string) {
  await set("messaging", messaging);
  if (block === undefined) return example.run("up");
  const ended = await example.project.pulumi("up", "--yes", "--suppress-outputs", "--suppress-progress");
  printed.set(block, worthReading(ended.output));
  return ended;
}

/** What the stack may change, but for dates. */
const kept = () => {
  const { phoneNumbers, channelsSenders, addressConfigurations, flexFlows, studioFlows, proxyServices } =
    account();
  return JSON.stringify(
    [phoneNumbers, channelsSenders, addressConfigurations, flexFlows, studioFlows, proxyServices],
    (key, value) => (key.startsWith("date_") ? undefined : value),
  );
};

interface Way {
  by: string;
  reaches: string;
  hops: { kind: string; sid: string | null }[];
}

/** The ways on which a message reaches somebody. */
async function waysOf(channel: string, from: string, to: string): Promise<Way[]> {
  const message = { channel, from, to, body: "Where is my parcel?" };
  const { text } = await control(example.emulator, "POST", "inbound", message);
  const { ways }: { ways: Way[] } = JSON.parse(text);
  return ways.filter(({ reaches }) => reaches !== "nobody");
}

let customers = 0;

/** Messages of somebody new on each channel go one way only: whose that is, and whom it reaches. */
async function arrivals(chat: "web" | "chat") {
  const customer = `+1500555${1000 + ++customers}`;
  const all = {
    sms: await waysOf("sms", customer, number),
    whatsapp: await waysOf("whatsapp", `whatsapp:${customer}`, sender),
    web: await waysOf(chat, `visitor-${customers}`, "shop"),
  };
  return Object.entries(all).map(([channel, ways]) => {
    const to = ways.map(({ by, reaches, hops }) => `${reaches} at ${hops.at(-1)?.sid} by ${by}`);
    return `${channel}: ${to.join(" and ")}`;
  });
}

const agentsBy = (path: "handler" | "conversations") =>
  ["sms", "whatsapp", "web"].map((channel) => `${channel}: agents at ${seeded.workflow} by ${path}`);

describe("examples/leave-programmable-chat, run by the CLI", () => {
  const regular = "+15005550006";
  const writes = () => example.emulator.requests.filter(({ method }) => method !== "GET").length;
  let before: string;

  beforeAll(() => {
    before = kept();
  });

  test(
    "on proxy messages reach agents by Flex Flows; a second up changes nothing",
    async () => {
      await set("onConflict", "takeOver");
      expect(await step("proxy")).toMatchObject({ code: 0 });
      expect(await arrivals("web")).toEqual(agentsBy("handler"));
      const [way] = await waysOf("sms", regular, number);
      expect(way).toMatchObject({ by: "handler", reaches: "agents" });
      const written = writes();
      expect(await example.run("up", "--expect-no-changes")).toMatchObject({ code: 0 });
      expect(writes()).toBe(written);
    },
    patience,
  );

  test(
    "conversations at once is refused, channel by channel, and nothing is done",
    async () => {
      const written = writes();
      const refused = await step("conversations", "refused");
      expect(refused.code).not.toBe(0);
      // How many resources are counted by then is chance.
      printed.set("refused", worthReading(refused.output.replace(/^Resources:.*/ms, "")));
      const reasons = [...refused.output.matchAll(/^ {4}error: (\S+): its Flex Flow is enabled/gm)];
      expect(reasons.map(([, channel]) => channel).sort()).toEqual([
        "support-sms",
        "support-web",
        "support-whatsapp",
      ]);
      expect(writes()).toBe(written);
      expect(await arrivals("web")).toEqual(agentsBy("handler"));
    },
    patience,
  );

  test(
    "moving: messages reach agents by conversations, and chats that are open stay",
    async () => {
      expect(await step("moving", "moving")).toMatchObject({ code: 0 });
      expect(await arrivals("chat")).toEqual(agentsBy("conversations"));
      expect(flexFlows().map(({ enabled }) => enabled)).toEqual([false, false, false]);
      const [way] = await waysOf("sms", regular, number);
      expect(way).toMatchObject({ by: "conversations", reaches: "agents" });
      const sessions = Object.values(account().proxySessions);
      expect(sessions.length).toBeGreaterThan(0);
      expect(sessions.filter(({ status }) => status !== "in-progress")).toEqual([]);
      const { output } = await example.project.pulumi("stack", "output", "manualSteps");
      printed.set("by-hand", worthReading(output));
      expect(output).toMatch(/Web chat shop: give the page the address IG\w{32}/);
    },
    patience,
  );

  test(
    "back on proxy; who has a conversation open is answered twice until it is closed",
    async () => {
      expect(await step("proxy", "back")).toMatchObject({ code: 0 });
      expect(await arrivals("web")).toEqual(agentsBy("handler"));
      const ways = await waysOf("sms", regular, number);
      expect(ways.map(({ by }) => by)).toEqual(["conversations", "handler"]);
      const conversation = ways[0]?.hops.find(({ kind }) => kind === "conversation")?.sid ?? "";
      await clientOf(example.emulator)
        .conversations.v1.conversations(conversation)
        .update({ state: "closed" });
      const [way, ...others] = await waysOf("sms", regular, number);
      expect(others).toEqual([]);
      expect(way?.hops.map(({ kind }) => kind)).toEqual(["phoneNumber", "proxyService", "proxySession"]);
    },
    patience,
  );

  test(
    "moving again, and on to conversations, which deletes the Flex Flows",
    async () => {
      expect(await step("moving")).toMatchObject({ code: 0 });
      expect(await arrivals("chat")).toEqual(agentsBy("conversations"));
      expect(await step("conversations", "conversations")).toMatchObject({ code: 0 });
      expect(await arrivals("chat")).toEqual(agentsBy("conversations"));
      expect(flexFlows()).toEqual([]);
      const { code, out } = await run(["trace", number], shellFor(example.emulator));
      printed.set("trace-after", worthReading(out));
      expect(code).toBe(0);
    },
    patience,
  );

  test(
    "a second up changes nothing and writes nothing, and refresh finds nothing that differs",
    async () => {
      const written = writes();
      expect(await example.run("up", "--expect-no-changes")).toMatchObject({ code: 0 });
      expect(await example.run("refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
      expect(writes()).toBe(written);
    },
    patience,
  );

  test(
    "destroy leaves the account as it was",
    async () => {
      expect(await example.run("destroy")).toMatchObject({ code: 0 });
      expect(kept()).toBe(before);
    },
    patience,
  );
});

describe("where all of it was made in the Console", () => {
  const proxyUrl = proxyMessageUrl(seeded.account, seeded.proxyService);
  const clicked = { sms: number, whatsapp: sender, web: "shop" };
  let sids: string[];
  let before: string;

  beforeAll(async () => {
    example.emulator.reset();
    const client = clientOf(example.emulator);
    await client.incomingPhoneNumbers(seeded.smsNumber).update({ smsUrl: proxyUrl });
    const found = account().channelsSenders[seeded.whatsAppSender];
    if (found) found.webhook.callback_url = proxyUrl;
    // The Studio flow of the account, with the trigger of conversations beside that of Flex Flows.
    const { definition } = await client.studio.v2.flows(seeded.studioFlow).fetch();
    definition.states[0].transitions.push({
      event: "incomingConversationMessage",
      next: "SendMessageToAgent",
    });
    await client.studio.v2.flows(seeded.studioFlow).update({ status: "published", definition });
    for (const channelType of ["sms", "whatsapp", "web"] as const) {
      await client.flexApi.v1.flexFlow.create({
        friendlyName: `Flex ${channelType}`,
        chatServiceSid: seeded.chatService,
        channelType,
        contactIdentity: clicked[channelType],
        integrationType: "studio",
        "integration.flowSid": seeded.studioFlow,
        enabled: true,
        longLived: true,
      });
    }
    sids = flexFlows().map(({ sid }) => sid);
    before = kept();
    await example.project.pulumi("config", "rm", "onConflict");
    await set("studioFlowSid", seeded.studioFlow);
    await set("adoptFlexFlows", "true");
  }, patience);

  test(
    "trace says that it stands on what is past its end of life",
    async () => {
      const { code, out } = await run(["trace", number], shellFor(example.emulator));
      printed.set("trace-before", worthReading(out));
      expect([code, out]).toEqual([0, expect.stringContaining("end-of-life")]);
    },
    patience,
  );

  test(
    "the program takes it over as it is",
    async () => {
      const adopted = await step("proxy", "adopt");
      expect(adopted).toMatchObject({ code: 0 });
      for (const sid of sids) expect(adopted.output).toContain(`(${sid}) changes nothing in it`);
      expect(kept()).toBe(before);
      expect(await arrivals("web")).toEqual(agentsBy("handler"));
    },
    patience,
  );

  test(
    "they go with the step to conversations",
    async () => {
      expect(await step("moving")).toMatchObject({ code: 0 });
      expect(flexFlows().map(({ enabled }) => enabled)).toEqual([false, false, false]);
      expect(await step("conversations")).toMatchObject({ code: 0 });
      expect(flexFlows()).toEqual([]);
      expect(await arrivals("chat")).toEqual(agentsBy("conversations"));
    },
    patience,
  );

  test(
    "destroy leads the number and the sender to the Proxy service, as they were found",
    async () => {
      expect(await example.run("destroy")).toMatchObject({ code: 0 });
      expect(account().phoneNumbers[seeded.smsNumber]?.sms_url).toContain(seeded.proxyService);
      expect(account().channelsSenders[seeded.whatsAppSender]?.webhook.callback_url).toContain(
        seeded.proxyService,
      );
      expect(account().proxyServices[seeded.proxyService]).toBeDefined();
    },
    patience,
  );
});

/** `npm run docs:leaving` writes what it otherwise compares. */
test("docs/leaving-programmable-chat.md shows what was printed", () => {
  const was = readFileSync(page, "utf8");
  const now = withBlocks(was, printed);
  if (process.env.WRITE_PAGES === "true") writeFileSync(page, now);
  else expect(was).toBe(now);
  expect(blocksIn(now).sort()).toEqual([...printed.keys()].sort());
});

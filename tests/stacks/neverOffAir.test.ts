import { seeded } from "../../emulator/index";
import { newChannelsSender } from "../../emulator/products/messaging/records";
import {
  type Channel,
  type ChannelArgs,
  CustomChannel,
  type Messaging,
  MessengerChannel,
  SmsChannel,
  WebChatChannel,
  WhatsAppChannel,
} from "../../provider/index";
import { clientOf } from "../emulator/support";
import { isOnEngine, onStack } from "./onStack";
import { RouteWatch } from "./routeWatch";

/*
 * Each story runs twice: once as it should, which tells the writes of each step, and once with a fault at each of these writes
 * in turn. After every request that the emulator carries out or refuses, somebody takes messages, if somebody did before.
 */

const toProxy = `https://webhooks.twilio.com/v1/Accounts/${seeded.account}/Proxy/${seeded.proxyService}/Webhooks/Message`;
/** A sender whose webhook a person has led to the Proxy service. */
const byHand = newChannelsSender(`XE${"1".repeat(32)}`, "whatsapp:+15017122671", "2021-03-04T05:06:07Z");

const lines = {
  number: ["sms +15017122661"],
  taken: ["sms +15558675310"],
  sender: ["whatsapp whatsapp:+15017122661"],
  byHand: ["whatsapp whatsapp:+15017122671"],
  page: ["messenger messenger:1234"],
  web: ["web shop", "chat shop"],
  mail: ["custom help@example.com", "email help@example.com"],
};
type Line = keyof typeof lines;
const watch = new RouteWatch(lines);
const stack = onStack({
  emulator: {
    clock: watch.clock,
    seed: {
      accounts: {
        [seeded.account]: {
          channelsSenders: {
            [byHand.sid]: {
              ...byHand,
              webhook: { ...byHand.webhook, callback_url: toProxy, callback_method: "POST" },
            },
          },
        },
      },
    },
  },
});
beforeAll(() => watch.start(() => stack.account()));

const onConflict = "takeOver";
const make: Record<Line, (common: ChannelArgs) => Channel> = {
  number: (common) => new SmsChannel("line", { phoneNumber: "+15017122661", ...common }),
  taken: (common) => new SmsChannel("line", { phoneNumber: "+15558675310", onConflict, ...common }),
  sender: (common) =>
    new WhatsAppChannel("line", {
      phoneNumber: "+15017122661",
      senderSid: seeded.whatsAppSender,
      onConflict,
      ...common,
    }),
  byHand: (common) => new WhatsAppChannel("line", { phoneNumber: "+15017122671", ...common }),
  page: (common) => new MessengerChannel("line", { pageId: "1234", ...common }),
  web: (common) => new WebChatChannel("line", { address: "shop", ...common }),
  mail: (common) =>
    new CustomChannel("line", { address: "help@example.com", addressType: "email", ...common }),
};
/** On the engine, where each operation takes a hundred times as long, one line stands for all. */
const all = Object.keys(lines).filter(
  (line): line is Line => line in lines && (!isOnEngine || line === "number"),
);

type Step = Messaging | "destroy";
const run = (line: Line, step: Step, args: Partial<ChannelArgs>) =>
  step === "destroy"
    ? stack.destroy()
    : stack.tryUp(async () => {
        const destination = { kind: "webhook" as const, url: "https://bot.example.com/in" };
        make[line]({ messaging: step, destination, ...args });
      });

const writesIn = (requests: string[]) =>
  requests
    .map((request) => request.split(" ")[0] ?? "")
    .filter((operation) => /^(Create|Update|Delete)/.test(operation));

/** All that the stack may change, but for dates and revisions. */
const held = () => {
  const { phoneNumbers, channelsSenders, flexFlows, addressConfigurations } = stack.account();
  return JSON.stringify([phoneNumbers, channelsSenders, flexFlows, addressConfigurations], (key, value) =>
    key.startsWith("date_") || key.endsWith("_at") ? undefined : value,
  );
};

const unlessRepeated = (seen: string[]) => seen.filter((takers, index) => takers !== seen[index - 1]);

async function story(line: Line, steps: Step[], args: Partial<ChannelArgs> = {}) {
  const before = held();
  const wasAnswered = answered(line);
  const rehearsed = new Map<number, { writes: string[]; after: string }>();
  for (const [index, step] of steps.entries()) {
    const { failed, output, requests } = await run(line, step, args);
    if (failed) throw new Error(output);
    rehearsed.set(index, { writes: writesIn(requests), after: answered(line) });
  }
  expect(held()).toBe(before);

  let taker = wasAnswered;
  for (const [index, step] of steps.entries()) {
    const { writes = [], after = "" } = rehearsed.get(index) ?? {};
    watch.seen();
    const seen = [taker];
    for (const operationId of writes) {
      stack.emulator.addFault({ match: { operationId }, times: 1, effect: { status: 403, code: 20003 } });
      const { failed } = await run(line, step, args);
      expect([step, operationId, failed]).toEqual([step, operationId, true]);
      stack.emulator.clearFaults();
      seen.push(...(watch.seen()[line] ?? []));
    }
    const { failed, output } = await run(line, step, args);
    if (failed) throw new Error(`${step}: ${output}`);
    seen.push(...(watch.seen()[line] ?? []));

    const changes = unlessRepeated(seen);
    const since = changes.slice(changes.findIndex((takers) => takers !== "nobody"));
    const isTakenAway = step === "destroy" && wasAnswered === "nobody";
    expect([step, since.slice(0, isTakenAway ? -1 : undefined)]).toEqual([
      step,
      expect.not.arrayContaining(["nobody"]),
    ]);
    expect(changes.filter((takers) => takers.includes(" and ")).length).toBeLessThanOrEqual(1);
    expect([step, answered(line)]).toEqual([step, after]);
    if (step !== "destroy") expect((await run(line, step, args)).requests.filter(isWrite)).toEqual([]);
    taker = after;
  }
  expect(held()).toBe(before);
}

const isWrite = (request: string) => writesIn([request]).length > 0;

/** Who takes messages to a line now. */
function answered(line: Line): string {
  watch.start(() => stack.account());
  return watch.takers(line);
}

describe.each(all)("%s is never off the air", (line) => {
  test(
    "made, moved to proxy and back, and destroyed",
    () => story(line, ["conversations", "proxy", "moving", "proxy", "moving", "conversations", "destroy"]),
    240_000,
  );

  test(
    "made on proxy, moved, and destroyed on the way",
    () => story(line, ["proxy", "moving", "destroy"]),
    240_000,
  );

  test(
    "made on moving, taken back to proxy, and destroyed there",
    () => story(line, ["moving", "proxy", "destroy"]),
    240_000,
  );
});

// On the engine these would take as long again, and show no more.
if (!isOnEngine)
  describe("what was made by hand", () => {
    const client = () => clientOf(stack.emulator);
    afterEach(async () => {
      for (const { sid } of await client().flexApi.v1.flexFlow.list())
        await client().flexApi.v1.flexFlow(sid).remove();
      for (const { sid } of await client().conversations.v1.addressConfigurations.list())
        await client().conversations.v1.addressConfigurations(sid).remove();
    });

    const flexFlows: Partial<Record<Line, ["sms" | "whatsapp" | "facebook" | "web", string]>> = {
      number: ["sms", "+15017122661"],
      byHand: ["whatsapp", "whatsapp:+15017122671"],
      page: ["facebook", "messenger:1234"],
      web: ["web", "shop"],
    };
    const withFlexFlow = all.filter((line) => line in flexFlows);

    test.each(withFlexFlow)(
      "on proxy for %s is adopted, moved, and given back",
      async (line) => {
        const [channelType = "sms", contactIdentity = ""] = flexFlows[line] ?? [];
        await client().flexApi.v1.flexFlow.create({
          friendlyName: "By hand",
          chatServiceSid: seeded.chatService,
          channelType,
          contactIdentity,
          enabled: true,
          integrationType: "external",
          "integration.url": "https://old.example.com/in",
        });
        if (line === "number") {
          const number = stack.account().phoneNumbers[seeded.smsNumber];
          if (!number) throw new Error("the number is gone");
          number.sms_url = toProxy;
        }
        for (const steps of [
          ["proxy", "moving", "conversations", "destroy"],
          ["proxy", "moving", "destroy"],
        ] as const)
          await story(line, [...steps], { adopt: "ifThere" });
      },
      240_000,
    );

    test.each(["number", "taken", "sender"] as const)(
      "an address of %s is adopted, and given back",
      async (line) => {
        const [, address = ""] = lines[line][0]?.split(" ") ?? [];
        await client().conversations.v1.addressConfigurations.create({
          type: line === "sender" ? "whatsapp" : "sms",
          address,
          "autoCreation.enabled": false,
          "autoCreation.type": "default",
        });
        await story(line, ["conversations", "proxy", "moving", "conversations", "destroy"], {
          adopt: "ifThere",
        });
      },
      240_000,
    );
  });

import { type Fault, seeded } from "../../emulator/index";
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
 * Stories of channels, on the stack of the file that imports them. Each runs twice: once with the first answer of each write
 * lost, which the provider makes good and which tells the writes of each step, and once with every kind of fault at each of these
 * writes in turn. After every request that the emulator carries out or refuses, somebody takes messages, if somebody did before.
 */

/** The webhook of the Proxy service of Flex. */
export const toProxy = `https://webhooks.twilio.com/v1/Accounts/${seeded.account}/Proxy/${seeded.proxyService}/Webhooks/Message`;
/** A sender whose webhook a person has led to the Proxy service. */
const byHand = newChannelsSender(`XE${"1".repeat(32)}`, "whatsapp:+15017122671", "2021-03-04T05:06:07Z");

/** Addresses by which the channels of `make` are reached. */
export const lines = {
  number: ["sms +15017122661"],
  taken: ["sms +15558675310"],
  sender: ["whatsapp whatsapp:+15017122661"],
  byHand: ["whatsapp whatsapp:+15017122671"],
  page: ["messenger messenger:1234"],
  web: ["web shop", "chat shop"],
  mail: ["custom help@example.com", "email help@example.com"],
};
export type Line = keyof typeof lines;
const watch = new RouteWatch(lines);
export const stack = onStack({
  hurry: 50,
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
export const all = Object.keys(lines).filter(
  (line): line is Line => line in lines && (!isOnEngine || line === "number"),
);

export type Step = Messaging | "destroy";
const run = (line: Line, step: Step, args: Partial<ChannelArgs>) =>
  step === "destroy"
    ? stack.destroy()
    : stack.tryUp(async () => {
        const destination = { kind: "webhook" as const, url: "https://bot.example.com/in" };
        make[line]({ messaging: step, destination, ...args });
      });

const isWrite = (operation: string) => /^(Create|Update|Delete)/.test(operation);
const operationsIn = (requests: string[]) => requests.map((request) => request.split(" ")[0] ?? "");

const refusal = { status: 403, code: 20003 };
const noAnswer = { drop: "after" } as const;
/** What can happen to a write, in the order in which it happens to each: only the last takes effect. */
const faults: { kind: string; fault: Pick<Fault, "times" | "effect"> }[] = [
  { kind: "refused", fault: { times: 1, effect: refusal } },
  // As often as it is tried again. It cannot be told from a lost answer.
  { kind: "failing", fault: { effect: { status: 500 } } },
  { kind: "lost", fault: { effect: noAnswer } },
];
/** On the engine the provider takes its pauses. */
const tried = isOnEngine ? faults.slice(0, 1) : faults;

/** All that the stack may change, but for dates and revisions. */
const held = () => {
  const { phoneNumbers, channelsSenders, flexFlows, addressConfigurations } = stack.account();
  return JSON.stringify([phoneNumbers, channelsSenders, flexFlows, addressConfigurations], (key, value) =>
    key.startsWith("date_") || key.endsWith("_at") ? undefined : value,
  );
};

const unlessRepeated = (seen: string[]) => seen.filter((takers, index) => takers !== seen[index - 1]);

/** Runs a step, and fails where somebody who was answered is not, or where two answer for longer than until the next write. */
class OnAir {
  private seen: string[];

  constructor(
    private readonly line: Line,
    private readonly args: Partial<ChannelArgs>,
  ) {
    this.seen = [answered(line)];
  }

  async run(step: Step) {
    const outcome = await run(this.line, step, this.args);
    stack.emulator.clearFaults();
    this.seen.push(...(watch.seen()[this.line] ?? []));
    return outcome;
  }

  /** A run that has to work. Resolves to its writes. */
  async works(step: Step): Promise<string[]> {
    const { failed, output, requests } = await this.run(step);
    if (failed) throw new Error(`${step}: ${output}`);
    return operationsIn(requests).filter(isWrite);
  }

  /** A run that ends at one of its writes. */
  async endsAt(step: Step, writes: string[], index: number, { kind, fault }: (typeof faults)[number]) {
    const [operationId = "", next] = writes.slice(index);
    inject(operationId, fault);
    // What was carried out is found though its answer is lost, so that the run would go on to the end.
    if (kind === "lost" && next !== undefined) inject(next, { times: 1, effect: refusal });
    const { failed } = await this.run(step);
    const isThrough = kind === "lost" && next === undefined;
    expect([step, operationId, kind, failed]).toEqual([step, operationId, kind, !isThrough]);
  }

  /** At the end of a step: `before` it, nobody took messages, or who did. */
  expect(step: Step, before: string): void {
    const changes = unlessRepeated(this.seen);
    const isAnswered = changes.some((takers) => takers !== "nobody");
    const since = isAnswered ? changes.slice(changes.findIndex((takers) => takers !== "nobody")) : [];
    const isTakenAway = step === "destroy" && before === "nobody";
    expect([step, since.slice(0, isTakenAway ? -1 : undefined)]).toEqual([
      step,
      expect.not.arrayContaining(["nobody"]),
    ]);
    expect(changes.filter((takers) => takers.includes(" and ")).length).toBeLessThanOrEqual(1);
    this.seen = this.seen.slice(-1);
  }
}

/** What channels write. */
const allWrites = ["FlexFlow", "ConfigurationAddress", "IncomingPhoneNumber", "ChannelsSender"].flatMap(
  (kind) => ["Create", "Update", "Delete"].map((does) => does + kind),
);
const inject = (operationId: string, fault: Pick<Fault, "times" | "effect">) =>
  stack.emulator.addFault({ match: { operationId }, ...fault });

/**
 * A life of a channel, step by step. A move that is among `done` already is only made: every kind of fault was tried there.
 */
export async function story(
  line: Line,
  steps: Step[],
  args: Partial<ChannelArgs> = {},
  done = new Set<string>(),
) {
  const before = held();
  const taker = answered(line);
  const onAir = new OnAir(line, args);
  const rehearsed: { step: Step; writes: string[]; after: string }[] = [];
  for (const step of steps) {
    for (const operationId of allWrites) inject(operationId, { times: 1, effect: noAnswer });
    const made = await onAir.works(step);
    onAir.expect(step, taker);
    rehearsed.push({ step, writes: [...new Set(made)], after: answered(line) });
  }
  expect(held()).toBe(before);

  for (const [index, { step, writes, after }] of rehearsed.entries()) {
    const move = `${steps[index - 1]} to ${step}`;
    for (const write of done.has(move) ? [] : writes.keys())
      for (const fault of tried) await onAir.endsAt(step, writes, write, fault);
    done.add(move);
    await onAir.works(step);
    onAir.expect(step, taker);
    expect([step, answered(line)]).toEqual([step, after]);
    if (step !== "destroy") expect(await onAir.works(step)).toEqual([]);
  }
  expect(held()).toBe(before);
}

/** The last step is given up at each of its writes: destroy gives back what was there before, whether the write took effect or not. */
export async function givenUp(line: Line, steps: Step[], args: Partial<ChannelArgs> = {}) {
  const before = held();
  const taker = answered(line);
  const onAir = new OnAir(line, args);
  const [step = "destroy"] = steps.slice(-1);
  const passes = async (one: Step) => {
    const writes = await onAir.works(one);
    onAir.expect(one, taker);
    return writes;
  };
  const approach = async () => {
    for (const earlier of steps.slice(0, -1)) await passes(earlier);
  };
  await approach();
  const writes = await passes(step);
  await passes("destroy");
  // What is refused changes nothing, and the provider knows it.
  for (const index of writes.keys())
    for (const fault of faults.filter(({ kind }) => kind !== "refused")) {
      await approach();
      await onAir.endsAt(step, writes, index, fault);
      onAir.expect(step, taker);
      // What nothing holds in an order would come last.
      for (const slow of ["UpdateIncomingPhoneNumber", "UpdateChannelsSender"])
        inject(slow, { effect: { delayMs: 200 } });
      await passes("destroy");
      expect([writes[index], fault.kind, held()]).toEqual([writes[index], fault.kind, before]);
    }
}

/** Who takes messages to a line now. */
function answered(line: Line): string {
  watch.start(() => stack.account());
  return watch.takers(line);
}

/** The client of a person, whose Flex Flows and addresses are gone after each test. */
export function bySomebody() {
  const client = () => clientOf(stack.emulator);
  afterEach(async () => {
    stack.emulator.clearFaults();
    for (const { sid } of await client().flexApi.v1.flexFlow.list())
      await client().flexApi.v1.flexFlow(sid).remove();
    for (const { sid } of await client().conversations.v1.addressConfigurations.list())
      await client().conversations.v1.addressConfigurations(sid).remove();
  });
  return client;
}

import { defaultAccountSid, seeded } from "../../emulator/index";
import { snapshotOf } from "../../emulator/messages/snapshot";
import { newChannelsSender } from "../../emulator/products/messaging/records";
import {
  type Destination,
  type InboundChannel,
  InboundChannels,
  type Messaging,
  studioFlowToFlex,
} from "../../provider/index";
import { onStack } from "./onStack";
import { RouteWatch } from "./routeWatch";

/** Senders whose webhook is a person's: one leads to the Proxy service, of the other nobody has thought yet. */
const [led, blank] = [`XE${"1".repeat(32)}`, `XE${"2".repeat(32)}`];
const toProxyService = `https://webhooks.twilio.com/v1/Accounts/${defaultAccountSid}/Proxy/${seeded.proxyService}/Webhooks/Message`;

function senders() {
  const ledSender = newChannelsSender(led, "whatsapp:+15017122671", "2021-03-04T05:06:07Z");
  return {
    [led]: {
      ...ledSender,
      webhook: { ...ledSender.webhook, callback_url: toProxyService, callback_method: "POST" },
    },
    [blank]: newChannelsSender(blank, "whatsapp:+15017122672", "2021-03-04T05:06:07Z"),
  };
}

const onConflict = "takeOver";
const channels: Record<string, InboundChannel> = {
  text: { type: "sms", phoneNumber: "+15558675310", onConflict },
  sender: { type: "whatsapp", phoneNumber: "+15017122661", senderSid: seeded.whatsAppSender, onConflict },
  led: { type: "whatsapp", phoneNumber: "+15017122671" },
  blank: { type: "whatsapp", phoneNumber: "+15017122672" },
  page: { type: "messenger", pageId: "1234" },
  web: { type: "chat", address: "shop" },
  mail: { type: "custom", address: "help@example.com", addressType: "email" },
};
const watch = new RouteWatch({
  text: ["sms +15558675310"],
  sender: ["whatsapp whatsapp:+15017122661"],
  led: ["whatsapp whatsapp:+15017122671"],
  blank: ["whatsapp whatsapp:+15017122672"],
  page: ["messenger messenger:1234"],
  web: ["web shop", "chat shop"],
  mail: ["custom help@example.com", "email help@example.com"],
});
const destination: Destination = {
  kind: "studio",
  definition: studioFlowToFlex({ workflowSid: seeded.workflow, taskChannelSid: seeded.chatTaskChannel }),
};

const stack = onStack({
  emulator: {
    seed: { accounts: { [defaultAccountSid]: { channelsSenders: senders() } } },
    senderDelayMs: 700,
    clock: () => {
      const now = watch.clock();
      isEarly ||= isRunning && isAheadOfSender();
      return now;
    },
  },
});
/** Whether an address was seen to be stopped while its sender was still on its way to the Proxy service. */
let isEarly = false;
let isRunning = false;

const account = () => stack.account();

beforeAll(() => {
  isRunning = true;
  watch.start(account);
});

function isAheadOfSender(): boolean {
  const { channelsSenders, addressConfigurations } = account();
  const isUnderWay = channelsSenders[seeded.whatsAppSender]?.passing_status != null;
  return (
    isUnderWay &&
    !Object.values(addressConfigurations).some(
      ({ address, auto_creation }) => address === "whatsapp:+15017122661" && auto_creation.enabled,
    )
  );
}

/** What a person does with the webhook of a sender, as `manualSteps` says. */
function setByHand(sender: string, url: string) {
  const found = account().channelsSenders[sender];
  if (!found) throw new Error(`no sender ${sender}`);
  found.webhook = { ...found.webhook, callback_url: url, callback_method: "POST" };
  watch.start(account);
}

/** What took messages after each write for the line. */
async function to(messaging: Messaging) {
  const done = await stack.tryUp(async () => {
    new InboundChannels("inbound", { messaging, destination, channels });
  });
  if (done.failed) throw new Error(done.output);
  return watch.seen();
}

/** Lines at which something is wrong, once all is done. */
const wrong = () =>
  Object.fromEntries(
    Object.keys(channels).flatMap((line) => {
      const routes = watch.routes(line, snapshotOf(account()));
      const reached = routes.filter(({ ways }) => ways.some(({ reaches }) => reaches === "agents"));
      const errors = (reached.length > 0 ? reached : routes)
        .flatMap(({ problems }) => problems)
        .filter(({ severity }) => severity === "error");
      return errors.length > 0 ? [[line, errors.map(({ code }) => code)]] : [];
    }),
  );

/** Beside an enabled address the handler of a WhatsApp sender or a Messenger page is not called. */
const alone = (notes: string[]) =>
  notes.map((note) => (note === "conversations and handler" ? "conversations" : note));
/** With a handler of ours, by way of which messages come to the Flex Flow. */
const handled = (notes: string[]) => ({ text: notes, sender: alone(notes) });
/**
 * Without: the Flex Flow itself is what starts and stops. What only the Console knows is taken to be as it should: the
 * callback of the Messenger page, and which of the two the page with the web chat names, which a person changes after a move.
 */
const bare = (notes: string[]) => ({ led: alone(notes), page: alone(notes), web: notes, mail: notes });

// Every note stands behind one write for that line. So nobody must ever be left out, and where two take messages only the
// last one must be left with the next note. With a sender, Twilio's own work lies between the two.
// The sandbox is not here: it cannot move, and the API shows nothing of it.
describe("after each write for an address", () => {
  test("at the start, on conversations, the address starts right before whatever took messages stops", async () => {
    expect(await to("conversations")).toEqual({
      ...handled(["conversations and handler", "conversations"]),
      ...bare(["conversations"]),
      blank: ["conversations"],
    });
    expect(wrong()).toEqual({});
  }, 180_000);

  const toProxy = {
    // The Flex Flow is made while nothing leads to it yet.
    ...handled(["conversations", "conversations and handler", "handler"]),
    ...bare(["conversations and handler", "handler"]),
    blank: alone(["conversations and handler", "handler"]),
  };
  const toMoving = {
    // The Flex Flow is disabled last, when nothing leads to it any more.
    ...handled(["conversations and handler", "conversations", "conversations"]),
    ...bare(["conversations and handler", "conversations"]),
    blank: alone(["conversations and handler", "conversations"]),
  };

  test("from conversations to proxy", async () => {
    setByHand(blank, toProxyService);
    expect(await to("proxy")).toEqual(toProxy);
    expect(wrong()).toEqual({});
  }, 180_000);

  test("from proxy to moving", async () => {
    expect(await to("moving")).toEqual(toMoving);
    expect(wrong()).toEqual({});
  }, 180_000);

  test("from moving to proxy", async () => {
    expect(await to("proxy")).toEqual(toProxy);
  }, 180_000);

  test("from proxy to moving and on to conversations, which touches nothing that takes messages", async () => {
    await to("moving");
    expect(await to("conversations")).toEqual({
      ...handled(["conversations"]),
      ...bare(["conversations"]),
      blank: ["conversations"],
    });
  }, 240_000);

  test("from conversations to moving, and to proxy from there", async () => {
    expect(await to("moving")).toEqual({
      ...handled(["conversations"]),
      ...bare(["conversations"]),
      blank: ["conversations"],
    });
    expect(await to("proxy")).toEqual(toProxy);
  }, 240_000);
});

test("an address stops only once its sender leads to the Proxy service, which takes Twilio a while", () => {
  expect(isEarly).toBe(false);
});

test("no other address of the account was touched", () => {
  expect(watch.othersChanged).toBe(false);
});

test("destroy brings back who took messages before, and nobody is left out on the way", async () => {
  const { failed, output } = await stack.destroy();
  if (failed) throw new Error(output);
  const { text = [], sender = [] } = watch.seen();
  for (const seen of [text, sender]) {
    expect(seen).not.toContain("nobody");
    expect(seen.at(-1)).toBe("handler");
  }
}, 120_000);

import type * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { seeded } from "../../emulator/index";
import {
  MessagingService,
  MessagingServiceAlphaSender,
  type MessagingServiceArgs,
  MessagingServiceChannelSender,
  MessagingServicePhoneNumber,
  MessagingServiceShortCode,
} from "../../provider/index";
import { clientOf } from "../emulator/support";
import { onStack } from "./onStack";

const stack = onStack();

const account = () => stack.account();

const { up } = stack;
const names = (asked: object[]) => asked.flatMap((request) => Object.keys(request)).sort();

/** The only service that is not seeded. */
function made() {
  const [only, ...others] = Object.values(account().messagingServices).filter(
    ({ sid }) => sid !== seeded.messagingService,
  );
  if (!only || others.length > 0) throw new Error(`there are ${others.length + (only ? 1 : 0)} services`);
  return only;
}

/** Who is in which service. */
const members = () => {
  const { messagingPhoneNumbers, messagingShortCodes, messagingAlphaSenders, messagingChannelSenders } =
    account();
  return {
    numbers: Object.values(messagingPhoneNumbers).map(({ sid }) => sid),
    shortCodes: Object.values(messagingShortCodes).map(({ sid }) => sid),
    alphaSenders: Object.values(messagingAlphaSenders).map(({ alpha_sender }) => alpha_sender),
    senders: Object.values(messagingChannelSenders).map(({ sid }) => sid),
  };
};
const nobody = { numbers: [], shortCodes: [], alphaSenders: [], senders: [] };

const service =
  (args: MessagingServiceArgs = {}, opts?: pulumi.CustomResourceOptions): PulumiFn =>
  async () => {
    const { sid } = new MessagingService("support", args, opts);
    return { sid };
  };

/** Every argument at another value than its default. */
const everything: MessagingServiceArgs = {
  friendlyName: "Support",
  inboundRequestUrl: "https://example.com/inbound",
  inboundMethod: "GET",
  fallbackUrl: "https://example.com/fallback",
  fallbackMethod: "GET",
  statusCallback: "https://example.com/status",
  stickySender: false,
  mmsConverter: false,
  smartEncoding: false,
  scanMessageContent: "disable",
  fallbackToLongCode: false,
  areaCodeGeomatch: false,
  validityPeriod: 60,
  synchronousValidation: true,
  usecase: "notifications",
  useInboundWebhookOnNumber: true,
};
const inSnakeCase = (args: object) =>
  Object.fromEntries(
    Object.entries(args).map(([key, value]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );

describe("a service's life", () => {
  stack.afresh();
  let fresh: object;

  test("is created by one request, with a warning that messages to it are dropped", async () => {
    const { asked, output, outputs } = await up(service());
    expect(asked).toEqual([{ CreateService: { FriendlyName: "support" } }]);
    expect(output).toContain("Twilio drops what customers write to its numbers, and does not log it");
    expect(outputs.sid).toBe(made().sid);
    fresh = { ...made() };
  });

  test("does nothing and asks nothing where nothing changed; no warning where a webhook answers", async () => {
    expect((await up(service())).asked).toEqual([]);
    expect((await stack.refresh()).steps).toEqual({});
    const { output } = await stack.preview(service({ useInboundWebhookOnNumber: true }));
    expect(output).not.toContain("drops what customers write");
  });

  test("updates one argument by one request that carries nothing else, and everything at once", async () => {
    const one = await up(service({ validityPeriod: 600 }));
    expect(one.asked).toEqual([{ UpdateService: { ValidityPeriod: "600" } }]);
    const { asked } = await up(service(everything));
    expect(names(asked)).toEqual(["UpdateService"]);
    expect(made()).toMatchObject(inSnakeCase(everything));
    expect((await up(service(everything))).asked).toEqual([]);
  });

  test("gives each argument that is taken away its default back, and keeps the name", async () => {
    await up(service());
    const { date_updated: _, ...rest } = fresh as Record<string, unknown>;
    expect(made()).toMatchObject({ ...rest, friendly_name: "Support" });
    expect((await stack.refresh()).steps).toEqual({});
    const spelt = { inboundMethod: "POST", stickySender: true, validityPeriod: 36_000 } as const;
    expect((await up(service(spelt))).asked).toEqual([]);
    await up(service());
  });

  test("shows what somebody changed, declared or not, and repairs it", async () => {
    const declared = { inboundRequestUrl: "https://example.com/inbound" };
    await up(service(declared));
    const { friendlyName: _, ...others } = everything;
    Object.assign(made(), inSnakeCase({ ...others, inboundRequestUrl: "https://example.com/by-hand" }));
    expect((await stack.refresh()).diffs.support?.sort()).toEqual(Object.keys(others).sort());
    await up(service(declared));
    expect(made()).toMatchObject({
      inbound_request_url: "https://example.com/inbound",
      fallback_url: null,
      validity_period: 36_000,
      use_inbound_webhook_on_number: false,
    });
  });

  test("is made again after it was deleted by hand, and goes on destroy, also when it is gone already", async () => {
    delete account().messagingServices[made().sid];
    expect((await stack.refresh()).steps).toEqual({ support: "delete" });
    expect((await up(service())).steps).toEqual({ support: "create" });
    expect((await stack.destroy()).asked).toEqual([{ DeleteService: {} }]);
    await up(service());
    delete account().messagingServices[made().sid];
    expect((await stack.destroy()).failed).toBe(false);
  });

  test("is adopted by its SID, and then stays on destroy", async () => {
    await up(service({ adopt: seeded.messagingService, validityPeriod: 77 }));
    const adopted = account().messagingServices[seeded.messagingService];
    expect(adopted).toMatchObject({ validity_period: 77 });
    await stack.destroy();
    expect(account().messagingServices[seeded.messagingService]).toBeDefined();
    const byKey = await stack.preview(service({ adopt: true }));
    expect(byKey.output).toContain('this Messaging Service has none; give adopt: "<SID>"');
  });
});

describe("members", () => {
  stack.afresh();

  interface Parts {
    serviceSid?: string;
    number?: string;
    alpha?: string;
    adopt?: boolean;
    deleteAdopted?: boolean;
  }
  /** One member of each kind. */
  const all =
    ({ serviceSid, number = seeded.smsNumber, alpha = "Support", ...adopting }: Parts = {}): PulumiFn =>
    async () => {
      const own = new MessagingService("service", { useInboundWebhookOnNumber: true });
      const inside = { serviceSid: serviceSid ?? own.sid, ...adopting };
      const member = new MessagingServicePhoneNumber("number", { ...inside, phoneNumberSid: number });
      new MessagingServiceShortCode("short-code", { ...inside, shortCodeSid: seeded.shortCode });
      new MessagingServiceAlphaSender("alpha", { ...inside, alphaSender: alpha });
      new MessagingServiceChannelSender("sender", { ...inside, senderSid: seeded.whatsAppSender });
      return { sid: member.sid, id: member.id, phoneNumber: member.phoneNumber };
    };
  const everybody = {
    numbers: [seeded.smsNumber],
    shortCodes: [seeded.shortCode],
    alphaSenders: ["Support"],
    senders: [seeded.whatsAppSender],
  };

  test("join by one request each, are known by both SIDs, and rest", async () => {
    const { asked, outputs } = await up(all());
    expect(names(asked)).toEqual([
      "CreateAlphaSender",
      "CreateChannelSender",
      "CreatePhoneNumber",
      "CreateService",
      "CreateShortCode",
    ]);
    expect(members()).toEqual(everybody);
    expect(outputs).toEqual({
      sid: seeded.smsNumber,
      id: `${made().sid}/${seeded.smsNumber}`,
      phoneNumber: "+15017122661",
    });
    expect((await up(all())).asked).toEqual([]);
    expect((await stack.refresh()).steps).toEqual({});
  });

  test("are replaced by others, the old one leaving first", async () => {
    const { asked, steps } = await up(all({ number: seeded.legacyNumber, alpha: "Help" }));
    expect(Object.keys(steps).sort()).toEqual(["alpha", "number"]);
    expect(names(asked)).toEqual([
      "CreateAlphaSender",
      "CreatePhoneNumber",
      "DeleteAlphaSender",
      "DeletePhoneNumber",
    ]);
    expect(members()).toMatchObject({ numbers: [seeded.legacyNumber], alphaSenders: ["Help"] });
    await up(all());
  });

  test("move to another service, and back", async () => {
    const serviceSid = seeded.messagingService;
    await up(all({ serviceSid }));
    expect(account().messagingPhoneNumbers[seeded.smsNumber]?.service_sid).toBe(serviceSid);
    await up(all());
    expect(account().messagingPhoneNumbers[seeded.smsNumber]?.service_sid).toBe(made().sid);
  });

  test("join again after somebody took them out, and leave on destroy, also when they are out already", async () => {
    account().messagingPhoneNumbers = {};
    account().messagingChannelSenders = {};
    expect((await stack.refresh()).steps).toEqual({ number: "delete", sender: "delete" });
    expect((await up(all())).steps).toEqual({ number: "create", sender: "create" });
    account().messagingShortCodes = {};
    expect((await stack.destroy()).failed).toBe(false);
    expect(members()).toEqual(nobody);
    await up(all());
    account().messagingServices = {};
    for (const kind of ["messagingPhoneNumbers", "messagingShortCodes"] as const) account()[kind] = {};
    expect((await stack.destroy()).failed).toBe(false);
    stack.emulator.reset();
  });

  test("in another service are refused: the error names the service and the way out, and nothing moves", async () => {
    const { services } = clientOf(stack.emulator).messaging.v1;
    await services(seeded.messagingService).phoneNumbers.create({ phoneNumberSid: seeded.smsNumber });
    const { failed, output } = await stack.tryUp(all());
    expect(failed).toBe(true);
    expect(output).toContain(`It is in the Messaging Service ${seeded.messagingService}`);
    expect(output).toContain("take it out there first");
    expect(account().messagingPhoneNumbers[seeded.smsNumber]?.service_sid).toBe(seeded.messagingService);
    await stack.destroy();
  });

  test("in this service already are refused with the way out; with adopt they are taken over, and stay", async () => {
    const { services } = clientOf(stack.emulator).messaging.v1;
    const inside = services(seeded.messagingService);
    await inside.shortCodes.create({ shortCodeSid: seeded.shortCode });
    await inside.alphaSenders.create({ alphaSender: "Support" });
    await inside.channelSenders.create({ sid: seeded.whatsAppSender });
    const serviceSid = seeded.messagingService;
    const refused = await stack.tryUp(all({ serviceSid }));
    expect(refused.failed).toBe(true);
    expect(refused.output).toMatch(/is there already; take it over with adopt: "[A-Z]{2}\w{32}"/);
    await up(all({ serviceSid, adopt: true }));
    await stack.destroy();
    expect(members()).toEqual(everybody);
    await up(all({ serviceSid, adopt: true, deleteAdopted: true }));
    await stack.destroy();
    expect(members()).toEqual(nobody);
  });

  test("an answer lost after it joined leaves it in once, and a number that is not the account's is named", async () => {
    stack.emulator.addFault({
      match: { operationId: "CreatePhoneNumber" },
      times: 1,
      effect: { drop: "after" },
    });
    await up(all());
    expect(members()).toEqual(everybody);
    const missing = `PN${"0".repeat(32)}`;
    expect((await stack.preview(all({ number: missing }))).output).toContain(`${missing} is not in account`);
    await stack.configure({ validate: "offline" });
    const { failed, output } = await stack.tryUp(all({ number: missing }));
    await stack.configure({ validate: "online" });
    expect(failed).toBe(true);
    expect(output).toContain("It is not a number of this account");
    await stack.destroy();
  });
});

// Recorded: dixahq/twilio-client MessagingPhoneNumberCreateTest.scala. Two joins at the same time, of which one is refused.
describe("members that join while another one does", () => {
  stack.afresh();
  afterEach(() => stack.destroy());

  const race = { status: 409, code: 20409, message: "Number registration failed due to conflict." };
  const number: PulumiFn = async () => {
    const phoneNumberSid = seeded.smsNumber;
    new MessagingServicePhoneNumber("number", { serviceSid: seeded.messagingService, phoneNumberSid });
  };

  test("try again until they are in", async () => {
    stack.emulator.addFault({ match: { operationId: "CreatePhoneNumber" }, times: 2, effect: race });
    const { asked } = await up(number);
    expect(names(asked)).toEqual(Array(3).fill("CreatePhoneNumber"));
    expect(members()).toEqual({ ...nobody, numbers: [seeded.smsNumber] });
  });

  test("end with Twilio's words, are no duplicate, and join in the next up", async () => {
    stack.emulator.addFault({ match: { operationId: "CreatePhoneNumber" }, times: 5, effect: race });
    const { failed, output, asked } = await stack.tryUp(number);
    expect(failed).toBe(true);
    expect(names(asked)).toEqual(Array(5).fill("CreatePhoneNumber"));
    expect(output).toContain("Number registration failed due to conflict (HTTP 409, code 20409)");
    expect(output).toContain("in 5 tries; run it again");
    expect(output).not.toContain("is there already");
    expect(members()).toEqual(nobody);
    await up(number);
    expect(members()).toEqual({ ...nobody, numbers: [seeded.smsNumber] });
  }, 60_000);
});

// A program that runs live against WhatsApp senders takes 404 for an empty list here.
describe("in a service whose list of channel senders answers 404", () => {
  stack.afresh({ emulator: { quirks: { emptyChannelSendersAre404: true } } });

  const sender =
    (args: { adopt?: true | "ifThere" } = {}): PulumiFn =>
    async () => {
      const inside = { serviceSid: seeded.messagingService, senderSid: seeded.whatsAppSender };
      new MessagingServiceChannelSender("sender", { ...inside, ...args });
    };

  test("a sender joins, also after a lost answer, and leaves", async () => {
    expect((await stack.preview(sender())).failed).toBe(false);
    const match = { operationId: "CreateChannelSender" };
    stack.emulator.addFault({ match, times: 1, effect: { drop: "before" } });
    await up(sender());
    expect(members()).toEqual({ ...nobody, senders: [seeded.whatsAppSender] });
    await stack.destroy();
    expect(members()).toEqual(nobody);
  });

  test("adopt finds none and says so, and what may be missing joins", async () => {
    const { failed, output } = await stack.tryUp(sender({ adopt: true }));
    expect(failed).toBe(true);
    expect(output).toContain("adopt: nothing with this key is in the account");
    await up(sender({ adopt: "ifThere" }));
    expect(members()).toEqual({ ...nobody, senders: [seeded.whatsAppSender] });
    await stack.destroy();
  });
});

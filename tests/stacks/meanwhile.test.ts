import type { Twilio } from "twilio";
import { seeded } from "../../emulator/index";
import {
  ConversationsAddress,
  MessagingService,
  MessagingServicePhoneNumber,
  PhoneNumberHandler,
  ProxyPhoneNumber,
  ProxyService,
  TaskRouterWorker,
} from "../../provider/index";
import { isRecord } from "../../provider/values/values";
import { clientOf } from "../emulator/support";
import { emulatorCredentials, onStack } from "./onStack";

/** What somebody else does as soon as so many requests of a run have arrived. */
let meanwhile: { after: number; act: () => void } | undefined;

const stack = onStack({
  emulator: {
    // The emulator asks for the time while it answers.
    clock: () => {
      if (meanwhile && stack.emulator.requests.length >= meanwhile.after) {
        const { act } = meanwhile;
        meanwhile = undefined;
        act();
      }
      return new Date();
    },
  },
});

const number = "+15017122661";
const { workspace: workspaceSid, messagingService, proxyService, smsNumber: phoneNumberSid } = seeded;

interface Scene {
  program: () => Promise<void>;
  /** A person in the Console, or another stack. Resolves to the object that is in the way. */
  byHand: (client: Twilio) => Promise<string>;
}

const scenes: Record<string, Scene> = {
  "a Proxy service of the same name": {
    program: async () => {
      new ProxyService("ours", { uniqueName: "support" });
    },
    byHand: async ({ proxy }) => (await proxy.v1.services.create({ uniqueName: "support" })).sid,
  },
  "an address of the same number": {
    program: async () => {
      new ConversationsAddress("ours", { type: "sms", address: number, autoCreation: { type: "default" } });
    },
    byHand: async ({ conversations }) =>
      (await conversations.v1.addressConfigurations.create({ type: "sms", address: number })).sid,
  },
  "a worker of the same name": {
    program: async () => {
      new TaskRouterWorker("ours", { workspaceSid, friendlyName: "ann" });
    },
    byHand: async ({ taskrouter }) =>
      (await taskrouter.v1.workspaces(workspaceSid).workers.create({ friendlyName: "ann" })).sid,
  },
  "the number in another Messaging Service": {
    program: async () => {
      new MessagingServicePhoneNumber("ours", { serviceSid: messagingService, phoneNumberSid });
    },
    byHand: async ({ messaging }) => {
      const { sid } = await messaging.v1.services.create({ friendlyName: "Desk" });
      await messaging.v1.services(sid).phoneNumbers.create({ phoneNumberSid });
      return sid;
    },
  },
  "the number in another Proxy service": {
    program: async () => {
      new ProxyPhoneNumber("ours", { serviceSid: proxyService, phoneNumberSid });
    },
    byHand: async ({ proxy }) => {
      const { sid } = await proxy.v1.services.create({ uniqueName: "desk" });
      await proxy.v1.services(sid).phoneNumbers.create({ sid: phoneNumberSid });
      return sid;
    },
  },
};

const account = () => stack.account();

/** Every object of the account, by its collection and SID. */
const objects = (): Map<string, unknown> =>
  new Map(
    Object.entries(account()).flatMap(([list, all]) =>
      isRecord(all)
        ? Object.entries(all).map(([sid, object]): [string, unknown] => [`${list} ${sid}`, object])
        : [],
    ),
  );

/** What somebody makes by hand, and which of it is in the way; the account is as it was. */
async function theirs(byHand: Scene["byHand"]) {
  const before = objects();
  const sid = await byHand(clientOf(stack.emulator));
  const made = [...objects()].filter(([key]) => !before.has(key)).map(([key, object]) => ({ key, object }));
  const copies = structuredClone(made);
  stack.emulator.reset();
  const collectionOf = (key: string): object => {
    const [list = "", one = ""] = key.split(" ");
    const all: unknown = Reflect.get(account(), list);
    if (!isRecord(all) || one === "") throw new Error(`no collection ${list}`);
    return all;
  };
  const sidOf = (key: string) => key.slice(key.indexOf(" ") + 1);
  return {
    sid,
    copies,
    make: () => {
      for (const { key, object } of structuredClone(copies))
        Reflect.set(collectionOf(key), sidOf(key), object);
    },
    remove: () => {
      for (const { key } of copies) Reflect.deleteProperty(collectionOf(key), sidOf(key));
    },
  };
}

/** How many requests a run makes that nobody disturbs. */
async function undisturbed(program: () => Promise<void>): Promise<number> {
  stack.emulator.reset();
  await stack.up(program);
  const { length } = stack.emulator.requests;
  expect((await stack.destroy()).failed).toBe(false);
  stack.emulator.reset();
  return length;
}

describe("what somebody makes during an up", () => {
  test.each(Object.entries(scenes))(
    "%s: is named by the error at whatever moment, and stays as it is",
    async (_, { program, byHand }) => {
      const arrivals = await undisturbed(program);
      const start = objects().size;
      for (let after = 1; after <= arrivals; after++) {
        const { sid, copies, make, remove } = await theirs(byHand);
        meanwhile = { after, act: make };
        for (const { failed, output } of [await stack.tryUp(program), await stack.tryUp(program)])
          expect({ after, failed, output }).toEqual({
            after,
            failed: true,
            output: expect.stringContaining(sid),
          });
        const now = objects();
        expect(copies.map(({ key }) => now.get(key))).toEqual(copies.map(({ object }) => object));
        expect(now.size).toBe(start + copies.length);

        remove();
        await stack.up(program);
        expect(objects().size).toBeGreaterThan(start);
        expect((await stack.destroy()).failed).toBe(false);
        expect(objects().size).toBe(start);
        stack.emulator.reset();
      }
    },
  );
});

describe("a number whose handler somebody sets during an up", () => {
  const ours = "https://example.com/ours";
  const hand = "https://example.com/theirs";
  const program = async () => {
    new PhoneNumberHandler("ours", { phoneNumberSid, message: { kind: "webhook", url: ours } });
  };
  const handler = () => account().phoneNumbers[phoneNumberSid];

  test("keeps theirs, and the error names the resource and what to do, until the last look before the write", async () => {
    const arrivals = await undisturbed(program);
    // Twilio has no write that holds only for what was read: of two in the same moment the later one counts.
    for (let after = 1; after < arrivals; after++) {
      meanwhile = { after, act: () => Object.assign(handler() ?? {}, { sms_url: hand }) };
      const { failed, output } = await stack.tryUp(program);
      expect({ after, failed, output }).toEqual({
        after,
        failed: true,
        output: expect.stringMatching(/ours.*onConflict: "takeOver"/),
      });
      expect(handler()).toMatchObject({ sms_url: hand });
      await stack.destroy();
      expect(handler()).toMatchObject({ sms_url: hand });
      stack.emulator.reset();
    }
  });
});

describe("a Messaging Service that somebody deletes during an up", () => {
  const program = async () => {
    const { sid: serviceSid } = new MessagingService("ours", {});
    new MessagingServicePhoneNumber("ours", { serviceSid, phoneNumberSid });
  };
  const services = () =>
    Object.values(account().messagingServices).filter(({ friendly_name }) => friendly_name === "ours");
  const remove = () => {
    for (const { sid } of services()) Reflect.deleteProperty(account().messagingServices, sid);
    Reflect.deleteProperty(account().messagingPhoneNumbers, phoneNumberSid);
  };

  test("is named by the error, and is there once after a refresh and an up", async () => {
    const arrivals = await undisturbed(program);
    for (let after = 1; after <= arrivals; after++) {
      let gone: string | undefined;
      meanwhile = {
        after,
        act: () => {
          gone = services()[0]?.sid;
          remove();
        },
      };
      const { failed, output } = await stack.tryUp(program);
      expect({ after, failed }).toEqual({ after, failed: gone !== undefined });
      if (gone !== undefined) expect(output).toContain(gone);
      expect((await stack.refresh()).failed).toBe(false);
      await stack.up(program);
      expect(services()).toHaveLength(1);
      expect(account().messagingPhoneNumbers[phoneNumberSid]).toBeDefined();
      expect((await stack.destroy()).failed).toBe(false);
      stack.emulator.reset();
    }
  });
});

test("two stacks that declare the same: the second is told whose object is there, and gives nothing of the first away", async () => {
  stack.emulator.reset();
  const second = await stack.another({ ...emulatorCredentials, baseUrl: stack.emulator.url });
  for (const { program } of Object.values(scenes)) {
    const start = objects();
    await stack.up(program);
    const before = structuredClone(objects());
    const { failed, output } = await second.tryUp(program);
    const sids = [...before.keys()]
      .filter((key) => !start.has(key))
      .map((key) => key.split(" ")[1] ?? "none");
    expect({ failed, output }).toEqual({
      failed: true,
      output: expect.stringMatching(new RegExp(sids.join("|"))),
    });
    expect((await second.destroy()).failed).toBe(false);
    expect(objects()).toEqual(before);
    expect((await stack.up(program)).steps).toEqual({});
    expect((await stack.destroy()).failed).toBe(false);
  }
});

import { defaultAuthToken, type Emulator, seeded, startEmulator } from "../../emulator/index";
import "../../provider/index";
import { resourceNamed } from "../../provider/life/define";
import type { Kept, Seen, Session } from "../../provider/life/life";
import { Run } from "../../provider/life/run";
import type { Values } from "../../provider/values/values";
import { sessionOn } from "./session";

let emulator: Emulator;
let session: Session;
beforeAll(async () => {
  emulator = await startEmulator({ strict: true });
});
afterEach(() => emulator.reset());
afterAll(() => emulator.close());
beforeEach(() => {
  const settings = { authToken: defaultAuthToken, baseUrl: emulator.url };
  session = sessionOn(seeded.account, settings, () => {});
});

/** As many at a time as the engine has under way on four processors. */
const parallel = 16;

/** Runs them side by side, so many at a time. */
async function sideBySide<Item, Result>(
  items: readonly Item[],
  run: (item: Item, index: number) => Promise<Result>,
  atATime = parallel,
): Promise<Result[]> {
  const results: Result[] = [];
  const left = items.map((item, index) => ({ item, index })).values();
  const lane = async () => {
    for (const { item, index } of left) results[index] = await run(item, index);
  };
  await Promise.all(Array.from({ length: atATime }, lane));
  return results;
}

type Argument = (index: number) => Values;

const declared = (args: Values, index: number): Values => ({
  ...args,
  accountSid: seeded.account,
  __pulumiName: `made-${index}`,
});

/** Makes so many, and begins a run of another process. */
async function made(type: string, amount: number, args: Argument = () => ({})): Promise<Kept[]> {
  const { life } = resourceNamed(type);
  const all = await sideBySide(Array.from({ length: amount }), (_, index) =>
    life.create(session, declared(args(index), index)),
  );
  session = Object.assign(Object.create(session), { run: new Run() });
  return all;
}

const read = (type: string, { id, state }: Kept): Promise<Seen | undefined> =>
  resourceNamed(type).life.read(session, id, state);

/** What is asked meanwhile, such as `ListService` twice. */
async function during<Result>(run: () => Promise<Result>): Promise<{ result: Result; asked: string[] }> {
  const before = emulator.requests.length;
  const result = await run();
  return { result, asked: emulator.requests.slice(before).map(({ operationId }) => String(operationId)) };
}

const refreshed = (type: string, all: readonly Kept[], atATime?: number) =>
  during(() => sideBySide(all, (one) => read(type, one), atATime));

const counted = (asked: string[]) => {
  const count: Record<string, number> = {};
  for (const operation of asked) count[operation] = (count[operation] ?? 0) + 1;
  return count;
};

const digits = (index: number) => String(index).padStart(4, "0");
const plain: Argument = () => ({});
const workspaceSid = seeded.workspace;
const smsAddress: Argument = (index) => ({
  type: "messenger",
  address: `messenger:1${digits(index)}`,
  autoCreation: { type: "studio", studioFlowSid: seeded.studioFlow },
});
const webFlow: Argument = (index) => ({
  channelType: "custom",
  contactIdentity: `customer ${index}`,
  chatServiceSid: seeded.flexService,
  integration: { type: "studio", flowSid: seeded.studioFlow },
});

const listable: [type: string, list: string, args: Argument][] = [
  ["MessagingService", "ListService", plain],
  ["ProxyService", "ListService", (index) => ({ uniqueName: `made ${index}` })],
  ["TwimlApplication", "ListApplication", plain],
  ["FlexFlow", "ListFlexFlow", webFlow],
  ["ConversationsAddress", "ListConfigurationAddress", smsAddress],
  ["ChatService", "ListService", plain],
  ["ConversationsService", "ListService", (index) => ({ friendlyName: `made ${index}` })],
  ["PhoneNumber", "ListIncomingPhoneNumber", () => ({ search: { country: "US" } })],
  ["TaskRouterWorkspace", "ListWorkspace", plain],
  ["TaskRouterActivity", "ListActivity", (index) => ({ workspaceSid, friendlyName: `made ${index}` })],
  ["TaskRouterTaskChannel", "ListTaskChannel", (index) => ({ workspaceSid, uniqueName: `made${index}` })],
  ["TaskRouterTaskQueue", "ListTaskQueue", (index) => ({ workspaceSid, friendlyName: `made ${index}` })],
  ["TaskRouterWorker", "ListWorker", (index) => ({ workspaceSid, friendlyName: `made ${index}` })],
  [
    "TaskRouterWorkflow",
    "ListWorkflow",
    (index) => ({
      workspaceSid,
      friendlyName: `made ${index}`,
      configuration: { task_routing: { default_filter: { queue: seeded.everyoneQueue } } },
    }),
  ],
  ["Subaccount", "ListAccount", plain],
  [
    "MessagingServiceAlphaSender",
    "ListAlphaSender",
    (index) => ({ serviceSid: seeded.messagingService, alphaSender: `Made ${index}` }),
  ],
];

test.each(listable)("many of %s are read by one list, as by reads of their own", async (type, list, args) => {
  const all = await made(type, 6, args);
  const few = await refreshed(type, all.slice(0, 3));
  session = Object.assign(Object.create(session), { run: new Run() });
  const many = await refreshed(type, all);
  expect(counted(many.asked)).toEqual({ [list]: 1 });
  expect(few.asked).toHaveLength(3);
  expect(few.asked).not.toContain(list);
  expect(many.result.slice(0, 3)).toEqual(few.result);
  expect(many.result.map((seen) => seen?.state.accountSid)).toEqual(all.map(() => seeded.account));
});

test("so are handlers, out of the list of the numbers", async () => {
  const numbers = await made("PhoneNumber", 5, () => ({ search: { country: "US" } }));
  const handlers = await made("PhoneNumberHandler", 5, (index) => ({
    phoneNumberSid: numbers[index]?.id ?? "",
    message: { kind: "webhook", url: "https://example.com/in" },
  }));
  const { asked, result } = await refreshed("PhoneNumberHandler", handlers);
  expect(counted(asked)).toEqual({ ListIncomingPhoneNumber: 1 });
  expect(result.map((seen) => seen?.inputs.message)).toEqual(
    handlers.map(() => ({ kind: "webhook", url: "https://example.com/in" })),
  );
});

test("what lists show in part is read by itself", async () => {
  const flows = await made("StudioFlow", 5, () => ({
    status: "draft",
    definition: {
      ...{ states: [{ name: "Trigger", type: "trigger", transitions: [], properties: {} }] },
      ...{ initial_state: "Trigger", description: "", flags: {} },
    },
  }));
  expect(counted((await refreshed("StudioFlow", flows)).asked)).toEqual({ FetchFlow: 5 });
});

describe("pages", () => {
  const list = "ListConfigurationAddress";

  test.each([
    [45, 1],
    [251, 6],
  ])("of %i addresses, %i pages are asked for at most", async (amount, pages) => {
    emulator.state.account().addressConfigurations = {};
    const all = await made("ConversationsAddress", amount, smsAddress);
    const { asked, result } = await refreshed("ConversationsAddress", all);
    expect(counted(asked)).toEqual({ [list]: pages });
    expect(result.every((seen) => seen !== undefined)).toBe(true);
  });

  test.each([
    [49, 1],
    [50, 1],
    [51, 2],
  ])("with %i in the account, the oldest are on page %i", async (amount, pages) => {
    emulator.state.account().addressConfigurations = {};
    const all = await made("ConversationsAddress", amount, smsAddress);
    const oldest = [...all].sort((a, b) => makingOf(a) - makingOf(b)).slice(0, 4);
    expect(counted((await refreshed("ConversationsAddress", oldest)).asked)).toEqual({ [list]: pages });
  });

  test("are not asked for without end for a few of many", async () => {
    const all = await made("ConversationsAddress", 651, smsAddress);
    const oldest = [...all].sort((a, b) => makingOf(a) - makingOf(b)).slice(0, 4);
    const { asked } = await refreshed("ConversationsAddress", oldest);
    expect(counted(asked)).toEqual({ [list]: 12, FetchConfigurationAddress: 4 });
  });

  test("where one object is read at a time, come after the third", async () => {
    const all = await made("ConversationsAddress", 20, smsAddress);
    const { asked } = await refreshed("ConversationsAddress", all, 1);
    expect(asked).toEqual([...Array.from({ length: 3 }, () => "FetchConfigurationAddress"), list]);
  });

  const makingOf = ({ id }: Kept) => Object.keys(emulator.state.account().addressConfigurations).indexOf(id);
});

describe("what a list does not tell", () => {
  const list = "ListService";
  const fetched = "FetchService";

  test("an object that is gone is looked for by itself", async () => {
    const all = await made("MessagingService", 6);
    delete emulator.state.account().messagingServices[all[2]?.id ?? ""];
    const { asked, result } = await refreshed("MessagingService", all);
    expect(counted(asked)).toEqual({ [list]: 1, [fetched]: 1 });
    expect(result.map((seen) => seen !== undefined)).toEqual([true, true, false, true, true, true]);
  });

  test("an object of a list that was asked for before is as it was then, until this process does anything else", async () => {
    const all = await made("MessagingService", 6);
    const [first, ...others] = all;
    if (first === undefined) throw new Error("none is made");
    await refreshed("MessagingService", others);
    const inAccount = emulator.state.account().messagingServices[first.id];
    if (inAccount) inAccount.friendly_name = "by hand";
    const early = await during(() => read("MessagingService", first));
    expect(early).toMatchObject({ asked: [], result: { state: { friendlyName: "made-0" } } });

    await resourceNamed("TwimlApplication").life.check(session, {}, {});
    const late = await during(() => read("MessagingService", first));
    expect(late).toMatchObject({ asked: [fetched], result: { state: { friendlyName: "by hand" } } });
  });

  test("what this process has written is not taken from a list of before", async () => {
    const all = await made("MessagingService", 6);
    await refreshed("MessagingService", all);
    const { life } = resourceNamed("MessagingService");
    const later = await Promise.all(
      all.map(async ({ id, state }, index) => {
        const inputs = declared({ validityPeriod: 60 }, index);
        return life.update(session, id, state, inputs);
      }),
    );
    const { asked, result } = await refreshed("MessagingService", later);
    expect(counted(asked)).toEqual({ [list]: 1 });
    expect(result.map((seen) => seen?.state.validityPeriod)).toEqual(all.map(() => 60));
  });

  test("nor is anything from a list that was asked for while this process wrote", async () => {
    const all = await made("MessagingService", 6);
    const [first, ...others] = all;
    if (first === undefined) throw new Error("none is made");
    emulator.addFault({ match: { operationId: "UpdateService" }, effect: { delayMs: 200 } });
    const { life } = resourceNamed("MessagingService");
    const writing = life.update(session, first.id, first.state, declared({ validityPeriod: 60 }, 0));
    await refreshed("MessagingService", others);
    const { state } = await writing;
    const seen = await read("MessagingService", { id: first.id, state });
    expect(seen?.state.validityPeriod).toBe(60);
  });

  test("an object that the program only reads is never taken from a list", async () => {
    const all = await made("MessagingService", 6);
    const named = all.map(({ id }) => ({ id, state: {} }));
    expect(counted((await refreshed("MessagingService", named)).asked)).toEqual({ [fetched]: 6 });
  });

  test.each<[string, Parameters<Emulator["addFault"]>[0]["effect"], number]>([
    ["is refused", { status: 403 }, 1],
    ["is not there", { status: 404 }, 1],
    ["is cut", { spoil: { body: '{"services": [{"sid": "MG' } }, 5],
    ["is another answer", { spoil: { body: '{"services": []}' } }, 1],
    ["leaves out what a read shows", { spoil: { body: "half" } }, 1],
    ["is of another account", { spoil: { body: "foreign" } }, 1],
  ])("where the list %s, each object is read", async (_, effect, lists) => {
    const all = await made("MessagingService", 6);
    const shown = (more: object) => ({
      services: Object.values(emulator.state.account().messagingServices).map((one) => ({ ...one, ...more })),
      meta: { key: "services", page: 0, page_size: 1000, next_page_url: null },
    });
    const bodies: Record<string, object> = {
      half: shown({ account_sid: seeded.account, sticky_sender: undefined }),
      foreign: shown({ account_sid: `AC${"1".repeat(32)}` }),
    };
    const body = bodies[effect.spoil?.body ?? ""];
    const spoiled = body === undefined ? effect : { spoil: { body: JSON.stringify(body) } };
    emulator.addFault({ match: { operationId: list, host: "messaging.twilio.com" }, effect: spoiled });
    const { asked, result } = await refreshed("MessagingService", all);
    expect(counted(asked)).toEqual({ [list]: lists, [fetched]: 6 });
    expect(result.map((seen) => seen?.state.friendlyName)).toEqual(all.map((__, index) => `made-${index}`));
  });
});

test("preview looks at many objects that are to be adopted in one list", async () => {
  const all = await made("MessagingService", 6);
  const { life } = resourceNamed("MessagingService");
  const { asked, result } = await during(() =>
    Promise.all(
      all.map(({ id }, index) => life.check(session, {}, { adopt: id, __pulumiName: `taken-${index}` })),
    ),
  );
  expect(result.flatMap(({ problems }) => problems)).toEqual([]);
  expect(counted(asked)).toEqual({ ListService: 1 });
});

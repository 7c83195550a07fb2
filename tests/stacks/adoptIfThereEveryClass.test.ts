import { seeded } from "../../emulator/index";
import { declare, slots } from "../model/slots";
import { emulatorCredentials, isOnEngine, onStack } from "./onStack";
import { refusalsOf } from "./refusals";

const stack = onStack({ eachTest: true });
const { run, refusal } = refusalsOf(stack);

const program = (type: string, args: object, ...names: string[]) =>
  run(() => {
    for (const name of names) declare(type, name, args, []);
  });
/** Another stack on the account, which has nothing to do with this one. */
const another = () => stack.another({ baseUrl: stack.emulator.url, ...emulatorCredentials });
const writes = (requests: string[]) =>
  requests
    .map((request) => request.split(" ")[0] ?? "")
    .filter((operation) => /^(Create|Update|Delete)/.test(operation) && !operation.endsWith("Validate"));

/** Of these an account may have several with one name. */
const named = [
  "ChatService",
  "ConversationsService",
  "FlexFlow",
  "MessagingService",
  "PhoneNumber",
  "StudioFlow",
  "Subaccount",
  "TaskRouterWorkspace",
  "TwimlApplication",
];
/** Each is a preview of its own; on the engine, one shows as much as all. */
const previewed = isOnEngine ? named.slice(0, 1) : named;
const keyed = [
  "ConversationsAddress",
  "MessagingServiceAlphaSender",
  "MessagingServiceChannelSender",
  "MessagingServicePhoneNumber",
  "MessagingServiceShortCode",
  "ProxyPhoneNumber",
  "ProxyService",
  "TaskRouterActivity",
  "TaskRouterTaskChannel",
  "TaskRouterTaskQueue",
  "TaskRouterWorker",
  "TaskRouterWorkflow",
];

/** What the table has of each class, but for a number that would be in two pools. */
const argsOf = Object.fromEntries(
  slots
    .filter(({ isAdoptable }) => isAdoptable)
    .map(({ type, args }) => [
      type,
      type === "ProxyPhoneNumber" ? { ...args, phoneNumberSid: seeded.legacyNumber } : args,
    ]),
);

test("every class that adopts is here", () => {
  expect(Object.keys(argsOf).sort()).toEqual([...named, ...keyed].sort());
});

describe("every class", () => {
  /** One of each, whose name is that of its class. */
  const all = (adopt?: "ifThere") =>
    run(() => {
      for (const [type, args] of Object.entries(argsOf)) declare(type, type, { ...args, adopt }, []);
    });
  const creates = Object.fromEntries(Object.keys(argsOf).map((type) => [type, "create"]));
  const adopting = (output: string) =>
    [...output.matchAll(/adopting the .*? "(\w+)" \(\w+\) (.*)/g)]
      .map(([, type, what]) => [type, what])
      .sort();

  test("is taken over where it is there, which preview says, and stays on destroy", async () => {
    await (await another()).up(all());
    const { failed, output } = await stack.preview(all("ifThere"));
    const nothing = "changes nothing in it";
    expect({ failed, adopting: adopting(output) }).toEqual({
      failed: false,
      adopting: Object.keys(argsOf)
        .map((type) => [type, nothing])
        .sort(),
    });
    const up = await stack.up(all("ifThere"));
    expect({ steps: up.steps, writes: writes(up.requests) }).toEqual({ steps: creates, writes: [] });
    expect(await stack.up(all("ifThere"))).toMatchObject({ steps: {}, requests: [] });
    expect(writes((await stack.destroy()).requests)).toEqual([]);
  });

  test("is made where it is not there, which preview says, and goes on destroy", async () => {
    const { failed, output } = await stack.preview(all("ifThere"));
    expect({ failed, adopting: adopting(output) }).toEqual({ failed: false, adopting: [] });
    const up = await stack.up(all("ifThere"));
    const made = writes(up.requests).filter((operation) => operation.startsWith("Create"));
    expect(made).toHaveLength(Object.keys(argsOf).length);
    expect(await stack.up(all("ifThere"))).toMatchObject({ steps: {}, requests: [] });
    const gone = writes((await stack.destroy()).requests).filter(
      (operation) => operation !== "UpdateAccount",
    );
    expect(gone).toHaveLength(made.length - 1);
  });

  test("that needs no name of its own is refused where several have this name, and all are named", async () => {
    const twins = (type: string) => ({ ...argsOf[type], friendlyName: `${type}s` });
    const other = await another();
    await other.up(
      run(() => {
        for (const type of named)
          for (const name of ["first", "second"]) declare(type, name, twins(type), []);
      }),
    );
    for (const type of previewed) {
      const said = await refusal(program(type, { ...twins(type), adopt: "ifThere" }, "one"));
      expect([type, said]).toEqual([
        type,
        expect.stringMatching(/adopt: several have this name: \w{34}, \w{34}; name one with adopt: "<SID>"/),
      ]);
    }
  });

  test("is declared by one resource of the program", async () => {
    for (const type of previewed) {
      const both = { ...argsOf[type], friendlyName: "Both", adopt: "ifThere" };
      expect([type, await refusal(program(type, both, "one", "two"))]).toEqual([
        type,
        expect.stringMatching(/another resource of this program, "(one|two)", declares the same/),
      ]);
    }
  });
});

test("an adopted Studio flow is compared with its definition, which lists leave out", async () => {
  const definition = { states: [{ name: "T", type: "trigger", transitions: [] }], initial_state: "T" };
  const flow = (adopt: string | undefined, description: string) =>
    program(
      "StudioFlow",
      { friendlyName: "Opening", definition: { ...definition, description }, status: "published", adopt },
      "one",
    );
  await (await another()).up(flow(undefined, "before"));
  expect((await stack.preview(flow("ifThere", "after"))).output).toContain("changes definition");
  await stack.up(flow("ifThere", "after"));
  await stack.destroy();
  const revisions = Object.values(stack.account().studioFlows).flatMap((one) =>
    one.revisions.some(({ friendly_name }) => friendly_name === "Opening") ? one.revisions : [],
  );
  expect(revisions.map(({ definition }) => Reflect.get(definition, "description"))).toEqual([
    "before",
    "after",
    "before",
  ]);
});

describe("what was made, and not adopted", () => {
  const activity = (available: boolean) =>
    program("TaskRouterActivity", { workspaceSid: seeded.workspace, available, adopt: "ifThere" }, "one");
  const number = (areaCode: string) =>
    program("PhoneNumber", { areaCode, releaseOnDelete: true, adopt: "ifThere" }, "one");

  test("is replaced like any other, the old one first", async () => {
    await stack.up(activity(true));
    const { steps, requests } = await stack.up(activity(false));
    expect(steps.one).toContain("replace");
    expect(writes(requests)).toEqual(["DeleteActivity", "CreateActivity"]);
  });

  test("is replaced like any other, the new one first, and is no twin of itself", async () => {
    await stack.up(number("415"));
    const { steps, requests } = await stack.up(number("212"));
    expect(steps.one).toContain("replace");
    expect(writes(requests)).toEqual(["CreateIncomingPhoneNumber", "DeleteIncomingPhoneNumber"]);
    expect(writes((await stack.destroy()).requests)).toEqual(["DeleteIncomingPhoneNumber"]);
  });

  test("is refused where it was adopted, and preview warns of it", async () => {
    await (await another()).up(
      program("TaskRouterActivity", { workspaceSid: seeded.workspace, available: true }, "one"),
    );
    await stack.up(activity(true));
    const said = "available: cannot be changed on an adopted object";
    expect((await stack.preview(activity(false))).output).toContain(said);
    const { failed, output } = await stack.tryUp(activity(false));
    expect({ failed, output }).toEqual({ failed: true, output: expect.stringContaining(said) });
  });
});

test("a rename without an alias keeps what was made as the program's own", async () => {
  const named = (name: string, voiceUrl: string) =>
    program("TwimlApplication", { friendlyName: "Shared", voiceUrl, adopt: "ifThere" }, name);
  const applications = () =>
    Object.values(stack.account().applications).filter(({ friendly_name }) => friendly_name === "Shared");
  await stack.up(named("before", "https://example.com/before"));
  const { steps } = await stack.up(named("after", "https://example.com/after"));
  expect(steps).toEqual({ after: "create", before: "delete" });
  expect(applications()).toEqual([expect.objectContaining({ voice_url: "https://example.com/after" })]);
  expect(await stack.up(named("after", "https://example.com/after"))).toMatchObject({ steps: {} });
  await stack.destroy();
  expect(applications()).toEqual([]);
});

test("what another resource of the program has made is not taken from it", async () => {
  const flow = { friendlyName: "Shared", voiceUrl: "https://example.com/voice" };
  const first = () => declare("TwimlApplication", "first", flow, []);
  await stack.up(run(first));
  const both = run(() => {
    first();
    declare("TwimlApplication", "second", { ...flow, adopt: "ifThere" }, []);
  });
  const { failed, output } = await stack.tryUp(both);
  expect({ failed, output }).toEqual({
    failed: true,
    output: expect.stringMatching(/adopt: AP\w+ is another resource's of this program/),
  });
});

import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, seeded } from "../../emulator/index";
import { clientOf, control, useEmulator } from "../emulator/support";
import { run, shellFor } from "./support";

// Several commands, each a process of its own.
jest.setTimeout(120_000);

const emulators = useEmulator();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pull-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const pull = (...args: string[]) => run(["pull", ...args], shellFor(emulators.current));
const files = () => readdirSync(folder).sort();

const trigger = { name: "Trigger", type: "trigger", transitions: [], properties: {} };
const flowOf = (...states: object[]) => ({
  states: [trigger, ...states],
  initial_state: "Trigger",
  description: "Flow",
});
const widget = (properties: object) => ({
  name: "Widget",
  type: "send-message",
  transitions: [],
  properties,
});

/** Makes a flow, and gives its SID. */
async function make(
  friendlyName: string,
  definition: object = flowOf(),
  status: "draft" | "published" = "published",
  emulator: Emulator = emulators.current,
): Promise<string> {
  const { sid } = await clientOf(emulator).studio.v2.flows.create({ friendlyName, definition, status });
  return sid;
}

describe("one flow goes to stdout", () => {
  test("by name or SID, with its keys in one order, and the same each time", async () => {
    const sid = await make("Opening hours", flowOf(widget({ to: "b", from: "a" })));
    const byName = await pull("Opening hours");
    expect(byName).toEqual({
      code: 0,
      err: "",
      progress: "",
      out: `${JSON.stringify(
        {
          description: "Flow",
          initial_state: "Trigger",
          states: [
            { name: "Trigger", properties: {}, transitions: [], type: "trigger" },
            {
              name: "Widget",
              properties: { from: "a", to: "b" },
              transitions: [],
              type: "send-message",
            },
          ],
        },
        null,
        2,
      )}\n`,
    });
    expect((await pull(sid)).out).toBe(byName.out);
  });

  test("several need a folder", async () => {
    await make("Opening hours");
    expect(await pull()).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining("give --out <folder>"),
    });
  });

  test("one that is not there, or not alone, is named with what there is", async () => {
    const first = await make("Twin");
    const second = await make("Twin");
    const twin = await pull("Twin");
    expect(twin).toMatchObject({ code: 2, out: "" });
    expect(twin.err).toContain(
      `2 Studio flows of ${seeded.account} are called "Twin": ${first} (Twin), ${second}`,
    );
    const none = await pull("Triplet");
    expect(none).toMatchObject({ code: 2, out: "" });
    expect(none.err).toContain('has no Studio flow "Triplet". It has ');
    expect(none.err).toContain(`${seeded.studioFlow} (Messaging Flow)`);
    expect(none.err.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("a folder", () => {
  test("gets a file for each flow, and no file is written twice or without need", async () => {
    await make("../../etc/Ünïcode & ‘quotes’ \u202e $(rm) 🎉");
    await make("Opening hours");
    await make("opening-hours");
    await make("con");
    await make("🎉");
    await make("営業時間");
    const { code, out, err } = await pull("--out", folder);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(files()).toEqual(
      [
        "etc-ünïcode-quotes-rm.json",
        "flow-con.json",
        "flow.json",
        "messaging-flow.json",
        "opening-hours-2.json",
        "opening-hours.json",
        "voice-ivr.json",
        "営業時間.json",
      ].sort(),
    );
    expect(err.match(/^wrote /gm)).toHaveLength(8);
    const before = statSync(join(folder, "opening-hours.json")).mtimeMs;
    writeFileSync(join(folder, "messaging-flow.json"), "{}");
    const again = await pull("--out", folder);
    expect(again.err.match(/^wrote .*/gm)).toEqual([expect.stringContaining("messaging-flow.json")]);
    expect(statSync(join(folder, "opening-hours.json")).mtimeMs).toBe(before);
    expect(files()).toHaveLength(8);
  });

  test("a flow has the same file whether it is pulled alone or with the others", async () => {
    await make("Twin");
    const second = await make("Twin");
    await pull(second, "--out", join(folder, "new", "flows"));
    expect(readdirSync(join(folder, "new", "flows"))).toEqual(["twin-2.json"]);
  });

  test("what cannot be read is named, and the others are written", async () => {
    const sid = await make("Broken");
    await control(emulators.current, "POST", "faults", {
      match: { path: `/v2/Flows/${sid}/Revisions/LatestPublished` },
      effect: { status: 403, code: 20003, message: "no" },
    });
    const { code, err } = await pull("--out", folder);
    expect(code).toBe(2);
    expect(err).toMatch(/"Broken" \(FW\w+\): it could not be read: .*HTTP 403/);
    expect(files()).toEqual(["messaging-flow.json", "voice-ivr.json"]);
  });

  test("that cannot be made is an error", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect((await pull("--out", file)).code).toBe(2);
  });
});

describe("drafts", () => {
  const changed = flowOf(widget({ body: "later" }));

  test("one that was never published is named and left out", async () => {
    const sid = await make("Idea", changed, "draft");
    const all = await pull("--out", folder);
    expect(all.code).toBe(0);
    expect(all.err).toContain(
      `"Idea" (${sid}): left out, since it was never published; --draft pulls the draft`,
    );
    expect(existsSync(join(folder, "idea.json"))).toBe(false);
    expect(await pull("Idea")).toMatchObject({ code: 1, out: "" });
    expect(JSON.parse((await pull("Idea", "--draft")).out)).toEqual(changed);
  });

  test("a later draft is not what runs", async () => {
    const sid = await make("Live");
    await clientOf(emulators.current).studio.v2.flows(sid).update({ status: "draft", definition: changed });
    const { code, out, err } = await pull("Live");
    expect({ code, definition: JSON.parse(out) }).toEqual({ code: 0, definition: flowOf() });
    expect(err).toContain("its latest revision is a draft, which is not what runs");
    const draft = await pull("Live", "--draft");
    expect(draft).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(draft.out)).toEqual(changed);
  });
});

describe("--portable", () => {
  const properties = async (definition: object, ...args: string[]) => {
    const sid = await make("Portable", definition);
    const { code, out, err } = await pull(sid, "--portable", ...args);
    return { code, err, properties: JSON.parse(out).states[1].properties, sid };
  };

  test("writes what each SID is called", async () => {
    const client = clientOf(emulators.current);
    const { sid: service } = await client.messaging.v1.services.create({ friendlyName: "Notices" });
    const { sid: chat } = await client.conversations.v1.services.create({ friendlyName: "Chats" });
    const { taskChannels } = client.taskrouter.v1.workspaces(seeded.workspace);
    const [chats] = (await taskChannels.list()).filter(({ uniqueName }) => uniqueName === "chat");
    expect(
      await properties(
        flowOf(
          widget({
            workflow: seeded.workflow,
            channel: chats?.sid,
            flow_sid: seeded.studioFlow,
            service,
            chat,
            proxy: seeded.proxyService,
            number: seeded.smsNumber,
            queue: seeded.everyoneQueue,
            nested: [{ workspace: seeded.workspace }],
          }),
        ),
      ),
    ).toMatchObject({
      code: 0,
      err: "",
      properties: {
        workflow: "sid:workflow/Assign to Anyone",
        channel: "sid:task-channel/chat",
        flow_sid: "sid:flow/Messaging Flow",
        service: "sid:messaging-service/Notices",
        chat: "sid:conversations-service/Chats",
        proxy: "sid:proxy-service/Flex Proxy Service",
        number: "sid:number/+15017122661",
        queue: "sid:task-queue/Everyone",
        nested: [{ workspace: "sid:workspace/Flex Task Assignment" }],
      },
    });
  });

  test("what has no name, or not one of its own, stays and is said", async () => {
    const fn = `ZH${"1".repeat(32)}`;
    const gone = `WW${"2".repeat(32)}`;
    const twin = await make("Twin");
    await make("Twin");
    const {
      code,
      err,
      properties: kept,
    } = await properties(
      flowOf(
        widget({ fn, gone, twin, url: `https://example.com/${seeded.workflow}`, [seeded.workflow]: "key" }),
      ),
    );
    expect({ code, kept }).toEqual({
      code: 0,
      kept: { fn, gone, twin, url: `https://example.com/${seeded.workflow}`, [seeded.workflow]: "key" },
    });
    const at = "definition.states[1].properties";
    expect(err).toContain(`${at}.fn: ${fn} stays, as its kind has no names here`);
    expect(err).toContain(`${at}.gone: ${gone} stays, as the account has no such workflow`);
    expect(err).toContain(
      `${at}.twin: ${twin} stays, as "Twin" does not mean it alone among all of its kind`,
    );
    expect(err).toContain(`${at}.url: ${seeded.workflow} stays, as a part of a longer text`);
    expect(err.trimEnd().split("\n")).toHaveLength(5);
  });

  test("names mean what is in the workspace of Flex, if there are several", async () => {
    const { workspaces } = clientOf(emulators.current).taskrouter.v1;
    const workspace = workspaces((await workspaces.create({ friendlyName: "Night" })).sid);
    const channels = await workspace.taskChannels.list();
    const chat = channels.find(({ uniqueName }) => uniqueName === "chat")?.sid ?? "";
    const { sid: late } = await workspace.taskQueues.create({ friendlyName: "Late" });
    const { err, properties: kept } = await properties(flowOf(widget({ chat, late })));
    expect(kept).toEqual({ chat, late: "sid:task-queue/Late" });
    expect(err).toContain(`${chat} stays, as "chat" does not mean it alone`);
  });

  test("a list that may not be read is named, and ends with 2", async () => {
    await control(emulators.current, "POST", "faults", {
      match: { host: "taskrouter.twilio.com" },
      effect: { status: 403, code: 20003, message: "no" },
    });
    const {
      code,
      err,
      properties: kept,
    } = await properties(flowOf(widget({ workflow: seeded.workflow, flow: seeded.studioFlow })));
    expect({ code, kept }).toEqual({
      code: 2,
      kept: { workflow: seeded.workflow, flow: "sid:flow/Messaging Flow" },
    });
    expect(err).toMatch(/workflow: WW\w+ stays, as the names could not be read: .*HTTP 403/);
  });

  test("a text that looks like a name is marked as none", async () => {
    const literal = { body: "sid:workflow/Support", other: "sid:text/x", said: "sid: yes" };
    const { properties: kept, sid } = await properties(flowOf(widget(literal)));
    expect(kept).toEqual({
      body: "sid:text/sid:workflow/Support",
      other: "sid:text/sid:text/x",
      said: "sid: yes",
    });
    expect((await pull(sid)).err).toContain("flowFromFile takes sid:workflow/Support for a name");
  });
});

test("what may hold a credential is pulled, and its places are said without it", async () => {
  const password = "hunter2-4f9d1c";
  const request = {
    url: `https://user:${password}@example.com/`,
    headers: [{ key: "Authorization", value: `Bearer ${password}` }],
  };
  await make("Secret", flowOf({ ...widget(request), type: "make-http-request" }));
  const { code, out, err } = await pull("Secret");
  expect(code).toBe(0);
  expect(out).toContain(password);
  expect(err).not.toContain(password);
  expect(err).toContain("definition.states[1].properties.url may hold a credential");
  expect(err).toContain("definition.states[1].properties.headers[0].value may hold a credential");
});

test("without credentials, or with wrong ones, it is one line and 2", async () => {
  for (const environment of [{}, { ...shellFor(emulators.current), TWILIO_AUTH_TOKEN: "wrong" }]) {
    const { code, out, err } = await run(["pull"], environment);
    expect({ code, out, lines: err.trimEnd().split("\n").length }).toEqual({ code: 2, out: "", lines: 1 });
  }
});

test("an account without flows has none to pull", async () => {
  emulators.current.state.account().studioFlows = {};
  expect(await pull()).toMatchObject({
    code: 0,
    out: "",
    err: expect.stringContaining("has no Studio flows"),
  });
  expect(existsSync(join(folder, "flows"))).toBe(false);
});

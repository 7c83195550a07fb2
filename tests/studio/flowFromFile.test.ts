import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { seeded } from "../../emulator/index";
import { flowFromFile } from "../../provider/index";
import { lookUp } from "../../provider/lookups/lookup";
import { namesInFile } from "../../provider/studio/namesInFile";
import { clientOf } from "../emulator/support";
import { isKnown, Later, resolved, startProgram, useProgram } from "../lookups/support";
import { emulatorCredentials } from "../stacks/onStack";

const program = useProgram();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "flow-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(content: string | Uint8Array | object): string {
  const path = join(folder, "flow.json");
  const isText = typeof content === "string" || content instanceof Uint8Array;
  writeFileSync(path, isText ? content : JSON.stringify(content));
  return path;
}

const widget = (properties: object) => ({
  states: [{ name: "Widget", type: "send-to-flex", transitions: [], properties }],
});
const at = "definition.states[0].properties";
const workflow = "sid:workflow/Assign to Anyone";

test.each<[string, () => unknown, string]>([
  ["no file", () => flowFromFile(join(folder, "none.json")), "none.json: there is no such file"],
  ["a folder", () => flowFromFile(folder), "it cannot be read (EISDIR)"],
  [
    "a comma too many",
    () => flowFromFile(file('{\n  "states": [1,]\n}')),
    "definition: got a text that is not JSON (line 2, column 15: nothing follows this comma)",
  ],
  [
    "a list",
    () => flowFromFile(file("[]")),
    "definition: got the JSON text of a list; give the flow as Studio exports it",
  ],
  ["nothing", () => flowFromFile(file("")), "definition: got a text that is not JSON (it ends too early)"],
  [
    "a text in another encoding",
    () => flowFromFile(file(Buffer.from('{"é":1}', "latin1"))),
    "it is no text in UTF-8",
  ],
  [
    "a number that loses digits",
    () => flowFromFile(file('{"a":{"b":12345678901234567890}}')),
    "definition.a.b: got the whole number 12345678901234567890",
  ],
  [
    "a kind that is none",
    () => flowFromFile(file(widget({ a: "sid:worklow/Support" }))),
    `${at}.a: sid:worklow/… names no kind of object; did you mean sid:workflow/…?`,
  ],
  [
    "a key of sids that is none",
    () => flowFromFile(file(widget({ workflow })), { sids: { Support: seeded.workflow } }),
    'sids: "Support" is neither a name as it is in the file',
  ],
  [
    "a SID of another kind",
    () =>
      flowFromFile(file(widget({ workflow })), { sids: { "workflow/Assign to Anyone": seeded.studioFlow } }),
    `sids: "workflow/Assign to Anyone": got "${seeded.studioFlow}"; give a SID: WW and 32 hexadecimal digits`,
  ],
])("%s is refused before anything is asked", (_, read, said) => {
  expect(read).toThrow(said);
  expect(program.emulator.requests).toEqual([]);
});

describe("names are looked up in the account", () => {
  const look = (...keys: string[]) =>
    lookUp(namesInFile, {
      file: "flows/a.json",
      names: keys.map((key) => ({ key, at: `definition.${key}` })),
    });

  test("in one list of each kind, and for each name once", async () => {
    const keys = [
      "workflow/Assign to Anyone",
      "flow/Messaging Flow",
      "number/+15017122661",
      "flow/Messaging Flow",
    ];
    expect(await look(...keys)).toEqual({ sids: [seeded.workflow, seeded.studioFlow, seeded.smsNumber] });
    expect(program.emulator.requests.map(({ operationId }) => operationId).sort()).toEqual([
      "FetchConfiguration",
      "ListFlow",
      "ListIncomingPhoneNumber",
      "ListWorkflow",
      "ListWorkspace",
    ]);
  });

  test("all that nothing has, or several, are refused at once with their places", async () => {
    const { services } = clientOf(program.emulator).messaging.v1;
    const [first, second] = [
      await services.create({ friendlyName: "Twin" }),
      await services.create({ friendlyName: "Twin" }),
    ];
    await expect(look("workflow/None", "messaging-service/Twin")).rejects.toThrow(
      `flowFromFile: flows/a.json: definition.workflow/None: ${seeded.account} has no TaskRouter workflow called "None". It has ${seeded.workflow} (Assign to Anyone)`,
    );
    const said = await look("workflow/None", "messaging-service/Twin").catch(String);
    expect(said).toContain("definition.messaging-service/Twin: 2 Messaging Services of");
    for (const { sid } of [first, second]) expect(said).toContain(`${sid} (Twin)`);
    expect(said).toContain('Give the SID or the resource by sids: { "messaging-service/Twin": … }');
  });

  test("also what has been made since the first of them", async () => {
    await look("flow/Messaging Flow");
    const { sid } = await clientOf(program.emulator).studio.v2.flows.create({
      friendlyName: "New",
      status: "published",
      definition: { states: [{ name: "T", type: "trigger", transitions: [] }], initial_state: "T" },
    });
    expect(await look("flow/New")).toEqual({ sids: [sid] });
  });

  test("an account without Flex has names, too", async () => {
    program.emulator.state.account().flexConfiguration = null;
    expect(await look("task-channel/chat")).toEqual({ sids: [expect.stringMatching(/^TC/)] });
  });

  test("a product that may not be read is an error", async () => {
    program.emulator.addFault({
      match: { host: "studio.twilio.com" },
      effect: { status: 403, code: 20003, message: "no" },
    });
    await expect(look("flow/New")).rejects.toThrow(/flowFromFile: .*HTTP 403/);
  });
});

test("without names, or with all of them given, nothing is asked and no credentials are needed", async () => {
  await startProgram({});
  const path = file(
    `\uFEFF${JSON.stringify(widget({ workflow, said: "sid: no", text: "sid:text/sid:flow/x" }))}`,
  );
  const sids = {
    "sid:workflow/Assign to Anyone": pulumi.output(seeded.workflow),
    "flow/In another file": "FW",
  };
  expect(() => flowFromFile(path, { sids })).toThrow("give a SID: FW");
  const { "flow/In another file": _, ...given } = sids;
  expect(await resolved(flowFromFile(path, { sids: given }))).toEqual(
    widget({ workflow: seeded.workflow, said: "sid: no", text: "sid:flow/x" }),
  );
  expect(program.emulator.requests).toEqual([]);
});

test("what is not known yet in a preview leaves the definition unknown", async () => {
  await startProgram({ ...emulatorCredentials, baseUrl: program.emulator.url }, { preview: true });
  const path = file(widget({ workflow }));
  const later = new Later("later");
  expect(await isKnown(flowFromFile(path, { sids: { "workflow/Assign to Anyone": later } }))).toBe(false);
  expect(await isKnown(flowFromFile(path))).toBe(true);
});

test("a definition that may hold a credential is a secret", async () => {
  const url = "https://user:password@example.com/";
  expect(await pulumi.isSecret(flowFromFile(file(widget({ url }))))).toBe(true);
  expect(await pulumi.isSecret(flowFromFile(file(widget({ workflow }))))).toBe(false);
});

test("a user's unit test has the names themselves, unless its mocks answer", async () => {
  const tokens: string[] = [];
  let answer: object = {};
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
    call: ({ token }) => {
      tokens.push(token);
      return answer;
    },
  });
  const path = file(widget({ workflow }));
  expect(await resolved(flowFromFile(path))).toEqual(widget({ workflow }));
  answer = { sids: [seeded.workflow] };
  expect(await resolved(flowFromFile(path))).toEqual(widget({ workflow: seeded.workflow }));
  expect(tokens).toEqual(Array(2).fill("twilio-flex:index:flowFromFile"));
});

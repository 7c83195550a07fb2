import { ProxyService, StudioFlow } from "../../provider/index";
import { isRecord } from "../../provider/values/values";
import { onStack } from "./onStack";

const definition = {
  description: "Answers",
  states: [
    {
      name: "Trigger",
      type: "trigger",
      transitions: [{ event: "incomingMessage" }],
      properties: { offset: { x: 0, y: 0 } },
    },
  ],
  initial_state: "Trigger",
};

/** One of a kind of which Twilio takes several alike, and one of a kind of which it does not. */
const program = async () => {
  const { sid: flow } = new StudioFlow("flow", { friendlyName: "Doubted", definition, status: "published" });
  const { sid: proxy } = new ProxyService("proxy", { uniqueName: "doubted" });
  return { flow, proxy };
};

const stack = onStack();

const made = () => {
  const { studioFlows: flows, proxyServices } = stack.account();
  return [
    ...Object.values(flows).filter(({ revisions }) => revisions.at(-1)?.friendly_name === "Doubted"),
    ...Object.values(proxyServices).filter(({ unique_name }) => unique_name === "doubted"),
  ].map(({ sid }) => sid);
};

/** The answers to both creates arrive as a page, and nothing can be looked up. */
const spoil = () => {
  for (const operationId of ["CreateFlow", "CreateService"])
    stack.emulator.addFault({ match: { operationId }, times: 1, effect: { spoil: { body: "<html>" } } });
  for (const path of ["/v2/Flows", "/v1/Services"])
    stack.emulator.addFault({ match: { method: "GET", path }, effect: { status: 403, code: 20003 } });
};

const ids = async () => {
  const { resources } = await stack.stored();
  const all: unknown[] = Array.isArray(resources) ? resources : [];
  return all.flatMap((one) => (isRecord(one) && /Flow|Proxy/.test(String(one.type)) ? [String(one.id)] : []));
};

/** Both are made, and the stack does not know it. */
const leaveInDoubt = async () => {
  spoil();
  expect((await stack.tryUp(program)).output).toContain("Whether it was made is not known");
  const again = await stack.tryUp(program);
  expect(again.failed).toBe(true);
  // The engine looks for both side by side, and stops at the first that fails.
  expect(again.output).toMatch(/looking for the (Studio flow "flow"|Proxy service "proxy")/);
  stack.emulator.clearFaults();
};

describe("creates whose answers are lost, and which cannot be looked up", () => {
  stack.afresh();

  test("are in the state as doubtful, and are made once", async () => {
    await leaveInDoubt();
    expect(await ids()).toContainEqual(expect.stringMatching(/^in-doubt-since-/));
  });

  test("are taken by the next up", async () => {
    const { outputs, output } = await stack.up(program);
    expect(made()).toEqual([outputs.flow, outputs.proxy]);
    expect((await ids()).sort()).toEqual(made().sort());
    expect(output).toContain("nobody knows whether an earlier run has made it");
  });

  test("are unchanged from then on", async () => {
    const { requests, steps } = await stack.up(program);
    expect(requests).toEqual([]);
    expect(new Set(Object.values(steps))).not.toContain("replace");
  });
});

describe("creates in doubt get their true ids", () => {
  stack.afresh();

  test("from a refresh, after which nothing changes", async () => {
    await leaveInDoubt();
    await stack.refresh();
    expect((await ids()).filter((id) => id.startsWith("in-doubt"))).toEqual([]);
    const { outputs } = await stack.up(program);
    expect(made()).toEqual([outputs.flow, outputs.proxy]);
  });
});

describe("creates in doubt", () => {
  stack.afresh();

  test("are deleted by destroy", async () => {
    await leaveInDoubt();
    expect(made()).not.toEqual([]);
    const { failed } = await stack.destroy();
    expect(failed).toBe(false);
    expect(made()).toEqual([]);
    expect(await ids()).toEqual([]);
  });
});

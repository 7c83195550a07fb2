import { z } from "zod";
import { adoptable, defineResource } from "../../provider/life/define";
import { unmanaged } from "../../provider/life/definition";
import { ApiError, messageOf } from "../../provider/values/errors";
import type { Values } from "../../provider/values/values";
import { sessionOn } from "./session";

/** A line that is named by its number, by its SID, or by what it has to be. */
interface LineArgs {
  adopt?: string | boolean;
  deleteAdopted?: boolean;
  onDelete?: "restore" | "keep";
  lineSid?: string;
  number?: string;
  wish?: string;
  label?: string;
}
interface Params {
  lineSid?: string;
  number?: string;
  label?: string;
}
interface Line {
  sid: string;
  number: string;
  label: string;
}

let lines: Line[];
let chosen: { wish: string | undefined; leaving: string[] }[];
let accounts = 0;
let session = sessionOn("", {}, () => {});

const { life } = defineResource<LineArgs>()("Line", {
  label: "line",
  api: { operations: {} },
  args: z.strictObject({
    ...adoptable,
    lineSid: z.string().optional(),
    number: z.string().optional(),
    wish: z.string().optional(),
    label: z.string().optional(),
  }),
  createOnly: ["lineSid", "number", "wish"],
  naming: ["lineSid", "number", "wish"],
  otherTarget: ({ lineSid, number, wish }, id, state) => {
    if (lineSid !== undefined) return lineSid === id ? [] : ["lineSid"];
    if (number !== undefined) return number === state.number ? [] : ["number"];
    return wish === state.wish ? [] : ["wish"];
  },
  unseen: ["wish"],
  params: ({ wish: _, ...rest }): Params => rest,
  reset: { lineSid: unmanaged, number: unmanaged, label: "" },
  live: ({ sid, number, label }: Line) => ({ lineSid: sid, number, label, wish: undefined }),
  computed: { number: ({ number }) => number },
  id: ({ sid }) => sid,
  createdAt: () => null,
  list: async () => lines,
  choose: async (_twilio, params, { wish }, { isLeaving }) => {
    chosen.push({ wish, leaving: lines.map(({ sid }) => sid).filter(isLeaving) });
    return { number: `+${lines.length}`, ...params };
  },
  create: async (_twilio, { lineSid, number = "", label = "" }) => {
    const line = { sid: lineSid ?? `LI${lines.length}`, number, label };
    lines.push(line);
    return line;
  },
  read: async (_twilio, id) => at(id),
  update: async (_twilio, id, changed) => Object.assign(at(id), changed),
  delete: async () => {},
});

function at(id: string): Line {
  const found = lines.find(({ sid }) => sid === id);
  if (!found) throw new ApiError("not found", 404);
  return found;
}

beforeEach(() => {
  lines = [];
  chosen = [];
  accounts += 1;
  session = sessionOn(`AC${String(accounts).padStart(32, "0")}`, {}, () => {});
});

const check = (args: Values, was: Values = {}) => life.check(session, was, args);
async function make(args: Values) {
  const { inputs } = await check(args);
  return { inputs, ...(await life.create(session, inputs)) };
}

test("an output that bears an argument's name is there, and is neither input nor drift", async () => {
  const { id, state, inputs } = await make({ wish: "low" });
  expect(state).toMatchObject({ wish: "low", number: "+0" });
  expect(life.diff(session, id, state, inputs)).toEqual({ changes: false, replaces: [] });
  const seen = await life.read(session, id, state);
  expect(seen?.inputs).toEqual(inputs);
  expect(seen?.state).toEqual(state);
  const updated = await life.update(session, id, state, (await check({ wish: "low", label: "a" })).inputs);
  expect(updated.state).toMatchObject({ wish: "low", number: "+0", label: "a" });
});

test("the same object under another name is stored and not replaced; another one replaces", async () => {
  const { id, state } = await make({ wish: "low" });
  const names: Values[] = [{ number: "+0" }, { lineSid: "LI0" }];
  for (const args of names) {
    const { inputs } = await check(args);
    expect(life.diff(session, id, state, inputs)).toEqual({ changes: true, replaces: [] });
    const renamed = await life.update(session, id, state, inputs);
    expect(renamed.state).toMatchObject({ ...args, number: "+0" });
    expect(life.diff(session, id, renamed.state, inputs)).toEqual({ changes: false, replaces: [] });
    expect((await life.read(session, id, renamed.state))?.inputs).toEqual(inputs);
  }
  for (const [key, value] of [
    ["number", "+1"],
    ["lineSid", "LI1"],
    ["wish", "high"],
    ["number", "04da6b54-80e4-46f7-96ec-b56ff0331ba9"],
  ] as const) {
    const { inputs } = await check({ [key]: value });
    expect(life.diff(session, id, state, inputs)).toEqual({ changes: true, replaces: [key] });
  }
});

test("an adopted object may be named another way, and is never exchanged for another one", async () => {
  lines = [{ sid: "LI7", number: "+7", label: "" }];
  const { id, state, inputs } = await make({ adopt: "LI7", wish: "low" });
  const named = await check({ adopt: "LI7", number: "+7" }, inputs);
  expect(named.problems).toEqual([]);
  await life.update(session, id, state, named.inputs);

  const other = await check({ adopt: "LI7", number: "+8" }, inputs);
  expect(other.problems).toEqual([]);
  expect(life.diff(session, id, state, other.inputs)).toEqual({ changes: true, replaces: [] });
  const refused = life.update(session, id, state, other.inputs).catch(messageOf);
  expect(await refused).toContain("number: cannot be changed on an adopted object");
  const known = await check({ adopt: "LI7", number: "+8" }, { ...inputs, wish: null, number: "+7" });
  expect(known.problems).toEqual([expect.stringContaining("number: cannot be changed on an adopted object")]);
});

test("read for the first time, it is named once", async () => {
  lines = [{ sid: "LI7", number: "+7", label: "a" }];
  const seen = await life.read(session, "LI7", {});
  expect(seen?.inputs).toEqual({ lineSid: "LI7", label: "a", accountSid: session.account });
  expect(seen?.state).toMatchObject({ lineSid: "LI7", number: "+7" });
});

test("a choice is told which objects this run replaces, and is made once", async () => {
  const { id, state } = await make({ wish: "low" });
  await make({ wish: "low" });
  const { inputs } = await check({ wish: "high" });
  expect(life.diff(session, id, state, inputs).replaces).toEqual(["wish"]);
  await life.create(session, inputs);
  expect(chosen).toEqual([
    { wish: "low", leaving: [] },
    { wish: "low", leaving: [] },
    { wish: "high", leaving: ["LI0"] },
  ]);
});

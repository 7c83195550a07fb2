import { z } from "zod";
import { registerDirectory } from "../../provider/life/collection";
import { defineSingleton } from "../../provider/life/define";
import { oneByOne } from "../../provider/life/definition";
import type { Session } from "../../provider/life/life";
import { ApiError, HalfMade, messageOf } from "../../provider/values/errors";
import { toValues, type Values, type Wire } from "../../provider/values/values";
import { sessionOn } from "./session";

interface DeskArgs {
  deskSid: string;
  colour?: string;
  lamp?: boolean;
  name?: string;
  note?: string;
  mode?: "merge" | "replace";
  timeout?: number;
  onDelete?: "restore" | "clear" | "keep";
}

interface Desk {
  sid: string;
  colour: string;
  lamp: boolean;
  name: string;
  note: string;
}

let desk: Desk;
let asked: string[];
/** Keys that an update does not take at once. */
let slow: string[];
/** A value that no update may set any more. */
let impossible: { key: string; value: unknown; status: number } | undefined;
let session: Session;
let warnings: string[];
/** Objects that values refer to and that are not there any more. */
let gone: string[];
let said: string[];
let accounts = 0;

beforeEach(() => {
  desk = { sid: "DE1", colour: "brown", lamp: false, name: "old", note: "" };
  asked = [];
  slow = [];
  impossible = undefined;
  warnings = [];
  gone = [];
  said = [];
  accounts += 1;
  session = sessionOn(
    `AC${String(accounts).padStart(32, "d")}`,
    {},
    (text) => warnings.push(text),
    (text) => said.push(text),
  );
});

const paints = { label: "paint", entries: async () => undefined };
registerDirectory("QX", { ...paints, isThere: async (_, sid) => !gone.includes(sid) }, false);

const { life } = defineSingleton<DeskArgs>()("Desk", {
  label: "desk",
  api: { operations: {} },
  args: z.strictObject({
    deskSid: z.string(),
    colour: z.string().optional(),
    lamp: z.boolean().optional(),
    name: z.string().optional(),
    note: z.string().optional(),
    mode: z.enum(["merge", "replace"]).optional(),
    timeout: z.number().optional(),
    onDelete: z.enum(["restore", "clear", "keep"]).optional(),
  }),
  facets: ({ mode, timeout: _, ...args }, owned) => {
    const { colour, note, name, ...facets } = oneByOne("deskSid")(args);
    const isWhole = owned.length > 0 ? owned.includes("colour.whole") : mode === "replace";
    return {
      ...facets,
      ...(note && { note: { ...note, onDestroy: "stay" } }),
      ...(name && { name: { ...name, compare: "onDeclaration" } }),
      // In this mode the lamp goes with the colour.
      ...(colour && (isWhole ? { "colour.whole": { parameters: ["colour", "lamp"] } } : { colour })),
    };
  },
  params: ({ deskSid: _, mode: __, timeout: ___, ...args }, { facets }): Wire =>
    facets.includes("colour.whole") ? { lamp: false, ...args } : args,
  held: ({ sid: _, ...held }: Desk): Wire => held,
  live: (held) => ({ ...Object.fromEntries(Object.entries(held)) }),
  naming: ["deskSid"],
  otherTarget: ({ deskSid }, id) => (deskSid === id ? [] : ["deskSid"]),
  id: ({ sid }) => sid,
  find: async () => ({ ...desk }),
  read: async () => ({ ...desk }),
  blank: { colour: "white" },
  update: async (_, _id, changed, { timeout }, say) => {
    if (impossible && changed[impossible.key] === impossible.value) {
      const { value, status } = impossible;
      throw new ApiError(`${value} is no more (HTTP ${status})`, status);
    }
    asked.push(JSON.stringify(changed));
    say(`painting, ${timeout ?? "no"} seconds at most`);
    for (const [key, value] of Object.entries(changed))
      if (!slow.includes(key)) desk = { ...desk, [key]: value };
    return { ...desk };
  },
});

const inputsOf = async (given: Values) => {
  const { inputs, problems } = await life.check(
    session,
    {},
    { __pulumiName: "mine", deskSid: "DE1", ...given },
  );
  expect(problems).toEqual([]);
  return inputs;
};
const make = async (given: Values) => {
  const inputs = await inputsOf(given);
  return { inputs, ...(await life.create(session, inputs)) };
};
const failure = (run: Promise<unknown>) =>
  run.then(
    () => Promise.reject(new Error("it did not fail")),
    (error: unknown) => error,
  );

const failed = async (run: Promise<unknown>) => ({ message: messageOf(await failure(run)) });

test("only the given keys are written, and each goes back when it is taken away, the rest on destroy", async () => {
  const { id, state } = await make({ colour: "red", lamp: true });
  expect(asked).toEqual(['{"colour":"red","lamp":true}']);
  const less = await life.update(session, id, state, await inputsOf({ lamp: true }));
  expect(desk).toMatchObject({ colour: "brown", lamp: true });
  await life.delete(session, id, less.state);
  expect(desk).toEqual({ sid: "DE1", colour: "brown", lamp: false, name: "old", note: "" });
});

test("what somebody has put in the place of a plain value does not show its credentials", async () => {
  const { id, state } = await make({ colour: "red" });
  desk.colour = "https://hooks.example.com/catch/123456/abc/";
  const seen = await life.read(session, id, state);
  expect(seen?.inputs).toMatchObject({ colour: "https://hooks.example.com/***" });
  expect(JSON.stringify(seen)).not.toContain("123456");
  const again = await life.read(session, id, seen?.state ?? {});
  expect(again?.inputs).toMatchObject({ colour: "https://hooks.example.com/***" });
});

test("what somebody has changed since stays as it is, and a warning says so", async () => {
  const { id, state } = await make({ colour: "red" });
  desk.colour = "green";
  await life.delete(session, id, state);
  expect(desk.colour).toBe("green");
  expect(warnings).toEqual([
    'the desk "mine" (DE1): colour is no longer as declared here; it stays as it is',
  ]);
});

test("two resources share the desk, but not a key of it", async () => {
  await make({ colour: "red" });
  await make({ lamp: true });
  expect(desk).toMatchObject({ colour: "red", lamp: true });
  expect(messageOf(await failure(make({ colour: "blue" })))).toBe(
    'setting the desk "mine": another resource of this stack declares colour of the same DE1; keep one of them',
  );
});

test("what takes effect later is written when it is declared anew, and is never a difference", async () => {
  slow = ["name"];
  const { id, inputs, state } = await make({ name: "new" });
  expect(asked).toEqual(['{"name":"new"}']);
  const seen = await life.read(session, id, state);
  expect(seen?.inputs.name).toBe("new");
  expect(life.diff(session, id, seen?.state ?? {}, inputs).changes).toBe(false);
  await life.update(session, id, state, await inputsOf({ name: "newer" }));
  expect(asked.at(-1)).toBe('{"name":"newer"}');
});

test("a key that does not take at once is an error that keeps what is there", async () => {
  slow = ["colour"];
  const error = await failure(make({ colour: "red" }));
  if (!(error instanceof HalfMade)) throw error;
  expect(error.message).toContain("did not take over colour");
  expect(error.state).toMatchObject({ colour: "brown", previous: { colour: { colour: "brown" } } });
});

test("a later write that does not take does not keep destroy from giving back what was there before", async () => {
  const { id, state } = await make({ colour: "red" });
  slow = ["colour"];
  const error = await failure(life.update(session, id, state, await inputsOf({ colour: "blue" })));
  if (!(error instanceof HalfMade)) throw error;
  slow = [];
  await life.delete(session, id, toValues(error.state));
  expect({ colour: desk.colour, warnings }).toEqual({ colour: "brown", warnings: [] });
});

describe("what was there before and is refused now", () => {
  const refuse = (key: string, value: unknown, status = 400) => {
    impossible = { key, value, status };
  };

  /** The colour and the name that were there refer to an object. */
  const paint = `QX${"7".repeat(32)}`;
  beforeEach(() => {
    desk = { ...desk, colour: paint, name: paint };
    gone = [paint];
  });

  test("is cleared where the class says how, with a warning, and the rest is put back", async () => {
    const { id, state } = await make({ colour: "red", lamp: true });
    refuse("colour", paint);
    await life.delete(session, id, state);
    expect(desk).toMatchObject({ colour: "white", lamp: false });
    expect(warnings).toEqual([
      `the desk "mine" (DE1): colour: what was there before cannot be put back, so it is cleared: ${paint} is no more (HTTP 400)`,
    ]);
  });

  test("stays where there is nothing to clear it to", async () => {
    const { id, state } = await make({ name: "new", lamp: true });
    refuse("name", paint);
    await life.delete(session, id, state);
    expect(desk).toMatchObject({ name: "new", lamp: false });
    expect(warnings).toEqual([expect.stringContaining(`so it stays as it is: ${paint} is no more`)]);
  });

  test("is an error where it is still there, which says how to go on and changes nothing of it", async () => {
    gone = [];
    const { id, state } = await make({ colour: "red", lamp: true });
    refuse("colour", paint);
    const { message } = await failed(life.delete(session, id, state));
    expect(message).toContain(
      `giving back the desk "mine" (DE1): what was there before cannot be put back: colour: {"colour":"${paint}"} (${paint} is no more (HTTP 400)). It stays as it is, and in this stack.`,
    );
    expect(message).toContain('set onDelete: "clear", which leaves it blank, or onDelete: "keep"');
    expect(message).toContain("pulumi state delete");
    expect({ desk, warnings }).toMatchObject({ desk: { colour: "red", lamp: false }, warnings: [] });

    impossible = undefined;
    await life.delete(session, id, state);
    expect({ desk, warnings }).toMatchObject({ desk: { colour: paint, lamp: false }, warnings: [] });
  });

  test.each([
    ["clear", "white"],
    ["keep", "red"],
  ])("goes on with onDelete %s", async (onDelete, colour) => {
    gone = [];
    const { id, state } = await make({ colour: "red", onDelete });
    refuse("colour", paint);
    await life.delete(session, id, state);
    expect(desk.colour).toBe(colour);
  });

  test("is an error where a key is taken away, too", async () => {
    gone = [];
    const { id, state } = await make({ colour: "red", lamp: true });
    refuse("colour", paint);
    const { message } = await failed(life.update(session, id, state, await inputsOf({ lamp: true })));
    expect(message).toContain("updating the desk");
    expect(desk).toMatchObject({ colour: "red", lamp: true });
  });

  test.each([401, 403, 429, 503])("is an error where it may be put back later (HTTP %d)", async (status) => {
    const { id, state } = await make({ colour: "red" });
    refuse("colour", paint, status);
    expect(messageOf(await failure(life.delete(session, id, state)))).toContain(`(HTTP ${status})`);
    expect(desk.colour).toBe("red");
  });
});

test("destroy leaves what the class says stays", async () => {
  const { id, state } = await make({ note: "keep me", colour: "red" });
  await life.delete(session, id, state);
  expect(desk).toMatchObject({ note: "keep me", colour: "brown" });
});

test("a change of the mode alone asks nothing, and holds from the next change on, each facet given back whole", async () => {
  desk.lamp = true;
  const { id, state } = await make({ colour: "red" });
  asked = [];
  const moded = await life.update(session, id, state, await inputsOf({ colour: "red", mode: "replace" }));
  expect({ asked, colour: moded.state.colour }).toEqual({ asked: [], colour: "red" });
  const written = await life.update(
    session,
    id,
    moded.state,
    await inputsOf({ colour: "blue", mode: "replace" }),
  );
  expect(desk).toMatchObject({ colour: "blue", lamp: false });
  await life.delete(session, id, written.state);
  expect(desk).toMatchObject({ colour: "brown", lamp: true });
});

test("the resource that takes another one's place remembers what that one had found", async () => {
  desk.colour = "red";
  const left = {
    accountSid: session.account,
    ...{ deskSid: "DE1", colour: "red", previous: { colour: { colour: "brown" } } },
  };
  const inputs = await inputsOf({ colour: "red" });
  const { id, state } = await life.create(session, toValues({ ...inputs, __inherited: [left] }));
  expect(asked).toEqual([]);
  await life.delete(session, id, state);
  expect(desk.colour).toBe("brown");
});

test("progress is told by the object's name", async () => {
  await make({ colour: "red", timeout: 5 });
  expect(said).toEqual(['the desk "mine" (DE1): painting, 5 seconds at most']);
});

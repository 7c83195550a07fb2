import { z } from "zod";
import { defineSingleton } from "../../provider/life/define";
import type { Session } from "../../provider/life/life";
import { ApiError, HalfMade, Unsettled } from "../../provider/values/errors";
import { isRecord, toValues, type Values } from "../../provider/values/values";
import { sessionOn } from "./session";

interface LampArgs {
  light?: { colour?: string };
  name?: string;
  timeout?: number;
}

interface Params {
  colour: string;
  name: string;
}

interface Lamp extends Params {
  note?: string;
}

let lamp: Lamp;
let asked: string[];
/** Whether it cannot be looked up. */
let isSilent = false;
/** What the next write answers in place of the lamp. */
let trouble: (() => Unsettled<Lamp>) | undefined;
let waited: (number | undefined)[];

const { life } = defineSingleton<LampArgs>()("Lamp", {
  label: "lamp",
  api: { operations: {} },
  args: z.strictObject({
    light: z.strictObject({ colour: z.string().optional() }).optional(),
    name: z.string().optional(),
    timeout: z.number().optional(),
  }),
  facets: ({ light, name }) => ({
    ...(light && { light: { parameters: ["colour"] } }),
    ...(name !== undefined && { name: { parameters: ["name"] } }),
  }),
  params: ({ light, name }): Partial<Params> => ({
    ...(light && { colour: light.colour ?? "" }),
    ...(name !== undefined && { name }),
  }),
  held: ({ colour, name }: Lamp) => ({ colour, name }),
  live: ({ colour, name }) => ({ light: colour ? { colour } : {}, name }),
  guards: [{ seen: ({ note }, { name }) => note && `${name}: ${note}` }],
  naming: [],
  otherTarget: () => [],
  id: () => "lamp",
  find: async () => lamp,
  read: async () => {
    asked.push("read");
    if (isSilent) throw new ApiError("no answer");
    return lamp;
  },
  update: async (_twilio, _id, params, { timeout }) => {
    asked.push(`update ${JSON.stringify(params)}`);
    waited.push(timeout);
    lamp = { ...lamp, ...params };
    return trouble?.() ?? lamp;
  },
});

let warnings: string[];
let session: Session;
/** What a process has done to an account is remembered: each test has one of its own. */
let accounts = 0;

beforeEach(() => {
  lamp = { colour: "red", name: "old" };
  asked = [];
  waited = [];
  warnings = [];
  trouble = undefined;
  isSilent = false;
  accounts += 1;
  session = sessionOn(`AC${String(accounts).padStart(32, "c")}`, {}, (text) => warnings.push(text));
});

const checked = async (args: Values) => (await life.check(session, {}, args)).inputs;

/** What a run leaves that ends with a half-made object. */
async function halfMade(run: Promise<unknown>): Promise<{ message: string; state: Values }> {
  const error = await run.catch((thrown: unknown) => thrown);
  if (!(error instanceof HalfMade)) throw new Error(`expected a half-made object, got ${String(error)}`);
  return { message: error.message, state: JSON.parse(JSON.stringify(error.state)) };
}

describe("a write that has not taken effect", () => {
  const unsettled = () => new Unsettled(lamp, "it still flickers");

  test("is an error that keeps the object, and the next update waits on and sends nothing", async () => {
    const inputs = await checked({ name: "new", timeout: 7 });
    trouble = unsettled;
    const { message, state } = await halfMade(life.create(session, inputs));
    expect(message).toBe("setting the lamp: it still flickers");
    expect(state).toMatchObject({ name: "new", previous: { name: { name: "old" } } });

    const again = await halfMade(life.update(session, "lamp", state, inputs));
    expect(again.message).toBe("updating the lamp (lamp): it still flickers");
    trouble = undefined;
    const done = await life.update(session, "lamp", again.state, inputs);
    expect(done.state).toMatchObject({ name: "new", previous: { name: { name: "old" } } });
    expect(asked).toEqual(['update {"name":"new"}', "update {}", "update {}"]);
    expect(waited).toEqual([7, 7, 7]);

    await life.update(session, "lamp", done.state, inputs);
    expect(asked).toHaveLength(3);
  });

  test("is a warning where it only gives back", async () => {
    const { state } = await life.create(session, await checked({ name: "new" }));
    trouble = unsettled;
    await life.delete(session, "lamp", state);
    expect(lamp.name).toBe("old");
    expect(warnings).toEqual(["the lamp (lamp): it still flickers"]);
  });
});

test("a write whose answer is lost is looked up", async () => {
  const { state } = await life.create(session, await checked({ name: "new" }));
  trouble = () => {
    throw new ApiError("no answer");
  };
  const inputs = await checked({ name: "newer" });
  const done = await life.update(session, "lamp", state, inputs);
  expect(asked.slice(-2)).toEqual(['update {"name":"newer"}', "read"]);
  expect(done.state).toMatchObject({ name: "newer", previous: { name: { name: "old" } } });
  expect(life.diff(session, "lamp", done.state, inputs).changes).toBe(false);
  await life.delete(session, "lamp", done.state);
  expect(lamp.name).toBe("old");
});

test("a first write whose answer is lost does not lose what was there before", async () => {
  const inputs = await checked({ name: "new" });
  isSilent = true;
  trouble = () => {
    throw new ApiError("no answer");
  };
  const { message, state } = await halfMade(life.create(session, inputs));
  expect(message).toBe("setting the lamp: no answer");
  expect(state).toMatchObject({ name: "old", previous: { name: { name: "old" } } });

  trouble = undefined;
  isSilent = false;
  const done = await life.update(session, "lamp", state, inputs);
  expect(done.state).toMatchObject({ name: "new", previous: { name: { name: "old" } } });
  await life.delete(session, "lamp", done.state);
  expect(lamp.name).toBe("old");
});

describe.each(["carried out", "not carried out"])(
  "a later write whose outcome is not known, which was %s",
  (outcome) => {
    /** The write is not answered, nor is the look at what became of it. */
    const lost = async (run: () => Promise<unknown>) => {
      const before = lamp;
      isSilent = true;
      trouble = () => {
        if (outcome === "not carried out") lamp = before;
        throw new ApiError("no answer");
      };
      const half = await halfMade(run());
      trouble = undefined;
      isSilent = false;
      return half;
    };

    test("is given back by destroy as it was before the first", async () => {
      const { state } = await life.create(session, await checked({ name: "new" }));
      const inputs = await checked({ name: "newer" });
      const half = await lost(() => life.update(session, "lamp", state, inputs));
      expect(half.message).toBe("updating the lamp (lamp): no answer");
      await life.delete(session, "lamp", half.state);
      expect({ name: lamp.name, warnings }).toEqual({ name: "old", warnings: [] });
    });

    test("is given back after a refresh, too", async () => {
      const { state } = await life.create(session, await checked({ name: "new" }));
      const inputs = await checked({ name: "newer" });
      const half = await lost(() => life.update(session, "lamp", state, inputs));
      const seen = await life.read(session, "lamp", half.state);
      await life.delete(session, "lamp", seen?.state ?? {});
      expect({ name: lamp.name, warnings }).toEqual({ name: "old", warnings: [] });
    });

    test("is repeated by the next up", async () => {
      const { state } = await life.create(session, await checked({ name: "new" }));
      const inputs = await checked({ name: "newer" });
      const half = await lost(() => life.update(session, "lamp", state, inputs));
      const done = await life.update(session, "lamp", half.state, inputs);
      expect(lamp.name).toBe("newer");
      expect(life.diff(session, "lamp", done.state, inputs).changes).toBe(false);
      await life.delete(session, "lamp", done.state);
      expect(lamp.name).toBe("old");
    });

    test("is undone by a program that no longer wants it", async () => {
      const inputs = await checked({ name: "new" });
      const { state } = await life.create(session, inputs);
      const newer = await checked({ name: "newer" });
      const half = await lost(() => life.update(session, "lamp", state, newer));
      expect(life.diff(session, "lamp", half.state, inputs)).toMatchObject({ changes: true, isOpen: true });
      const done = await life.update(session, "lamp", half.state, inputs);
      expect(lamp.name).toBe("new");
      expect(life.diff(session, "lamp", done.state, inputs).changes).toBe(false);
    });

    test("is not put back where somebody has changed it since", async () => {
      const { state } = await life.create(session, await checked({ name: "new" }));
      const inputs = await checked({ name: "newer" });
      const half = await lost(() => life.update(session, "lamp", state, inputs));
      lamp = { ...lamp, name: "theirs" };
      await life.delete(session, "lamp", half.state);
      expect(lamp.name).toBe("theirs");
      expect(warnings).toEqual(["the lamp (lamp): name is no longer as declared here; it stays as it is"]);
    });
  },
);

test("a write that is answered with an error and had no effect leaves the state as it was", async () => {
  const { state } = await life.create(session, await checked({ name: "new" }));
  const before = lamp;
  trouble = () => {
    lamp = before;
    throw new ApiError("failed (HTTP 500)", 500);
  };
  const failed = { name: "ApiError", message: expect.stringContaining("failed (HTTP 500)") };
  await expect(life.update(session, "lamp", state, await checked({ name: "newer" }))).rejects.toMatchObject(
    failed,
  );
  const both = await checked({ name: "new", light: { colour: "blue" } });
  await expect(life.update(session, "lamp", state, both)).rejects.toMatchObject(failed);
  // Where it may still be under way, nobody can tell yet.
  trouble = () => {
    lamp = before;
    throw new ApiError("late (HTTP 504)", 504, undefined, undefined, "underWay");
  };
  await halfMade(life.update(session, "lamp", state, both));
});

describe("what a run that was cut off has taken over", () => {
  /** The write of that run, whose state nobody has, and what it noted. */
  const cutOff = async (previous: Values): Promise<Session> => {
    const { state } = await life.create(session, await checked({ name: "new" }));
    const set = isRecord(state.__set) ? toValues(state.__set) : {};
    session = sessionOn(session.account, {}, (text) => warnings.push(text));
    return Object.assign(session, { notes: { take: () => {}, taken: () => [{ set, previous }] } });
  };

  test("is given back as it was before that run", async () => {
    const { state } = await life.create(
      await cutOff({ name: { name: "old" } }),
      await checked({ name: "new" }),
    );
    await life.delete(session, "lamp", state);
    expect({ name: lamp.name, warnings }).toEqual({ name: "old", warnings: [] });
  });

  test("is said to be forgotten where it was not written down", async () => {
    const { state } = await life.create(await cutOff({}), await checked({ name: "new" }));
    expect(warnings).toEqual([
      "the lamp: a run that was cut off has taken over name, and what it held before may hold a credential, so that it was not written down: destroy leaves it as it is then",
    ]);
    await life.delete(session, "lamp", state);
    expect(lamp.name).toBe("new");
  });
});

test("a refused first write leaves nothing behind", async () => {
  trouble = () => {
    throw new ApiError("wrong (HTTP 400)", 400);
  };
  const refused = life.create(session, await checked({ name: "new" }));
  await expect(refused).rejects.toMatchObject({
    name: "ApiError",
    message: "setting the lamp: wrong (HTTP 400)",
  });
});

test("what somebody has emptied is put right, and what was there before stays remembered", async () => {
  const inputs = await checked({ name: "new" });
  const { state } = await life.create(session, inputs);
  lamp.name = "";
  const seen = await life.read(session, "lamp", state);
  const { state: repaired } = await life.update(session, "lamp", seen?.state ?? {}, inputs);
  expect(lamp.name).toBe("new");
  await life.delete(session, "lamp", repaired);
  expect(lamp.name).toBe("old");
});

test("a key that is taken away and declared again remembers what is there then", async () => {
  const both = await checked({ name: "new", light: { colour: "blue" } });
  const { state } = await life.create(session, both);
  const without = await life.update(session, "lamp", state, await checked({ light: { colour: "blue" } }));
  lamp.name = "other";
  const again = await life.update(session, "lamp", without.state, both);
  await life.delete(session, "lamp", again.state);
  expect(lamp).toEqual({ colour: "red", name: "other" });
});

test("an object that may be empty blanks everything in it, and is not the same as none", async () => {
  const { state } = await life.create(session, await checked({ light: { colour: "" } }));
  expect(state).toMatchObject({ light: {} });
  expect(lamp).toEqual({ colour: "", name: "old" });
  const blank = await checked({ light: {} });
  expect(life.diff(session, "lamp", state, blank)).toEqual({ changes: false, replaces: [] });
  expect(life.diff(session, "lamp", state, await checked({ name: "new" })).changes).toBe(true);
  await life.delete(session, "lamp", state);
  expect(lamp.colour).toBe("red");
});

test("a notice is given after a write and by a refresh, and not where nothing was written", async () => {
  const inputs = await checked({ name: "new" });
  lamp.note = "is on trial";
  const { state } = await life.create(session, inputs);
  await life.read(session, "lamp", state);
  await life.update(session, "lamp", state, inputs);
  expect(warnings).toEqual(Array(2).fill("the lamp (lamp): new: is on trial"));
});

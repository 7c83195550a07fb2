import { z } from "zod";
import { adoptable, defineResource } from "../../provider/life/define";
import type { Life, Session } from "../../provider/life/life";
import { Run } from "../../provider/life/run";
import { ApiError, ForeignAnswer, HalfMade } from "../../provider/values/errors";
import { toValues, type Values } from "../../provider/values/values";
import { sessionOn } from "./session";

interface Thing {
  sid: string;
  name: string;
  size: number;
  made: Date;
}

type Params = { name?: string; size?: number };

const accountSid = `AC${"7".repeat(32)}`;
const things = new Map<string, Thing>();
const asked: string[] = [];
/** What the next requests of a kind do instead. */
let trouble: { create: (() => Thing | undefined)[]; list: (() => void)[] };
let session: Session;
let warnings: string[];
let waited: number;

const add = (params: Params, made = new Date()): Thing => {
  const sid = `TH${String(asked.length + things.size).padStart(4, "0")}`;
  const thing = { sid, name: "", size: 1, made, ...params };
  things.set(sid, thing);
  return thing;
};

const there = (sid: string): Thing => {
  const thing = things.get(sid);
  if (!thing) throw new ApiError("not found", 404, 20404);
  return thing;
};

const thing = (type: string, duplicate?: number[]): Life =>
  defineResource<{
    adopt?: string | boolean;
    deleteAdopted?: boolean;
    onDelete?: "restore" | "keep";
    name?: string;
    size?: number;
  }>()(type, {
    api: { operations: {} },
    label: "thing",
    args: z.strictObject({ ...adoptable, name: z.string().optional(), size: z.number().optional() }),
    createOnly: ["size"],
    params: (args): Params => args,
    reset: { name: "", size: 1 },
    onCreate: (name) => ({ name }),
    live: ({ name, size }: Thing) => ({ name, size }),
    naturalKey: ({ name }) => name,
    duplicate,
    id: ({ sid }) => sid,
    createdAt: ({ made }) => made,
    list: async () => {
      asked.push("list");
      trouble.list.shift()?.();
      return [...things.values()];
    },
    create: async (_twilio, params) => {
      asked.push("create");
      const other = trouble.create.shift()?.();
      if (other) return other;
      if (duplicate && [...things.values()].some(({ name }) => name === params.name))
        throw new ApiError("taken", 409, 50001);
      return add(params);
    },
    read: async (_twilio, sid) => there(sid),
    update: async (_twilio, sid, params) => Object.assign(there(sid), params),
    delete: async (_twilio, sid) => {
      there(sid);
      things.delete(sid);
    },
  }).life;

const life = thing("DoubtfulThing");
const unique = thing("DoubtfulUniqueThing", [50001]);

/** Another run: a process of its own. Nothing waits. */
const nextRun = () => {
  session = Object.assign(
    sessionOn(accountSid, { validate: "offline" }, (text) => warnings.push(text)),
    {
      run: new Run(new Map(), async (milliseconds) => {
        waited += milliseconds;
      }),
    },
  );
};

beforeEach(() => {
  things.clear();
  asked.length = 0;
  trouble = { create: [], list: [] };
  warnings = [];
  waited = 0;
  nextRun();
});

const lost = (params?: Params) => () => {
  if (params) add(params);
  throw new ApiError("no answer");
};
const slow = () => {
  throw new ApiError("timeout of 60000ms exceeded", undefined, undefined, undefined, "underWay");
};
const refused = () => {
  throw new ApiError("you may not list them (HTTP 403)", 403, 20003);
};
const given = { __pulumiName: "it", accountSid };

async function doubtful(args: Values = {}, of = life): Promise<HalfMade> {
  const error: unknown = await of.create(session, { ...given, ...args }).catch((error: unknown) => error);
  if (!(error instanceof HalfMade)) throw new Error(`it is not in doubt: ${error}`);
  return error;
}

/** The next `up`, as the engine runs a replacement that deletes first. */
async function up({ id, state }: { id: string; state: Values }, args: Values = {}, of = life) {
  nextRun();
  const inputs = { ...given, ...args };
  expect(of.diff(session, id, state, inputs)).toMatchObject({ changes: true, isDoubtful: true });
  await of.delete(session, id, state);
  return of.create(session, inputs);
}

const kept = ({ id, state }: HalfMade) => ({ id, state: toValues(state) });

describe("a create whose answer is lost and that cannot be looked up", () => {
  const inDoubt = async (made?: Params, args: Values = {}) => {
    trouble.create.push(lost(made));
    trouble.list.push(refused);
    return kept(await doubtful(args));
  };

  test("is kept in the state, and says so", async () => {
    trouble.create.push(lost({ name: "it" }));
    trouble.list.push(refused);
    const { id, state, message } = await doubtful({ size: 2 });
    expect(id).toMatch(/^in-doubt-since-\d{4}-/);
    expect(state).toMatchObject({ accountSid, __pulumiName: "it", size: 2, __doubt: { chosen: {} } });
    expect(message).toBe(
      'creating the thing "it": no answer. Looked for it: you may not list them (HTTP 403). Whether it was made is not known: the next up or refresh looks for it first, and destroy deletes what it finds',
    );
  });

  test("is not made a second time by the next up, which takes what is there", async () => {
    const doubt = await inDoubt({ name: "it" });
    const [sid] = things.keys();
    const { id, state } = await up(doubt);
    expect([id]).toEqual([sid]);
    expect([...things.keys()]).toEqual([sid]);
    expect(state).toMatchObject({ adopted: false, name: "it" });
    expect(asked.filter((request) => request === "create")).toHaveLength(1);
    expect(life.diff(session, id, state, given)).toEqual({ changes: false, replaces: [] });
  });

  test("is made by the next up where it is not there", async () => {
    const { id } = await up(await inDoubt());
    expect([...things.keys()]).toEqual([id]);
  });

  test("becomes as it is declared by then", async () => {
    const { id } = await up(await inDoubt({ name: "old" }, { name: "old" }), { name: "new" });
    expect([...things.values()]).toMatchObject([{ sid: id, name: "new" }]);
  });

  test("is made anew where what was made cannot become as it is declared by then", async () => {
    const { id } = await up(await inDoubt({ name: "it", size: 2 }, { size: 2 }), { size: 3 });
    expect([...things.values()]).toMatchObject([{ sid: id, size: 3 }]);
  });

  test("gets its true id from a refresh", async () => {
    const { id, state } = await inDoubt({ name: "it" });
    const [sid = ""] = things.keys();
    nextRun();
    const seen = await life.read(session, id, state);
    expect(seen).toMatchObject({ id: sid, state: { name: "it", adopted: false } });
    expect(seen?.state).not.toHaveProperty("__doubt");
    expect(life.diff(session, sid, seen?.state ?? {}, given)).toEqual({ changes: false, replaces: [] });
  });

  test("is forgotten by a refresh where it is not there", async () => {
    const { id, state } = await inDoubt();
    nextRun();
    expect(await life.read(session, id, state)).toBeUndefined();
  });

  test("is deleted by destroy, and nothing else is", async () => {
    const other = add({ name: "it" }, new Date(Date.now() - 60_000));
    const { id, state } = await inDoubt({ name: "it" });
    nextRun();
    await life.delete(session, id, state);
    expect([...things.keys()]).toEqual([other.sid]);
    await life.delete(session, id, state);
  });

  test("is not forgotten by an up that cannot find out either", async () => {
    const doubt = await inDoubt({ name: "it" });
    nextRun();
    life.diff(session, doubt.id, doubt.state, given);
    trouble.list.push(refused);
    await expect(life.delete(session, doubt.id, doubt.state)).rejects.toThrow("you may not list them");
    trouble.list.push(refused);
    const again = await doubtful();
    expect(again.id).toBe(doubt.id);
    const { id } = await up(kept(again));
    expect([...things.keys()]).toEqual([id]);
  });

  test("is not forgotten where the run ends between its deletion and its create", async () => {
    const doubt = await inDoubt({ name: "it" });
    nextRun();
    life.diff(session, doubt.id, doubt.state, given);
    await life.delete(session, doubt.id, doubt.state);
    nextRun();
    life.diff(session, doubt.id, doubt.state, given);
    const { id } = await life.create(session, given);
    expect([...things.keys()]).toEqual([id]);
  });

  test("names several that it could be, and takes the one that a person names", async () => {
    const doubt = await inDoubt({ name: "it" });
    const second = add({ name: "it" });
    const [first = ""] = things.keys();
    await expect(up(doubt)).rejects.toThrow(`${first}, ${second.sid} all equal the declaration`);
    nextRun();
    const inputs = { ...given, adopt: second.sid };
    life.diff(session, doubt.id, doubt.state, inputs);
    expect((await life.create(session, inputs)).id).toBe(second.sid);
    await life.delete(session, doubt.id, doubt.state);
    expect([...things.keys()]).toEqual([first, second.sid]);
  });

  test("is not taken for what another resource of the stack has", async () => {
    const doubt = await inDoubt();
    const other = await life.create(session, { ...given, __pulumiName: "other", name: "it" });
    nextRun();
    life.diff(session, other.id, other.state, { ...given, __pulumiName: "other", name: "it" });
    life.diff(session, doubt.id, doubt.state, given);
    const { id } = await life.create(session, given);
    expect(id).not.toBe(other.id);
    expect(things.size).toBe(2);
  });

  test("is said to be in doubt by a preview, which refuses nothing", async () => {
    const { id, state } = await inDoubt({ name: "it" });
    session = Object.assign(
      sessionOn(accountSid, {}, (text) => warnings.push(text)),
      { run: new Run() },
    );
    life.diff(session, id, state, given);
    const { problems } = await life.check(session, {}, { __pulumiName: "it" });
    expect(problems).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining("nobody knows whether an earlier run has made it")]);
  });

  test("cannot be updated", async () => {
    const { id, state } = await inDoubt({ name: "it" });
    await expect(life.update(session, id, state, given)).rejects.toThrow("run pulumi refresh");
  });
});

describe("a create that may still be under way", () => {
  test("is waited for, and not made a second time when it takes effect late", async () => {
    trouble.create.push(slow);
    const pause = session.run.pause;
    const run = new Run(new Map(), async (milliseconds) => {
      await pause(milliseconds);
      if (waited >= 15_000 && things.size === 0) add({ name: "it" });
    });
    session = Object.assign(Object.create(session), { run });
    const { id } = await life.create(session, given);
    expect([...things.keys()]).toEqual([id]);
  });

  test("is in doubt when it has not come after a minute, and is taken by the next up", async () => {
    trouble.create.push(slow);
    const doubt = await doubtful();
    expect(waited).toBe(60_000);
    expect(asked.filter((request) => request === "create")).toHaveLength(1);
    add({ name: "it" });
    const { id } = await up(kept(doubt));
    expect([...things.keys()]).toEqual([id]);
  });

  test("is repeated where Twilio refuses a second one, which is then the first one", async () => {
    trouble.create.push(slow, () => {
      add({ name: "it" });
      return undefined;
    });
    const { id } = await unique.create(session, given);
    expect([...things.keys()]).toEqual([id]);
  });
});

describe("a create", () => {
  test("that never left is no doubt", async () => {
    const away = () => {
      throw new ApiError("connect ECONNREFUSED", undefined, undefined, undefined, "unsent");
    };
    trouble.create.push(away, away, away, away);
    const error: unknown = await life.create(session, given).catch((error: unknown) => error);
    expect(error).not.toBeInstanceOf(HalfMade);
    expect(asked).toEqual(["create", "create", "create", "create"]);
  });

  test("that a proxy answered is looked for", async () => {
    trouble.create.push(() => {
      add({ name: "it" });
      throw new ForeignAnswer("a page");
    });
    await life.create(session, given);
    expect(things.size).toBe(1);
  });

  test("that is answered with another resource's object takes its own", async () => {
    const first = await life.create(session, { ...given, __pulumiName: "first" });
    trouble.create.push(() => {
      add({ name: "it" });
      return things.get(first.id);
    });
    const { id, state } = await life.create(session, given);
    expect(id).not.toBe(first.id);
    expect(state).toMatchObject({ name: "it" });
    expect(things.size).toBe(2);
  });

  test("that is answered with an older object, and made nothing, is repeated", async () => {
    const older = add({ name: "it" }, new Date(Date.now() - 60_000));
    trouble.create.push(() => ({ ...older, name: "other" }));
    const { id } = await life.create(session, given);
    expect(id).not.toBe(older.sid);
    expect(things.size).toBe(2);
  });
});

import { z } from "zod";
import { adoptable, defineResource } from "../../provider/life/define";
import { cannot } from "../../provider/life/definition";
import { holding, neverDeleting } from "../../provider/life/guards";
import type { Life, Session } from "../../provider/life/life";
import type { SettingKey } from "../../provider/twilio/settings";
import { ApiError, HalfMade, messageOf } from "../../provider/values/errors";
import { toValues, type Values } from "../../provider/values/values";
import { sessionOn } from "./session";

interface ThingArgs {
  adopt?: string | boolean;
  deleteAdopted?: boolean;
  onDelete?: "restore" | "keep";
  deleteData?: boolean;
  name?: string;
  size?: number;
  url?: string;
  region?: string;
  zone?: string;
}

interface Thing {
  sid: string;
  name: string;
  size: number;
  url: string;
  region: string;
  zone: string;
  made: Date;
}

interface Params {
  name?: string;
  size?: number;
  url?: string;
  region?: string;
  zone?: string;
}

const gone = () => new ApiError("not found (HTTP 404)", 404, 20404);
const noAnswer = () => new ApiError("no answer");

/** An account that holds things, and what was asked of it. */
class Account {
  readonly things = new Map<string, Thing>();
  readonly asked: string[] = [];
  /** What the next creates do instead. */
  readonly trouble: (() => void)[] = [];
  /** What an update does after it was carried out, and a read before it is answered. */
  afterUpdate: () => void = () => {};
  beforeRead: () => void = () => {};
  /** What writes do not take. */
  ignores: (keyof Params)[] = [];
  holds: string | undefined;
  stays: string | undefined;
  /** Who uses a thing at the next deletes. */
  readonly users: string[] = [];

  add(params: Params, made = new Date()): Thing {
    const sid = `TH${String(this.things.size + 1).padStart(4, "0")}`;
    const thing = { sid, name: "", size: 1, url: "", region: "us1", zone: "a", made, ...this.taken(params) };
    this.things.set(sid, thing);
    return thing;
  }

  create(params: Params): Thing {
    this.asked.push(`create ${JSON.stringify(params)}`);
    this.trouble.shift()?.();
    const other = [...this.things.values()].find(({ name }) => params.name && name === params.name);
    if (other) throw new ApiError("the name is taken (HTTP 409, code 50001)", 409, 50001);
    return this.add(params);
  }

  list(): Thing[] {
    this.asked.push("list");
    return [...this.things.values()];
  }

  read(sid: string): Thing {
    this.asked.push(`read ${sid}`);
    this.beforeRead();
    const thing = this.things.get(sid);
    if (!thing) throw gone();
    return thing;
  }

  update(sid: string, params: Params): Thing {
    this.asked.push(`update ${sid} ${JSON.stringify(params)}`);
    const thing = this.things.get(sid);
    if (!thing) throw gone();
    Object.assign(thing, this.taken(params));
    this.afterUpdate();
    return thing;
  }

  delete(sid: string): void {
    this.asked.push(`delete ${sid}`);
    if (this.users[0]) throw new ApiError("it is in use (HTTP 400, code 20001)", 400, 20001);
    if (!this.things.delete(sid)) throw gone();
  }

  nextUser(): string | undefined {
    return this.users.shift();
  }

  private taken(params: Params): Params {
    return Object.fromEntries(
      Object.entries(params).filter(([key]) => !this.ignores.some((ignored) => ignored === key)),
    );
  }
}

let account: Account;
/** What a process has done to an account is remembered: each test has one of its own. */
let accountSid = "";
let accounts = 0;
let warnings: string[];
let session: Session;

const life: Life = defineResource<ThingArgs>()("Thing", {
  api: { operations: {} },
  label: "thing",
  args: z.strictObject({
    ...adoptable,
    deleteData: z.boolean().optional(),
    name: z.string().optional(),
    size: z.number().optional(),
    url: z.string().optional(),
    region: z.string().optional(),
    zone: z.string().optional(),
  }),
  createOnly: ["region", "zone"],
  params: (args): Params => args,
  reset: { name: "", size: 1, url: "", region: cannot("it stays where it is"), zone: "a" },
  onCreate: (name) => (name === "it" ? {} : { name }),
  live: ({ name, size, url, region, zone }: Thing) => ({ name, size, url, region, zone }),
  computed: { made: (thing) => thing.made },
  naturalKey: ({ name }) => name,
  duplicate: [50001],
  id: ({ sid }) => sid,
  createdAt: ({ made }) => made,
  list: async () => account.list(),
  create: async (_twilio, params) => account.create(params),
  read: async (_twilio, sid) => account.read(sid),
  update: async (_twilio, sid, params) => account.update(sid, params),
  guards: [neverDeleting(async () => account.stays), holding(async () => account.holds)],
  delete: async (_twilio, sid) => account.delete(sid),
  usedBy: async () => account.nextUser(),
}).life;

const open = (settings: Partial<Record<SettingKey, string>> = {}): Session =>
  sessionOn(accountSid, settings, (text) => warnings.push(text));

beforeEach(() => {
  account = new Account();
  accounts += 1;
  accountSid = `AC${String(accounts).padStart(32, "0")}`;
  warnings = [];
  session = open();
});

const inputsOf = async (args: Values) => {
  const { inputs, problems } = await life.check(session, {}, { __pulumiName: "it", ...args });
  expect(problems).toEqual([]);
  return inputs;
};

async function make(args: Values, since: () => void = () => {}) {
  const inputs = await inputsOf(args);
  since();
  account.asked.length = 0;
  return { inputs, ...(await life.create(session, inputs)) };
}

/** Somebody makes this after the check has looked. */
const meanwhile = (params: Params) => () => void account.add(params);

const failure = async (run: Promise<unknown>): Promise<Error> => {
  const error: unknown = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error("it did not fail");
  return error;
};

describe("an update of unknown outcome", () => {
  /** Neither the update nor a look at what became of it is answered. */
  async function lost(id: string, state: Values, args: Values) {
    account.afterUpdate = account.beforeRead = () => {
      throw noAnswer();
    };
    const error = await failure(life.update(session, id, state, await inputsOf(args)));
    account.afterUpdate = account.beforeRead = () => {};
    if (!(error instanceof HalfMade)) throw error;
    return { id: error.id, state: toValues(error.state) };
  }

  const cases: [string, Values, Values][] = [
    ["another value", { size: 2 }, { size: 3 }],
    ["a value where there was none", {}, { size: 3 }],
    ["no value where there was one", { size: 2 }, {}],
  ];
  test.each(cases)(
    "that sent %s is undone by a program that no longer wants it",
    async (_, before, after) => {
      const { id, state, inputs } = await make(before);
      const half = await lost(id, state, after);
      expect(life.diff(open(), id, half.state, inputs)).toMatchObject({ changes: true, isOpen: true });
      const done = await life.update(open(), id, half.state, inputs);
      expect(account.things.get(id)?.size).toBe(before.size ?? 1);
      expect(life.diff(open(), id, done.state, inputs).changes).toBe(false);
    },
  );

  test("is undone after a refresh, too", async () => {
    const { id, state, inputs } = await make({});
    const half = await lost(id, state, { size: 3 });
    const seen = await life.read(open(), id, half.state);
    await life.update(open(), id, seen?.state ?? {}, inputs);
    expect(account.things.get(id)?.size).toBe(1);
  });

  test("is finished by a program that still wants it", async () => {
    const { id, state } = await make({ size: 2 });
    const half = await lost(id, state, { size: 3 });
    const inputs = await inputsOf({ size: 3 });
    const done = await life.update(open(), id, half.state, inputs);
    expect(life.diff(open(), id, done.state, inputs).changes).toBe(false);
  });

  test("leaves the last state where it had no effect", async () => {
    const { id, state } = await make({ size: 2 });
    account.afterUpdate = () => {
      const thing = account.things.get(id);
      if (thing) thing.size = 2;
      throw new ApiError("later (HTTP 503)", 503);
    };
    expect(await failure(life.update(session, id, state, await inputsOf({ size: 3 })))).not.toBeInstanceOf(
      HalfMade,
    );
  });
});

describe("a create whose answer was lost", () => {
  test("is not repeated where the object is there", async () => {
    account.trouble.push(() => {
      account.add({ name: "a", size: 2 });
      throw noAnswer();
    });
    const { id } = await make({ name: "a", size: 2 });
    expect([...account.things.keys()]).toEqual([id]);
    expect(account.asked).toEqual(['create {"name":"a","size":2}', "list", `read ${id}`]);
  });

  test("is repeated where it is not, and an older object that is alike is left alone", async () => {
    const older = account.add({ size: 2 }, new Date(Date.now() - 60_000));
    account.trouble.push(() => {
      throw noAnswer();
    });
    const { id } = await make({ size: 2 });
    expect(id).not.toBe(older.sid);
    expect([...account.things.keys()]).toEqual([older.sid, id]);
  });

  test("is an error where several could be it", async () => {
    account.trouble.push(() => {
      account.add({ size: 2 });
      account.add({ size: 2 });
      account.add({ size: 3 });
      throw noAnswer();
    });
    const { message } = await failure(make({ size: 2 }));
    expect(message).toBe(
      'creating the thing "it": TH0001, TH0002 all equal the declaration, and nothing tells which is this one; name it with adopt: "<SID>"',
    );
    expect(account.things.size).toBe(3);
  });

  test("is given up after four tries", async () => {
    for (let index = 0; index < 9; index++) {
      account.trouble.push(() => {
        throw noAnswer();
      });
    }
    expect((await failure(make({ size: 2 }))).message).toBe('creating the thing "it": no answer');
    expect(account.asked.filter((line) => line.startsWith("create"))).toHaveLength(4);
  });

  test("is not repeated after a refusal", async () => {
    account.trouble.push(() => {
      throw new ApiError("bad (HTTP 400)", 400);
    });
    expect((await failure(make({ size: 2 }))).message).toBe('creating the thing "it": bad (HTTP 400)');
    expect(account.asked).toHaveLength(1);
  });
});

describe("an object that is there already", () => {
  test("is named by the error, with the way out", async () => {
    const sid = "TH0001";
    const { message } = await failure(make({ name: "a" }, meanwhile({ name: "a" })));
    expect(message).toContain(`${sid} is there already; take it over with adopt: "${sid}"`);
    expect(account.things.size).toBe(1);
  });

  test("is named whatever the code, where the status says that it is a conflict", async () => {
    const sid = "TH0001";
    const conflict = () => {
      throw new ApiError("no (HTTP 409, code 60000)", 409, 60000);
    };
    account.trouble.push(conflict);
    expect((await failure(make({ name: "a" }, meanwhile({ name: "a" })))).message).toContain(
      `adopt: "${sid}"`,
    );
    account.trouble.push(conflict);
    expect((await failure(make({ name: "b" }))).message).toBe(
      'creating the thing "it": no (HTTP 409, code 60000)',
    );
  });

  test("is named too where the new one has its name from the resource", async () => {
    const sid = "TH0001";
    const { message } = await failure(make({ __pulumiName: "support" }, meanwhile({ name: "support" })));
    expect(message).toContain(`${sid} is there already; take it over with adopt: "${sid}"`);
  });

  test("is adopted by its SID: only declared arguments that differ are written", async () => {
    const { sid } = account.add({ name: "a", size: 2, url: "https://example.com/found" });
    const { id, state } = await make({ adopt: sid, name: "b", size: 2 });
    expect(id).toBe(sid);
    expect(warnings).toEqual([`adopting the thing "it" (${sid}) changes name`]);
    expect(account.asked).toEqual([`read ${sid}`, `update ${sid} {"name":"b"}`]);
    expect(state).toMatchObject({ adopted: true, name: "b", size: 2 });
    expect(state).toMatchObject({ url: "https://example.com/found", __declared: ["name", "size"] });
  });

  test("is adopted without a write where it is as declared", async () => {
    const { sid } = account.add({ name: "a" });
    await make({ adopt: true, name: "a" });
    expect(warnings).toEqual([`adopting the thing "it" (${sid}) changes nothing in it`]);
    expect(account.asked).toEqual(["list"]);
  });

  test("rests like any other when an argument that was declared is taken away", async () => {
    const { sid } = account.add({ url: "https://example.com/found" });
    const adopted = await make({ adopt: sid });
    const given = await inputsOf({ adopt: sid, url: "https://example.com/ours" });
    const ours = await life.update(session, sid, adopted.state, given);
    expect(account.things.get(sid)?.url).toBe("https://example.com/ours");
    await life.update(session, sid, ours.state, adopted.inputs);
    expect(account.things.get(sid)?.url).toBe("");
  });

  test("shows and undoes what somebody changed in what nobody declared", async () => {
    const { sid } = account.add({ name: "a", size: 5 });
    const { state, inputs } = await make({ adopt: sid });
    account.update(sid, { size: 6, url: "https://user:pass@example.com/by-hand" });
    const seen = await life.read(session, sid, state);
    expect(seen?.inputs).toMatchObject({ size: 6, url: "https://example.com/***" });
    expect(life.diff(session, sid, seen?.state ?? {}, inputs)).toEqual({ changes: true, replaces: [] });
    await life.update(session, sid, seen?.state ?? {}, inputs);
    expect(account.things.get(sid)).toMatchObject({ name: "a", size: 5, url: "" });
  });

  test.each<[string, Values, string]>([
    ["a SID that is not there", { adopt: "TH9999" }, "adopt: TH9999 is not in account"],
    ["a key that nobody has", { adopt: true, name: "none" }, "adopt: nothing with this key"],
    ["a key that two have", { adopt: true, name: "twin" }, "adopt: several have this key: TH0001, TH0002"],
    [
      "no key",
      { adopt: true },
      "adopt: true takes the one with the same natural key, and this thing has none",
    ],
    [
      "what cannot be changed",
      { adopt: "TH0001", region: "ie1" },
      "region: cannot be changed on an adopted object",
    ],
  ])("is not adopted by %s, which preview says", async (_name, args, says) => {
    account.add({ name: "twin" });
    account.add({ name: "twin" });
    const { problems } = await life.check(session, {}, args);
    expect(problems).toEqual([expect.stringContaining(says)]);
    session = open({ validate: "offline" });
    const offline = await life.check(session, {}, args);
    expect(offline.problems.length).toBe(args.adopt === true && args.name === undefined ? 1 : 0);
    expect((await failure(life.create(session, offline.inputs))).message).toContain("adopt");
    expect(account.asked.filter((line) => line.startsWith("update"))).toEqual([]);
  });

  test("is never replaced, and stays on destroy unless told otherwise", async () => {
    const { sid } = account.add({ region: "us1" });
    const { state, inputs } = await make({ adopt: sid });
    const moved = { ...inputs, region: "ie1" };
    expect(life.diff(session, sid, state, moved)).toEqual({ changes: true, replaces: [] });
    expect((await failure(life.update(session, sid, state, moved))).message).toContain(
      "region: cannot be changed",
    );
    expect((await life.check(session, inputs, { adopt: sid, region: "ie1" })).problems).toEqual([
      expect.stringContaining("region: cannot be changed"),
    ]);

    const destroy = open();
    await life.delete(destroy, sid, state);
    expect(account.things.has(sid)).toBe(true);
    await life.delete(destroy, sid, { ...state, deleteAdopted: true });
    expect(account.things.has(sid)).toBe(false);
  });

  test("stays adopted when `adopt` is taken away", async () => {
    const { sid } = account.add({});
    const { state, inputs } = await make({ adopt: sid });
    const { adopt, ...without } = inputs;
    const updated = await life.update(session, sid, state, without);
    expect(updated.state).toMatchObject({ adopted: true });
    await life.delete(session, sid, updated.state);
    expect(account.things.has(sid)).toBe(true);
  });

  test("is left alone by the resource that another one took it over from", async () => {
    const first = await make({ name: "a", size: 2 });
    await make({ adopt: true, name: "a" });
    await life.delete(session, first.id, first.state);
    expect(account.things.has(first.id)).toBe(true);
  });
});

describe("after a killed run", () => {
  test("an object that equals the declaration is taken, no other one", async () => {
    const { sid } = account.add({ name: "a", size: 2 }, new Date(0));
    account.add({ name: "b", size: 3 }, new Date(0));
    session = open({ recover: "true" });
    const { id, state } = await make({ name: "a", size: 2 });
    expect({ id, adopted: state.adopted }).toEqual({ id: sid, adopted: false });
    expect((await make({ name: "c", size: 3 })).id).not.toBe("TH0002");
    expect(account.things.size).toBe(3);
  });

  test("an object is not taken that may belong to another resource, as the state of an older version does not say", async () => {
    account.add({ name: "a", size: 2 }, new Date(0));
    session = open({ recover: "true" });
    const args = { name: "a", size: 2 };
    await expect(make({ ...args, __namesakes: { declared: [], others: [], unknown: 1 } })).rejects.toThrow(
      "TH0001 equals the declaration, but may belong to another resource of the same name",
    );
    const known = { ...args, __namesakes: { declared: [`${accountSid} TH0001`], others: [], unknown: 0 } };
    expect(await inputsOf(known)).not.toHaveProperty("__namesakes");
    await expect(make(known)).rejects.toThrow("the name is taken");
  });
});

describe("a write that does not take", () => {
  test("is an error that names the key, and keeps the object as it is", async () => {
    account.ignores = ["size"];
    const error = await failure(make({ name: "a", size: 2 }));
    if (!(error instanceof HalfMade)) throw error;
    expect(error.message).toContain("did not take over size");
    expect(error).toMatchObject({ id: "TH0001", state: { name: "a", size: 1, accountSid } });

    account.ignores = [];
    const inputs = await inputsOf({ name: "a", size: 2 });
    const seen = await life.read(session, error.id, toValues(error.state));
    await life.update(session, error.id, seen?.state ?? {}, inputs);
    expect(account.things.get(error.id)).toMatchObject({ size: 2 });
  });

  test("in an update is one too", async () => {
    const { id, state, inputs } = await make({ name: "a", size: 2 });
    account.ignores = ["url"];
    const error = await failure(
      life.update(session, id, state, { ...inputs, url: "https://example.com", size: 3 }),
    );
    expect(error).toBeInstanceOf(HalfMade);
    expect(error).toMatchObject({ message: expect.stringContaining("url;"), state: { size: 3 } });
  });
});

describe("update", () => {
  test("sends only what differs, and resets what was taken away", async () => {
    const { id, state } = await make({ name: "a", size: 2, url: "https://example.com" });
    account.asked.length = 0;
    const updated = await life.update(
      session,
      id,
      state,
      await inputsOf({ name: "a", url: "https://example.com/b" }),
    );
    expect(account.asked).toEqual([`update ${id} {"url":"https://example.com/b","size":1}`]);
    expect(updated.state).toMatchObject({ name: "a", url: "https://example.com/b" });
    expect(updated.state).toMatchObject({ size: 1, __declared: ["name", "url"] });
  });

  test("that would take away what the API keeps is refused in preview", async () => {
    const { inputs } = await make({ region: "ie1" });
    const { problems } = await life.check(session, inputs, {});
    expect(problems).toEqual(["region: cannot be removed; it stays where it is"]);
  });

  test("of what can only be created replaces, also while it is not known", async () => {
    const { id, state, inputs } = await make({ region: "ie1" });
    for (const region of ["us1", "04da6b54-80e4-46f7-96ec-b56ff0331ba9"]) {
      expect(life.diff(session, id, state, { ...inputs, region })).toEqual({
        changes: true,
        replaces: ["region"],
      });
    }
  });

  test("of what can only be created is none where the default is spelt out or taken away", async () => {
    const { id, state, inputs } = await make({ size: 2 });
    expect(life.diff(session, id, state, { ...inputs, zone: "a" }).replaces).toEqual([]);
    expect(life.diff(session, id, { ...state, zone: "a" }, inputs).replaces).toEqual([]);
    expect(life.diff(session, id, state, { ...inputs, zone: "b" }).replaces).toEqual(["zone"]);
    expect(
      life.diff(session, id, { ...state, zone: "b", __declared: ["name", "zone"] }, inputs).replaces,
    ).toEqual(["zone"]);
  });

  test("of what is gone says what to do", async () => {
    const { id, state, inputs } = await make({ size: 2 });
    account.things.clear();
    const { message } = await failure(life.update(session, id, state, { ...inputs, size: 3 }));
    expect(message).toMatch(/^updating the thing "it" \(TH0001\): not found .*run pulumi refresh/);
  });
});

describe("delete", () => {
  test("of what holds customers' data needs to be told so", async () => {
    const { id, state } = await make({ size: 2 });
    account.holds = "chats";
    const { message } = await failure(life.delete(session, id, state));
    expect(message).toMatch(/^deleting the thing "it" \(TH0001\): it holds chats, .*deleteData: true/);
    expect(account.things.has(id)).toBe(true);
    await life.delete(session, id, { ...state, deleteData: true });
    expect(account.things.has(id)).toBe(false);
  });

  test("of what must stay is refused, whatever is allowed, and so is an adoption that would allow it", async () => {
    const { id, state } = await make({ size: 2 });
    account.stays = "others need it";
    const { message } = await failure(life.delete(session, id, { ...state, deleteData: true }));
    expect(message).toBe(
      'deleting the thing "it" (TH0001): others need it, and is never deleted. Where it was adopted, take deleteAdopted away and run up; else let the stack forget it with pulumi state delete',
    );
    const adopting = { adopt: id, __pulumiName: "other" };
    const { problems } = await life.check(session, {}, { ...adopting, deleteAdopted: true });
    expect(problems).toEqual([
      "deleteAdopted: others need it, and is never deleted; take deleteAdopted away",
    ]);
    expect((await life.check(session, {}, adopting)).problems).toEqual([]);
    expect(account.things.has(id)).toBe(true);
  });

  test("of what is in use waits as long as others use it than the time before", async () => {
    const { id, state } = await make({ size: 2 });
    account.users.push("Alice has it", "Bob has it");
    await life.delete(session, id, state);
    expect(account.asked).toHaveLength(4);
    expect(account.things.has(id)).toBe(false);
  });

  test("of what stays in use says who uses it", async () => {
    const { id, state } = await make({ size: 2 });
    account.users.push("Alice has it; take it from her", "Alice has it; take it from her");
    const { message } = await failure(life.delete(session, id, state));
    expect(message).toBe(
      'deleting the thing "it" (TH0001): it is in use (HTTP 400, code 20001). Alice has it; take it from her',
    );
    expect(account.things.has(id)).toBe(true);
  });

  test("of what is gone succeeds", async () => {
    const { id, state } = await make({ size: 2 });
    account.things.clear();
    await life.delete(session, id, state);
  });
});

describe("every step", () => {
  test("keeps credentials and webhook paths out of its errors", async () => {
    account.trouble.push(() => {
      throw new ApiError("the-token and https://user:pass@example.com/path?key=1 are bad", 400);
    });
    expect((await failure(make({ size: 2 }))).message).toBe(
      'creating the thing "it": *** and https://example.com/*** are bad',
    );
  });

  test("sees blank arguments as none", async () => {
    const inputs = await inputsOf({ name: "", url: null, size: 2 });
    expect(inputs).toEqual({ __pulumiName: "it", size: 2, accountSid });
  });

  test("asks nothing where the account is another", async () => {
    const state = { accountSid: `AC${"1".repeat(32)}`, baseline: {}, adopted: true };
    for (const run of [
      life.read(session, "TH1", state),
      life.update(session, "TH1", state, { size: 2 }),
      life.delete(session, "TH1", state),
    ]) {
      expect(messageOf(await failure(run))).toContain("this object lives in AC1111");
    }
    expect(account.asked).toEqual([]);
  });
});

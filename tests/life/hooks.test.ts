import { z } from "zod";
import { adoptable, defineResource } from "../../provider/life/define";
import { unmanaged } from "../../provider/life/definition";
import { authTokenOnly, holding, leftUnless, replacingLoses } from "../../provider/life/guards";
import type { Session } from "../../provider/life/life";
import { ApiError, HalfMade, messageOf, Unsettled } from "../../provider/values/errors";
import { toValues, type Values } from "../../provider/values/values";
import { sessionOn } from "./session";

interface MemberArgs {
  adopt?: string | boolean;
  deleteAdopted?: boolean;
  onDelete?: "restore" | "keep";
  deleteData?: boolean;
  releaseOnDelete?: boolean;
  boxSid: string;
  shape?: string;
  size?: number;
  template?: string;
}

interface Params {
  shape?: string;
  size?: number;
  template?: string;
}

interface Member {
  sid: string;
  boxSid: string;
  shape: string;
  size: number;
  /** What is left of an older shape. */
  dent?: string;
  made: Date;
}

/** Members of boxes, by box and SID, and what was asked of them. */
class Boxes {
  readonly members = new Map<string, Member>();
  readonly asked: string[] = [];
  readonly trouble: (() => void)[] = [];
  holds: string | undefined;

  at(id: string): Member {
    const member = this.members.get(id);
    if (!member) throw new ApiError("not found (HTTP 404)", 404, 20404);
    return member;
  }

  create(boxSid: string, { shape = "round", size = 1 }: Params): Member {
    this.asked.push(`create in ${boxSid}: ${shape} ${size}`);
    const sid = `ME${this.members.size + 1}`;
    const member = { sid, boxSid, shape, size, made: new Date() };
    if (this.trouble[0]?.name === "before") this.trouble.shift()?.();
    this.members.set(`${boxSid}/${sid}`, member);
    this.trouble.shift()?.();
    return member;
  }
}

let boxes: Boxes;
let session: Session;
let warnings: string[];
let accounts = 0;

const open = (settings: Record<string, string> = {}) =>
  sessionOn(`AC${String(accounts).padStart(32, "b")}`, settings, (text) => warnings.push(text));

beforeEach(() => {
  boxes = new Boxes();
  warnings = [];
  accounts += 1;
  session = open();
});

const { life, unique, keys } = defineResource<MemberArgs>()("Member", {
  label: "member",
  api: { operations: {} },
  args: z.strictObject({
    ...adoptable,
    deleteData: z.boolean().optional(),
    releaseOnDelete: z.boolean().optional(),
    boxSid: z.string(),
    shape: z.string().optional(),
    size: z.number().optional(),
    template: z.string().optional(),
  }),
  createOnly: ["boxSid", "template"],
  unseen: ["template"],
  notArguments: { weight: "scales know it; read it there" },
  guards: [
    authTokenOnly("member"),
    { caution: ({ args: { size } }) => (size === 13 ? "13 brings bad luck" : undefined) },
    replacingLoses("what is in it would be lost"),
    leftUnless("releaseOnDelete", "it stays where it is"),
    holding(async () => boxes.holds),
  ],
  params: ({ boxSid: _, ...params }): Params => params,
  reset: { shape: "round", size: 1, template: unmanaged },
  live: ({ boxSid, shape, size }: Member) => ({ boxSid, shape, size, template: undefined }),
  computed: { token: () => "token of the member" },
  naturalKey: ({ boxSid, shape }) => shape && `${boxSid} ${shape}`,
  duplicate: [50001],
  obstacle: async (_, { shape }, code) => (code === 50002 ? `${shape} is in BX9 already` : undefined),
  within: ({ boxSid }) => boxSid,
  id: ({ boxSid, sid }) => `${boxSid}/${sid}`,
  createdAt: ({ made }) => made,
  list: async () => [...boxes.members.values()],
  choose: async (_, params) => {
    boxes.asked.push("choose");
    return { ...params, size: params.size ?? 7 };
  },
  create: async (_, params, { boxSid }) => boxes.create(boxSid, params),
  read: async (_, id) => boxes.at(id),
  update: async (_, id, changed) => {
    const member = Object.assign(boxes.at(id), changed);
    return member.dent === undefined ? member : new Unsettled(member, "it has a dent", "shape");
  },
  replacement: "createFirst",
  delete: async (_, id) => {
    boxes.at(id);
    boxes.members.delete(id);
  },
});

const check = (given: Values, was: Values = {}) => life.check(session, was, { __pulumiName: "it", ...given });
async function make(given: Values) {
  const { inputs, problems } = await check(given);
  expect(problems).toEqual([]);
  return { inputs, ...(await life.create(session, inputs)) };
}
const failure = (run: Promise<unknown>) =>
  run.then(
    () => Promise.reject(new Error("it did not fail")),
    (error: unknown) => error,
  );

describe("an object that lives in another one", () => {
  test("is known by both, and called by its own SID", async () => {
    const { id, inputs, state } = await make({ boxSid: "BX1", size: 2 });
    expect(id).toBe("BX1/ME1");
    boxes.members.clear();
    const error = await failure(life.update(session, id, state, { ...inputs, size: 3 }));
    expect(messageOf(error)).toMatch(/^updating the member "it" \(ME1\): not found/);
  });

  test("is adopted by its SID within the parent that is declared", async () => {
    boxes.create("BX1", { size: 4 });
    const { id, state } = await make({ boxSid: "BX1", adopt: "ME1", shape: "flat" });
    expect({ id, state }).toMatchObject({ id: "BX1/ME1", state: { adopted: true, shape: "flat" } });
    expect(boxes.at(id)).toMatchObject({ shape: "flat", size: 4 });
    expect((await check({ boxSid: "BX2", adopt: "ME1" })).problems).toEqual([
      `adopt: ME1 is not in account ${session.account}`,
    ]);
  });

  test("is replaced when it is to live in another parent", async () => {
    const { id, inputs, state } = await make({ boxSid: "BX1" });
    expect(life.diff(session, id, state, { ...inputs, boxSid: "BX2" }).replaces).toEqual(["boxSid"]);
  });
});

describe("what no answer shows", () => {
  test("is kept as declared, through create and refresh, and is no difference", async () => {
    const { id, inputs, state } = await make({ boxSid: "BX1", template: "oak" });
    expect(state.template).toBe("oak");
    const seen = await life.read(session, id, state);
    expect(seen?.inputs.template).toBe("oak");
    expect(life.diff(session, id, seen?.state ?? {}, inputs)).toEqual({ changes: false, replaces: [] });
    expect(life.diff(session, id, state, { ...inputs, template: "ash" }).replaces).toEqual(["template"]);
  });

  test("does not keep an object that was made from being found after a lost answer, nor from being adopted", async () => {
    boxes.trouble.push(() => {
      throw new ApiError("no answer");
    });
    const { id } = await make({ boxSid: "BX1", template: "oak" });
    expect([...boxes.members.keys()]).toEqual([id]);
    expect((await make({ boxSid: "BX1", adopt: "ME1", template: "ash" })).id).toBe(id);
  });
});

test("what only the API can settle is settled once, though the create is repeated", async () => {
  boxes.trouble.push(function before() {
    throw new ApiError("no answer");
  });
  const { id } = await make({ boxSid: "BX1" });
  expect(boxes.asked).toEqual(["choose", "create in BX1: round 7", "create in BX1: round 7"]);
  expect(boxes.at(id).size).toBe(7);
});

test("a create that something else stands in the way of says what", async () => {
  boxes.trouble.push(function before() {
    throw new ApiError("in use (HTTP 400, code 50002)", 400, 50002);
  });
  const error = await failure(make({ boxSid: "BX1", shape: "flat" }));
  expect(messageOf(error)).toBe(
    'creating the member "it": in use (HTTP 400, code 50002). flat is in BX9 already',
  );
});

test("an update that leaves something of the old behind makes the next up replace the object", async () => {
  const { id, inputs, state } = await make({ boxSid: "BX1", shape: "flat" });
  boxes.at(id).dent = "flat";
  const now = { ...inputs, shape: "long" };
  const error = await failure(life.update(session, id, state, now));
  if (!(error instanceof HalfMade)) throw error;
  expect(error.message).toContain("it has a dent");
  expect(life.diff(session, id, toValues(error.state), now).replaces).toEqual(["shape"]);
  const seen = await life.read(session, id, toValues(error.state));
  expect(life.diff(session, id, seen?.state ?? {}, now).replaces).toEqual(["shape"]);
  expect(seen?.inputs).not.toHaveProperty("shape");
});

describe("destroy", () => {
  test("leaves what needs to be told so, with a warning, and deletes it when told", async () => {
    const { id, state } = await make({ boxSid: "BX1" });
    await life.delete(session, id, state);
    expect(boxes.members.has(id)).toBe(true);
    expect(warnings).toEqual(['the member "it" (ME1): it stays where it is']);
    await life.delete(session, id, { ...state, releaseOnDelete: true });
    expect(boxes.members.has(id)).toBe(false);
  });
});

describe("a replacement that would lose data", () => {
  test("is refused in preview", async () => {
    const { inputs } = await make({ boxSid: "BX1" });
    expect((await check({ boxSid: "BX2" }, inputs)).problems).toEqual([
      "boxSid: what is in it would be lost; to replace it all the same, set deleteData: true",
    ]);
  });

  test("goes through when the same program says so, though the state of the old one does not", async () => {
    const { id, inputs, state } = await make({ boxSid: "BX1", releaseOnDelete: true });
    boxes.holds = "three marbles";
    const old = { ...state, releaseOnDelete: true };
    expect(messageOf(await failure(life.delete(session, id, old)))).toContain("it holds three marbles");
    const { problems } = await check({ boxSid: "BX2", deleteData: true }, inputs);
    expect(problems).toEqual([]);
    await life.delete(session, id, old);
    expect(boxes.members.size).toBe(0);
  });
});

test("a new object may be there before the old one goes, and computed outputs are named to the engine", () => {
  expect(unique).toBe(false);
  expect(keys).toContain("token");
});

test("preview warns of what works and is unwise", async () => {
  await check({ boxSid: "BX1", size: 13 });
  expect(warnings).toEqual(['the member "it": 13 brings bad luck']);
});

test("preview says why something is no argument, and where an API key is not enough", async () => {
  expect((await check({ boxSid: "BX1", weight: 3 })).problems).toEqual([
    "weight: scales know it; read it there",
  ]);
  session = open({ authToken: "", apiKey: `SK${"c".repeat(32)}`, apiSecret: "secret" });
  expect((await check({ boxSid: "BX1" })).problems).toEqual([
    "a member needs twilio:accountSid with twilio:authToken; Twilio does not let an API key do this",
  ]);
});

import { z } from "zod";
import { registerDirectory } from "../../provider/life/collection";
import { adoptable, defineResource } from "../../provider/life/define";
import { unmanaged } from "../../provider/life/definition";
import { Run } from "../../provider/life/run";
import { ApiError, HalfMade, messageOf } from "../../provider/values/errors";
import { toValues, type Values } from "../../provider/values/values";
import { sessionOn } from "./session";

interface DoorArgs {
  adopt?: string | boolean;
  deleteAdopted?: boolean;
  onDelete?: "restore" | "keep";
  number: string;
  colour?: string;
  opens?: { to: "street"; street: string } | { to: "yard"; dog?: boolean };
}

type Door = Params & { sid: string };

interface Params {
  number?: string;
  colour?: string;
  "opens.to"?: string;
  "opens.street"?: string;
  "opens.dog"?: boolean;
}

let doors: Map<string, Door>;
let asked: string[];
let warnings: string[];
/** What the next write answers in place of the door. */
let trouble: (() => void) | undefined;
/** Whether it cannot be looked up. */
let isSilent = false;
let run: Run;

const accountSid = `AC${"d".repeat(32)}`;
const sid = `DO${"1".repeat(32)}`;

function at(id: string): Door {
  const door = doors.get(id);
  if (!door) throw new ApiError("not found (HTTP 404)", 404, 20404);
  return door;
}

/** What colours refer to is gone. */
registerDirectory(
  "QD",
  { label: "paint", entries: async () => undefined, isThere: async () => false },
  false,
);

const { life } = defineResource<DoorArgs>()("Door", {
  label: "door",
  api: { operations: {} },
  args: z.strictObject({
    ...adoptable,
    number: z.string(),
    colour: z.string().optional(),
    opens: z
      .discriminatedUnion("to", [
        z.strictObject({ to: z.literal("street"), street: z.string() }),
        z.strictObject({ to: z.literal("yard"), dog: z.boolean().optional() }),
      ])
      .optional(),
  }),
  params: ({ opens, ...rest }): Params => ({
    ...rest,
    ...(opens && { "opens.to": opens.to }),
    ...(opens?.to === "street" && { "opens.street": opens.street }),
    ...(opens?.to === "yard" && opens.dog !== undefined && { "opens.dog": opens.dog }),
  }),
  union: { prefix: "opens.", on: "opens.to" },
  reset: {
    number: unmanaged,
    colour: "",
    "opens.to": unmanaged,
    "opens.street": unmanaged,
    "opens.dog": false,
  },
  live: (door: Door) => ({
    number: door.number ?? "",
    colour: door.colour,
    opens:
      door["opens.to"] === "street"
        ? { to: "street" as const, street: door["opens.street"] ?? "" }
        : { to: "yard" as const, dog: door["opens.dog"] },
  }),
  naturalKey: ({ number }) => number,
  duplicate: [50001],
  id: (door) => door.sid,
  createdAt: () => null,
  list: async () => [...doors.values()],
  create: async (_, params) => {
    asked.push("create");
    const door = { sid: `DO${String(doors.size).padStart(32, "2")}`, ...params };
    doors.set(door.sid, door);
    return door;
  },
  read: async (_, id) => {
    if (isSilent) throw new ApiError("no answer");
    return { ...at(id) };
  },
  update: async (_, id, changed) => {
    asked.push(JSON.stringify(changed));
    Object.assign(at(id), changed);
    trouble?.();
    return { ...at(id) };
  },
  delete: async (_, id) => {
    asked.push("delete");
    doors.delete(id);
  },
});

/** One run of a provider process: what is checked in it is declared in it. */
const process = () =>
  Object.assign(
    sessionOn(accountSid, {}, (text) => warnings.push(text)),
    { run },
  );
const nextRun = () => {
  run = new Run();
  return process();
};

const inputsOf = async (given: Values, was: Values = {}) => {
  const { inputs, problems } = await life.check(process(), was, {
    __pulumiName: "front",
    number: "7",
    ...given,
  });
  expect(problems).toEqual([]);
  return inputs;
};
const failure = (attempt: Promise<unknown>) =>
  attempt.then(
    () => Promise.reject(new Error("it did not fail")),
    (error: unknown) => error,
  );

beforeEach(() => {
  const found = { sid, number: "7", colour: "green", "opens.to": "street", "opens.street": "Main" };
  doors = new Map([[sid, found]]);
  asked = [];
  warnings = [];
  trouble = undefined;
  isSilent = false;
  nextRun();
});

const yard = { to: "yard", dog: true };

describe("destroy of an adopted object", () => {
  test("gives back each argument that this stack changed, also those of another member of a union", async () => {
    const before = { ...at(sid) };
    const { id, state } = await life.create(process(), await inputsOf({ adopt: true, colour: "red" }));
    const moved = await life.update(
      process(),
      id,
      state,
      await inputsOf({ adopt: true, colour: "red", opens: yard }),
    );
    expect(at(sid)).toMatchObject({ colour: "red", "opens.to": "yard" });
    await life.delete(nextRun(), id, moved.state);
    expect(at(sid)).toMatchObject(before);
    expect(asked).not.toContain("delete");
  });

  test("leaves what somebody has changed since, and says so", async () => {
    const { id, state } = await life.create(
      process(),
      await inputsOf({ adopt: sid, colour: "red", opens: yard }),
    );
    at(sid).colour = "blue";
    await life.delete(nextRun(), id, state);
    expect(at(sid)).toMatchObject({ colour: "blue", "opens.to": "street", "opens.street": "Main" });
    expect(warnings.at(-1)).toBe(
      `the door "front" (${sid}): colour: no longer as declared here; it stays as it is`,
    );
  });

  test("also after a refresh that has seen the change", async () => {
    const { id, state } = await life.create(process(), await inputsOf({ adopt: sid, colour: "red" }));
    at(sid).colour = "blue";
    const seen = await life.read(process(), id, state);
    await life.delete(nextRun(), id, seen?.state ?? {});
    expect(at(sid).colour).toBe("blue");
  });

  test("puts back what was there at the adoption, not what somebody did meanwhile and this stack put right", async () => {
    const inputs = await inputsOf({ adopt: sid, opens: yard });
    const { id, state } = await life.create(process(), inputs);
    at(sid).colour = "blue";
    const seen = await life.read(process(), id, state);
    const repaired = await life.update(process(), id, seen?.state ?? {}, inputs);
    expect(at(sid).colour).toBe("green");
    await life.delete(nextRun(), id, repaired.state);
    expect(at(sid)).toMatchObject({ colour: "green", "opens.to": "street" });
  });

  test("puts back what was declared as it was found, not what somebody made of it meanwhile", async () => {
    const inputs = await inputsOf({ adopt: sid, colour: "green" });
    const { id, state } = await life.create(process(), inputs);
    at(sid).colour = "blue";
    const seen = await life.read(process(), id, state);
    const repaired = await life.update(process(), id, seen?.state ?? {}, inputs);
    const changed = await life.update(
      process(),
      id,
      repaired.state,
      await inputsOf({ adopt: sid, colour: "red" }),
    );
    await life.delete(nextRun(), id, changed.state);
    expect(at(sid).colour).toBe("green");
  });

  test("knows what was there also where the declaration was the same at first", async () => {
    const { id, state } = await life.create(process(), await inputsOf({ adopt: sid, colour: "green" }));
    const changed = await life.update(process(), id, state, await inputsOf({ adopt: sid, colour: "red" }));
    await life.delete(nextRun(), id, changed.state);
    expect(at(sid).colour).toBe("green");
  });

  test("does not take for its own what it has only put back from where somebody had moved it", async () => {
    const inputs = await inputsOf({ adopt: sid });
    const { id, state } = await life.create(process(), inputs);
    at(sid).colour = "blue";
    const seen = await life.read(process(), id, state);
    const back = await life.update(process(), id, seen?.state ?? {}, inputs);
    expect(at(sid).colour).toBe("green");
    expect(back.state.previous).toEqual({});
    asked = [];
    await life.delete(nextRun(), id, back.state);
    expect({ asked, colour: at(sid).colour }).toEqual({ asked: [], colour: "green" });
  });

  test("gives back what was declared as it was found, at once or later, and then taken away", async () => {
    const plain = await inputsOf({ adopt: sid });
    const coloured = await inputsOf({ adopt: sid, colour: "green" });
    const atOnce = await life.create(process(), coloured);
    const later = await life.update(process(), sid, (await life.create(process(), plain)).state, coloured);
    expect(asked).toEqual([]);
    for (const { id, state } of [atOnce, later]) {
      const removed = await life.update(process(), id, state, plain);
      expect(at(sid).colour).toBe("");
      await life.delete(nextRun(), id, removed.state);
      expect(at(sid).colour).toBe("green");
    }
  });

  test("leaves it as it is where the program says keep, and writes nothing where nothing was changed", async () => {
    const kept = await life.create(
      process(),
      await inputsOf({ adopt: sid, colour: "red", onDelete: "keep" }),
    );
    await life.delete(nextRun(), sid, kept.state);
    expect(at(sid).colour).toBe("red");
    const same = await life.create(nextRun(), await inputsOf({ adopt: sid, colour: "red" }));
    asked = [];
    await life.delete(nextRun(), sid, same.state);
    expect(asked).toEqual([]);
  });

  const refuse = () => {
    const before = { ...at(sid) };
    trouble = () => {
      doors.set(sid, { ...before });
      throw new ApiError("green is no more (HTTP 400)", 400);
    };
  };

  test("goes on with a warning where Twilio does not take back what was there", async () => {
    doors.set(sid, { ...at(sid), colour: `QD${"7".repeat(32)}` });
    const { id, state } = await life.create(process(), await inputsOf({ adopt: sid, colour: "red" }));
    refuse();
    await life.delete(nextRun(), id, state);
    expect(warnings.at(-1)).toContain(
      "colour: what was there before cannot be put back, so it stays as it is",
    );
  });

  test("ends where what was there is not gone, and says how to go on", async () => {
    const { id, state } = await life.create(process(), await inputsOf({ adopt: sid, colour: "red" }));
    refuse();
    const message = messageOf(await failure(life.delete(nextRun(), id, state)));
    expect(message).toContain('what was there before cannot be put back: colour: {"colour":"green"}');
    expect(message).toContain('set onDelete: "keep", which leaves it as it is, and run up before destroy');
    expect(at(sid).colour).toBe("red");
    trouble = undefined;
    await life.delete(nextRun(), id, state);
    expect(at(sid).colour).toBe("green");
  });
});

describe("an adoption whose answer is lost", () => {
  test("is looked up", async () => {
    const inputs = await inputsOf({ adopt: sid, colour: "red" });
    trouble = () => {
      throw new ApiError("no answer");
    };
    const { id, state } = await life.create(process(), inputs);
    expect(life.diff(nextRun(), id, state, inputs).changes).toBe(false);
    trouble = undefined;
    await life.delete(process(), id, state);
    expect(at(sid).colour).toBe("green");
  });

  test("keeps the object and what it held, and the next up finishes it", async () => {
    const inputs = await inputsOf({ adopt: sid, colour: "red" });
    trouble = () => {
      isSilent = true;
      throw new ApiError("no answer");
    };
    const error = await failure(life.create(process(), inputs));
    if (!(error instanceof HalfMade)) throw error;
    trouble = undefined;
    isSilent = false;
    const done = await life.update(nextRun(), error.id, toValues(error.state), inputs);
    await life.delete(nextRun(), sid, done.state);
    expect(at(sid).colour).toBe("green");
  });

  test("gives back what an earlier write has left, where the last one was not carried out", async () => {
    const inputs = await inputsOf({ adopt: sid, colour: "red" });
    const { id, state } = await life.create(process(), inputs);
    trouble = () => {
      at(sid).colour = "red";
      throw new ApiError("no answer");
    };
    const blue = await inputsOf({ adopt: sid, colour: "blue" }, inputs);
    const error = await failure(life.update(nextRun(), id, state, blue));
    if (!(error instanceof HalfMade)) throw error;
    trouble = undefined;
    await life.delete(nextRun(), id, toValues(error.state));
    expect(at(sid).colour).toBe("green");
  });

  test("is undone by a program that no longer wants what was sent", async () => {
    const inputs = await inputsOf({ adopt: sid });
    const { id, state } = await life.create(process(), inputs);
    trouble = () => {
      isSilent = true;
      throw new ApiError("no answer");
    };
    const blue = await inputsOf({ adopt: sid, colour: "blue" }, inputs);
    const error = await failure(life.update(nextRun(), id, state, blue));
    if (!(error instanceof HalfMade)) throw error;
    trouble = undefined;
    isSilent = false;
    expect(at(sid).colour).toBe("blue");
    const half = toValues(error.state);
    expect(life.diff(nextRun(), id, half, inputs)).toMatchObject({ changes: true, isOpen: true });
    const done = await life.update(process(), id, half, inputs);
    expect(at(sid).colour).toBe("green");
    expect(life.diff(nextRun(), id, done.state, inputs).changes).toBe(false);
  });

  test("leaves the last state where an update had no effect", async () => {
    const inputs = await inputsOf({ adopt: sid, colour: "red" });
    const { id, state } = await life.create(process(), inputs);
    trouble = () => {
      at(sid).colour = "red";
      throw new ApiError("later (HTTP 503)", 503);
    };
    const blue = await inputsOf({ adopt: sid, colour: "blue" }, inputs);
    expect(await failure(life.update(nextRun(), id, state, blue))).not.toBeInstanceOf(HalfMade);
  });

  test("lets go of the object where the write was refused", async () => {
    trouble = () => {
      throw new ApiError("wrong (HTTP 400)", 400);
    };
    const inputs = await inputsOf({ adopt: sid, colour: "red" });
    expect(messageOf(await failure(life.create(process(), inputs)))).toContain("wrong (HTTP 400)");
    expect(run.holders.size).toBe(0);
  });
});

describe("a forced replacement of an adopted object", () => {
  const adoptions: Values[] = [{ adopt: sid }, { adopt: true }, {}];
  test.each(adoptions)("neither deletes nor loses it: %j", async (adoption) => {
    const first = await inputsOf({ adopt: sid, colour: "red", deleteAdopted: true });
    const { id, state } = await life.create(process(), first);
    nextRun();
    const was = await inputsOf({ ...adoption, colour: "red", deleteAdopted: true }, first);
    asked = [];
    await life.delete(process(), id, state);
    const again = await life.create(process(), was);
    expect({ asked, id: again.id }).toEqual({ asked: [], id: sid });
    await life.delete(nextRun(), id, { ...again.state, deleteAdopted: false });
    expect(at(sid).colour).toBe("green");
  });
});

describe("a resource that comes in another one's place", () => {
  test("keeps what that one remembers, and that one leaves the object alone", async () => {
    const { id, state } = await life.create(process(), await inputsOf({ adopt: sid, colour: "red" }));
    nextRun();
    const renamed = await inputsOf({ __pulumiName: "back", adopt: sid, colour: "red" });
    const inherited = [toValues({ ...state })];
    const moved = await life.create(process(), toValues({ ...renamed, __inherited: inherited }));
    await life.delete(process(), id, state);
    expect(at(sid).colour).toBe("red");
    await life.delete(nextRun(), id, moved.state);
    expect(at(sid).colour).toBe("green");
  });

  test("is known also to a run that only deletes the old one, after one that was killed between the two", async () => {
    const made = await life.create(process(), await inputsOf({ number: "8" }));
    nextRun();
    const inputs = await inputsOf({ __pulumiName: "again", number: "8", adopt: made.id });
    const adopted = await life.create(process(), inputs);
    nextRun();
    expect(life.diff(process(), made.id, adopted.state, inputs).changes).toBe(false);
    await life.delete(process(), made.id, made.state);
    expect(doors.has(made.id)).toBe(true);
  });
});

describe('adopt: "ifThere"', () => {
  test("takes over the object with the same key", async () => {
    const { id, state } = await life.create(process(), await inputsOf({ adopt: "ifThere", colour: "red" }));
    expect({ id, adopted: state.adopted }).toEqual({ id: sid, adopted: true });
    expect(warnings).toEqual([`adopting the door "front" (${sid}) changes colour`]);
  });

  test("takes what a run that was cut off has made as its own, which destroy deletes", async () => {
    const cutOff = { creates: [{ at: Date.now(), id: sid }], isAccountedFor: () => false };
    const session = Object.assign(process(), { cutOff });
    const { id, state } = await life.create(session, await inputsOf({ adopt: "ifThere", colour: "red" }));
    expect({ id, adopted: state.adopted }).toEqual({ id: sid, adopted: false });
    await life.delete(nextRun(), id, state);
    expect(doors.has(id)).toBe(false);
  });

  test("creates one where there is none, which destroy deletes", async () => {
    const { id, state } = await life.create(process(), await inputsOf({ adopt: "ifThere", number: "9" }));
    expect(state.adopted).toBe(false);
    await life.delete(nextRun(), id, state);
    expect(doors.has(id)).toBe(false);
  });
});

import * as fc from "fast-check";
import { z } from "zod";
import { atLeastOne, exactlyOne, nearest, normalised, problemsOf } from "../../provider/values/validate";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const word = z.string().min(1).max(5).describe("a text of 1 to 5 characters");
const count = z.number().int().min(0).max(3).describe("a whole number from 0 to 3");
const schema = z.strictObject({
  name: word,
  count: count.optional(),
  mode: z.enum(["fast", "slow"]).describe("one of fast, slow").optional(),
  method: z
    .string()
    .toUpperCase()
    .pipe(z.enum(["GET", "POST"]))
    .describe("GET or POST")
    .optional(),
  words: z.array(word).describe("a list of words").optional(),
  nested: z
    .strictObject({ inner: word, other: count.optional() })
    .describe("an object with inner")
    .optional(),
  target: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("web"), url: word, retryCount: count.optional() }),
      z.strictObject({ kind: z.literal("flow"), flowSid: word }),
    ])
    .describe("an object whose kind is web or flow")
    .optional(),
  either: z
    .union([z.record(z.string(), z.json()), z.string().min(3)])
    .describe("an object or a text")
    .optional(),
});

const problems = (args: Record<string, unknown>) => problemsOf(schema, { name: "a", ...args }, []);

describe("what is wrong with arguments", () => {
  const cases: [string, Record<string, unknown>, string[]][] = [
    ["nothing", { count: 3, target: { kind: "flow", flowSid: "FW" } }, []],
    ["a missing one", { name: undefined }, ["name: missing; give a text of 1 to 5 characters"]],
    ["null", { name: null }, ["name: missing; give a text of 1 to 5 characters"]],
    ["a number", { name: 7 }, ["name: got 7; give a text of 1 to 5 characters"]],
    ["an empty text", { name: "" }, ["name: got an empty text; give a text of 1 to 5 characters"]],
    ["out of range", { count: 4 }, ["count: got 4; give a whole number from 0 to 3"]],
    ["not whole", { count: 0.5 }, ["count: got 0.5; give a whole number from 0 to 3"]],
    ["text for a number", { count: "3" }, ['count: got "3"; give a whole number from 0 to 3']],
    ["an enum", { mode: "quick" }, ['mode: got "quick"; give one of fast, slow']],
    ["through a pipe", { method: "put" }, ['method: got "put"; give GET or POST']],
    ["a list", { words: "a" }, ['words: got "a"; give a list of words']],
    ["an item", { words: ["a", "toolong"] }, ['words[1]: got "toolong"; give a text of 1 to 5 characters']],
    ["a list for an object", { nested: [] }, ["nested: got a list; give an object with inner"]],
    ["inside an object", { nested: {} }, ["nested.inner: missing; give a text of 1 to 5 characters"]],
    [
      "no such member",
      { target: { kind: "mail" } },
      ['target.kind: got "mail"; give an object whose kind is web or flow'],
    ],
    ["no member named", { target: {} }, ["target.kind: missing; give an object whose kind is web or flow"]],
    [
      "a text for a union",
      { target: "web" },
      ['target: got "web"; give an object whose kind is web or flow'],
    ],
    [
      "inside a member",
      { target: { kind: "web", url: 1 } },
      ["target.url: got 1; give a text of 1 to 5 characters"],
    ],
    [
      "an unknown key of a member",
      { target: { kind: "web", url: "a", retrycount: 1 } },
      ["target.retrycount: no such argument; did you mean retryCount?"],
    ],
    [
      "a key of another member",
      { target: { kind: "flow", flowSid: "a", retryCount: 1 } },
      ["target.retryCount: no such argument; known here: kind, flowSid"],
    ],
    ["none of a plain union", { either: 1 }, ["either: got 1; give an object or a text"]],
    [
      "several at once",
      { name: 1, count: 9, modus: "fast" },
      [
        "name: got 1; give a text of 1 to 5 characters",
        "count: got 9; give a whole number from 0 to 3",
        "modus: no such argument; did you mean mode?",
      ],
    ],
  ];

  test.each(cases)("%s", (_name, args, wanted) => {
    expect(problems(args)).toEqual(wanted);
  });

  test("what could be a credential is not quoted", () => {
    for (const secret of [
      "https://user:pass@example.com",
      "s3cr3t",
      "0123456789abcdef0123456789abcdef",
      "two words",
    ]) {
      expect(problems({ mode: secret }).join()).toBe(
        `mode: got a text of ${secret.length} characters; give one of fast, slow`,
      );
    }
    expect(problems({ mode: { token: "secret" } })).toEqual(["mode: got an object; give one of fast, slow"]);
  });

  test("is never an exception, and never more than one line each", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(schema.shape)), fc.anything()), (args) => {
        for (const problem of problemsOf(schema, args, [])) expect(problem).toMatch(/^\w[^\n]*: [^\n]*$/);
      }),
    );
  });
});

describe("an output inside a text", () => {
  const inText = "Calling [toString] on an [Output<T>] is not supported.\n\nTo get the value…";
  const says =
    "holds Pulumi's warning about an output in place of the output's value; build texts with pulumi.interpolate and JSON text with pulumi.jsonStringify";

  test.each<[string, Record<string, unknown>, string[]]>([
    ["an argument", { name: inText }, [`name: ${says}`]],
    ["a list", { words: ["a", inText] }, [`words[1]: ${says}`]],
    ["a member of a union", { target: { kind: "web", url: inText } }, [`target.url: ${says}`]],
    [
      "free-form JSON, and its text",
      { either: { a: [{ b: inText }], [inText]: 1 }, name: JSON.stringify({ c: inText }) },
      [`name.c: ${says}`, `either: ${says}`, `either.a[0].b: ${says}`],
    ],
    [
      "one place, beside other faults",
      { target: { kind: "flow", flowSid: inText, more: 1 }, count: 9 },
      [
        `target.flowSid: ${says}`,
        "target.more: no such argument; known here: kind, flowSid",
        "count: got 9; give a whole number from 0 to 3",
      ],
    ],
  ])("in %s is refused with its place", (_, args, wanted) => {
    expect([...problems(args)].sort()).toEqual([...wanted].sort());
  });
});

describe("what is not known yet", () => {
  test.each([
    [{ name: unknown }],
    [{ count: unknown }],
    [{ words: unknown }],
    [{ words: ["a", unknown] }],
    [{ nested: unknown }],
    [{ nested: { inner: unknown } }],
    [{ target: unknown }],
    [{ target: { kind: unknown, url: "a" } }],
    [{ target: { kind: "web", url: unknown } }],
    [{ either: unknown }],
    [{ either: { deep: [unknown] } }],
  ])("%j is passed over", (args) => {
    expect(problems(args)).toEqual([]);
  });

  test("hides nothing beside it", () => {
    expect(problems({ count: 4, nested: { inner: unknown, other: 4 } })).toEqual([
      "count: got 4; give a whole number from 0 to 3",
      "nested.other: got 4; give a whole number from 0 to 3",
    ]);
  });
});

describe("the normal form", () => {
  test("is what fits the schema; what does not fit stays as it is", () => {
    expect(normalised(schema, { method: "get", mode: "quick", count: "x", strange: { a: 1 } })).toEqual({
      method: "GET",
      mode: "quick",
      count: "x",
      strange: { a: 1 },
    });
  });

  test("has a normal form of its own: itself", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(schema.shape)), fc.jsonValue()), (args) => {
        const once = normalised(schema, args);
        expect(normalised(schema, once)).toEqual(once);
      }),
    );
  });
});

describe("rules across arguments", () => {
  test("exactly one", () => {
    const rule = exactlyOne("a", "b", "c");
    expect(rule({ b: 1 })).toBeUndefined();
    expect(rule({ a: unknown })).toBeUndefined();
    expect(rule({})).toBe("a, b, c: exactly one of them is needed, and none is given");
    expect(rule({ a: 1, c: unknown })).toBe("a, c: these exclude each other; keep one of them");
  });

  test("at least one", () => {
    const rule = atLeastOne("a", "b");
    expect(rule({ a: 1, b: 2 })).toBeUndefined();
    expect(rule({ c: 1 })).toBe("a, b: at least one of them is needed, and none is given");
  });

  test("are asked beside the schema", () => {
    expect(problemsOf(schema, { name: 1 }, [exactlyOne("name", "count"), atLeastOne("mode")])).toEqual([
      "name: got 1; give a text of 1 to 5 characters",
      "mode: at least one of them is needed, and none is given",
    ]);
  });
});

describe("the nearest known name", () => {
  const known = ["friendlyName", "channelType", "contactIdentity", "enabled"];

  test.each([
    ["frindlyName", "friendlyName"],
    ["friendlyname", "friendlyName"],
    ["channel_type", "channelType"],
    ["enable", "enabled"],
    ["name", undefined],
    ["x", undefined],
    ["", undefined],
  ])("of %j is %j", (key, name) => {
    expect(nearest(key, known)).toBe(name);
  });

  test("of a known name is itself", () => {
    for (const name of known) expect(nearest(name, known)).toBe(name);
    expect(nearest("a", [])).toBeUndefined();
  });
});

import * as fc from "fast-check";
import { cannot, through, unmanaged } from "../../provider/life/definition";
import {
  baselineOf,
  changes,
  differing,
  irremovable,
  type Mapping,
  observed,
  wireOf,
} from "../../provider/life/wire";
import { compact, isRecord, leaves, same, valueAt, type Wire, withLeaf } from "../../provider/values/values";

type Args = Record<string, unknown>;

/** Parameters bear the names of the arguments, with dots where those nest. */
const flat = (args: Args): Args =>
  Object.fromEntries(
    leaves(args, (path) => path[0] === "json").map((path) => [path.join("."), valueAt(args, path)]),
  );
const nested = (wire: Args): Args =>
  Object.entries(wire).reduce<Args>((args, [key, value]) => withLeaf(args, key.split("."), value), {});

const resting = { url: "", count: 7, words: [""], "inner.mode": "slow", "inner.on": false };
const mapping: Mapping = { json: ["json"], params: flat, reset: resting };

/** Texts, some of them with credentials. */
const text = fc.oneof(
  fc.stringMatching(/^[a-z]{1,5}$/),
  fc.stringMatching(/^https:\/\/u:secret@[a-z]{1,3}\.io\/[a-z]?$/),
  fc.stringMatching(/^https:\/\/[a-z]{1,3}\.io\/\?secret=[a-z]$/),
);
const args = fc
  .record(
    {
      url: text,
      count: fc.integer(),
      words: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { minLength: 1 }),
      inner: fc.record({ mode: text, on: fc.boolean() }, { requiredKeys: [] }),
      json: fc.object({ key: fc.stringMatching(/^[a-z]{1,3}$/), values: [fc.integer()], maxDepth: 2 }),
    },
    { requiredKeys: [] },
  )
  .map(compact);
const wire = args.map((given) => wireOf(mapping, given));

/** What an account holds that takes what it is sent. */
const applied = (held: Wire, sent: Wire): Wire => ({ ...held, ...sent });

const keys = [...Object.keys(resting), "json"];
const expectSame = (held: Wire, wanted: Wire) => {
  for (const key of keys)
    expect({ key, is: same(held[key], wanted[key]), held, wanted }).toMatchObject({ is: true });
};

describe("changes", () => {
  test("of nothing are none", () => {
    fc.assert(
      fc.property(wire, wire, (was, other) => {
        expect(changes(mapping, was, was, {})).toEqual({});
        expect(changes(mapping, was, was, baselineOf(mapping, was, other))).toEqual({});
      }),
    );
  });

  test("bring what is there to what is declared, or to rest where nothing is declared any more", () => {
    fc.assert(
      fc.property(wire, wire, (was, now) => {
        const held: Wire = { ...resting, ...was };
        const { json } = held;
        const after = applied(held, changes(mapping, was, now, {}));
        // Without a rule for it, a parameter stays as it is.
        expectSame(after, { json, ...resting, ...now });
      }),
    );
  });

  test("bring an adopted object back to what was found", () => {
    fc.assert(
      fc.property(wire, wire, wire, (found, was, now) => {
        const plain = Object.fromEntries(Object.entries(found).filter(([, value]) => !secret(value)));
        const held = { ...resting, ...plain, ...was };
        const baseline = baselineOf(mapping, was, held);
        const declared = { ...was, ...now };
        const there = applied(held, changes(mapping, was, declared, baseline));
        const after = applied(there, changes(mapping, declared, was, baseline));
        expectSame(after, { ...held, json: was.json ?? there.json });
      }),
    );
  });

  test("are nothing more than differs", () => {
    fc.assert(
      fc.property(wire, wire, (was, now) => {
        for (const [key, value] of Object.entries(changes(mapping, was, now, {}))) {
          expect(same(value, was[key])).toBe(false);
        }
      }),
    );
  });

  test("of free-form JSON bring it back to an empty object", () => {
    const free: Mapping = { json: ["json"], params: (given) => given, reset: { json: {} } };
    expect(changes(free, { json: { a: 1 } }, {}, {})).toEqual({ json: {} });
    expect(changes(free, {}, { json: {} }, {})).toEqual({});
    expect(baselineOf(free, {}, { json: {} })).toEqual({});
  });

  test("go through another parameter, or are none, where the rule says so", () => {
    const special: Mapping = {
      json: [],
      params: (given) => given,
      reset: { callback: through("smsCallback", ""), name: unmanaged, role: cannot("it stays") },
    };
    const was = { callback: "https://example.com", name: "n", role: "r" };
    expect(changes(special, was, {}, {})).toEqual({ smsCallback: "" });
    expect(changes(special, was, {}, { callback: "https://example.com/found" })).toEqual({
      callback: "https://example.com/found",
    });
    expect(changes(special, {}, was, {})).toEqual(was);
    expect(irremovable(special, was, {})).toEqual(["role: cannot be removed; it stays"]);
    expect(irremovable(special, was, was)).toEqual([]);
  });
});

const secret = (value: unknown) => typeof value === "string" && value.includes("secret");

describe("a union", () => {
  const union: Mapping = {
    json: [],
    params: ({ target }) => {
      if (!isRecord(target)) return {};
      const { type, ...rest } = target;
      return {
        targetType: type,
        ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [`target.${key}`, value])),
      };
    },
    union: { prefix: "target.", on: "targetType" },
    reset: {
      targetType: cannot("it always leads somewhere"),
      "target.url": cannot("it always leads somewhere"),
      "target.flow": cannot("it always leads somewhere"),
      "target.retries": 3,
      "target.timeout": 60,
    },
  };
  const web = wireOf(union, { target: { type: "web", url: "https://example.com", retries: 1 } });
  const flow = wireOf(union, { target: { type: "flow", flow: "FW1" } });

  test("sends nothing of a member that is no longer chosen", () => {
    expect(changes(union, web, flow, {})).toEqual({ targetType: "flow", "target.flow": "FW1" });
    expect(irremovable(union, web, flow)).toEqual([]);
  });

  test("resets what is taken away of the member that stays", () => {
    const plain = wireOf(union, { target: { type: "web", url: "https://example.com" } });
    expect(changes(union, web, plain, {})).toEqual({ "target.retries": 3 });
  });

  test("that is taken away as a whole is refused once, by the argument's name", () => {
    expect(irremovable(union, web, {})).toEqual(["target: cannot be removed; it always leads somewhere"]);
  });

  test("shows the member that somebody has chosen by hand", () => {
    const declared = { target: { type: "flow", flow: "FW1" } };
    const live = { target: { type: "web", url: "https://u:p@example.com", retries: 3 } };
    expect(observed(union, declared, live, {})).toEqual({
      target: { type: "web", url: "https://example.com/***" },
    });
  });
});

describe("the baseline", () => {
  test("is only what differs from the defaults, is not declared and can be put back", () => {
    const special: Mapping = {
      json: [],
      params: (given) => given,
      reset: { a: "", b: 1, c: unmanaged, d: cannot("no"), e: through("f", "") },
    };
    const live = { a: "x", b: 1, c: "x", d: "x", e: "x", g: "x" };
    expect(baselineOf(special, {}, live)).toEqual({ a: "x", e: "x" });
    expect(baselineOf(special, { a: "x" }, live)).toEqual({ e: "x" });
  });

  test("holds of free-form JSON with a possible credential a hash only", () => {
    const free: Mapping = { json: ["json"], params: (given) => given, reset: { json: {} } };
    const json = { crm: { hooks: ["https://hooks.example.com/catch/123456/abc/"] } };
    const baseline = baselineOf(free, {}, { json });
    expect(baseline).toEqual({ json: expect.stringMatching(/^sha256:/) });
    expect(observed(free, {}, { json }, baseline)).toEqual({});
    const moved = { crm: { hooks: ["https://hooks.example.com/catch/123456/abd/"] } };
    expect(observed(free, {}, { json: moved }, baseline)).toEqual({
      json: { crm: { hooks: ["https://hooks.example.com/***"] } },
    });
    expect(baselineOf(free, {}, { json: { skills: ["sms"] } })).toEqual({ json: { skills: ["sms"] } });
  });

  test("holds no secret", () => {
    fc.assert(
      fc.property(wire, wire, (declared, live) => {
        expect(JSON.stringify(baselineOf(mapping, declared, live))).not.toContain("secret");
      }),
    );
  });
});

describe("what a read shows", () => {
  const live = (declared: Args, other: Args = {}) =>
    nested({ ...resting, ...wireOf(mapping, other), ...wireOf(mapping, declared) });

  test("is what was declared, as long as nobody has touched it", () => {
    fc.assert(
      fc.property(args, (declared) => {
        expect(observed(mapping, declared, live(declared), {})).toEqual(declared);
      }),
    );
  });

  test("is what was declared also on an object that was adopted with other things in it", () => {
    fc.assert(
      fc.property(args, args, (declared, { json, ...found }) => {
        const there = live(declared, found);
        const baseline = baselineOf(mapping, wireOf(mapping, declared), wireOf(mapping, there));
        expect(observed(mapping, declared, there, baseline)).toEqual(declared);
      }),
    );
  });

  test("is enough for the next update to bring back what was declared", () => {
    fc.assert(
      fc.property(args, args, (declared, { json, ...drift }) => {
        const there = { ...live(declared), ...drift };
        const held = { ...resting, ...flat(there) };
        const shown = observed(mapping, declared, there, {});
        const repaired = applied(
          held,
          changes(mapping, wireOf(mapping, shown), wireOf(mapping, declared), {}),
        );
        expectSame(repaired, { ...held, ...resting, ...wireOf(mapping, declared) });
      }),
    );
  });

  test("of what somebody has put there holds no secret, also in the place of what is declared", () => {
    fc.assert(
      fc.property(args, args, (declared, drift) => {
        const plain = JSON.parse(JSON.stringify(declared).replaceAll("secret", "public"));
        expect(JSON.stringify(observed(mapping, plain, live(drift), {}))).not.toContain("secret");
      }),
    );
  });

  test("masks in declared free-form JSON what somebody has put there, and nothing else", () => {
    const mine = "https://example.com/?secret=mine";
    const declared = { json: { a: mine, b: "plain" } };
    const drifted = { json: { a: mine, b: "https://example.com/?secret=theirs" } };
    expect(observed(mapping, declared, live(drifted), {})).toEqual({
      json: { a: mine, b: "https://example.com/***" },
    });
  });

  test("shows a list as a whole and free-form JSON untouched", () => {
    const declared = { words: ["a"], json: { a: 1 } };
    const moved = { words: ["a", "b"], json: { a: 1, b: null } };
    expect(observed(mapping, declared, live(moved), {})).toEqual(moved);
  });
});

test("zero is zero, with whatever sign: nothing to send, nothing that did not take, no drift", () => {
  const was = { json: { offset: { x: -0 } }, count: -0 };
  const now = { json: { offset: { x: 0 } }, count: 0 };
  expect(changes(mapping, was, now, {})).toEqual({});
  expect(differing(was, now)).toEqual([]);
  expect(observed(mapping, was, nested({ ...resting, ...now }), {})).toEqual(now);
});

test("what did not take is named", () => {
  fc.assert(
    fc.property(wire, (sent) => {
      expect(differing(sent, { more: 1, ...sent })).toEqual([]);
      const blank = Object.fromEntries(Object.keys(sent).map((key) => [key, null]));
      expect(differing(sent, blank)).toEqual(Object.keys(sent).filter((key) => !same(sent[key], null)));
    }),
  );
});

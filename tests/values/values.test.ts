import * as fc from "fast-check";
import {
  compact,
  containsUnknown,
  hashed,
  isBlank,
  isUnknown,
  leaves,
  same,
  toValue,
  toValues,
  valueAt,
  withLeaf,
} from "../../provider/values/values";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("values that travel", () => {
  test("lose what the wire does not take, and keep null", () => {
    expect(
      toValues({
        absent: undefined,
        nothing: null,
        run: () => 1,
        sign: Symbol("s"),
        big: 1n,
        date: new Date(0),
        list: [undefined, null, () => 1, { absent: undefined }],
        numbers: [Number.NaN, Number.POSITIVE_INFINITY, -1.5],
        inner: { absent: undefined, deep: { run: () => 1 } },
      }),
    ).toEqual({
      nothing: null,
      date: "1970-01-01T00:00:00.000Z",
      list: [null, null, null, {}],
      numbers: [null, null, -1.5],
      inner: { deep: {} },
    });
  });

  test("that are JSON already stay what they are", () => {
    const odd: unknown = JSON.parse('{"__proto__": false}');
    expect(JSON.stringify(toValue(odd))).toBe('{"__proto__":false}');
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: true }), (json) => {
        // JSON has no -0.
        expect(toValue(json)).toEqual(JSON.parse(JSON.stringify(json)));
      }),
    );
  });

  test("whatever they were, hold nothing that is not there", () => {
    fc.assert(
      fc.property(fc.object({ withDate: true, withMap: true, withBigInt: true }), (record) => {
        expect(holdsUndefined(toValues(record))).toBe(false);
      }),
    );
  });
});

const holdsUndefined = (value: unknown): boolean =>
  value === undefined ||
  (typeof value === "object" && value !== null && Object.values(value).some(holdsUndefined));

describe("unknown values", () => {
  test("are seen wherever they are", () => {
    expect(isUnknown(unknown)).toBe(true);
    expect(containsUnknown({ a: [1, { b: unknown }] })).toBe(true);
    expect(containsUnknown({ a: [1, { b: `${unknown}!` }], c: null })).toBe(false);
  });

  test("stand for everything below them", () => {
    expect(valueAt({ a: unknown }, ["a", "b", 0])).toBe(unknown);
  });
});

describe("blanks", () => {
  test.each([[undefined], [null], [""], [[]], [[""]], [["", ""]]])("%j is one", (value) => {
    expect(isBlank(value)).toBe(true);
  });

  test.each([[0], [false], ["0"], [" "], [[null]], [{}]])("%j is none", (value) => {
    expect(isBlank(value)).toBe(false);
  });

  test("are equal to each other, and to nothing else", () => {
    expect(same("", null)).toBe(true);
    expect(same([""], undefined)).toBe(true);
    expect(same("", false)).toBe(false);
    expect(same(0, null)).toBe(false);
    expect(same({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).toBe(true);
    expect(same([1, 2], [2, 1])).toBe(false);
    expect(same({ a: undefined }, {})).toBe(true);
  });

  test("zero is zero, with whatever sign, wherever it is compared", () => {
    expect(same(-0, 0)).toBe(true);
    expect(same({ offset: [{ x: -0 }] }, { offset: [{ x: 0 }] })).toBe(true);
    expect(hashed({ x: -0 })).toBe(hashed({ x: 0 }));
    expect(Object.is(toValue(-0), 0)).toBe(true);
    expect(same(-0, "")).toBe(false);
  });

  test("are taken out, with the objects that hold nothing else", () => {
    expect(compact({ a: "", b: { c: { d: null } }, e: { f: [""], g: 0 }, h: false, i: {} })).toEqual({
      e: { g: 0 },
      h: false,
    });
  });

  test("taking them out changes nothing any more the second time, and never touches what was given", () => {
    fc.assert(
      fc.property(fc.object(), (record) => {
        const before = structuredClone(record);
        const once = compact(record);
        expect(compact(once)).toEqual(once);
        expect(record).toEqual(before);
      }),
    );
  });
});

describe("leaves", () => {
  test("can be taken apart and put together again", () => {
    const nested = fc.dictionary(
      fc.stringMatching(/^[a-z]{1,4}$/),
      fc.oneof(
        fc.integer(),
        fc.array(fc.string(), { minLength: 1 }),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.integer(), { minKeys: 1 }),
      ),
    );
    fc.assert(
      fc.property(nested, (record) => {
        const again = leaves(record, () => false).reduce<Record<string, unknown>>(
          (made, path) => withLeaf(made, path, valueAt(record, path)),
          {},
        );
        expect(again).toEqual(record);
      }),
    );
  });

  test("end where the caller says", () => {
    const record = { a: { b: { c: 1 } }, d: { e: 2 } };
    expect(leaves(record, (path) => path.join(".") === "a.b")).toEqual([
      ["a", "b"],
      ["d", "e"],
    ]);
  });

  test("are set in a copy, also through what is no record", () => {
    const record = { a: 1 };
    expect(withLeaf(record, ["a", "b"], 2)).toEqual({ a: { b: 2 } });
    expect(withLeaf({ a: { b: 1, c: 2 } }, ["a", "b"], undefined)).toEqual({ a: { c: 2 } });
    expect(record).toEqual({ a: 1 });
  });
});

test("hashes can be compared and not read back", () => {
  expect(hashed("https://user:pass@example.com")).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(hashed("a")).toBe(hashed("a"));
  expect(hashed("a")).not.toBe(hashed("b"));
});

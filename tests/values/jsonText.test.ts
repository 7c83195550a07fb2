import * as fc from "fast-check";
import { inexactNumbers, readJson } from "../../provider/values/jsonText";

describe("JSON text", () => {
  test("is read as JSON.parse reads it", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2, "\t"), (text, space) => {
        const written = JSON.stringify(JSON.parse(text), null, space);
        expect(readJson(written).value).toEqual(JSON.parse(written));
      }),
    );
  });

  test("is taken or refused as JSON.parse does it", () => {
    const pieces = fc.constantFrom(
      ..."{}[],:0-1.5e+x '\"\\\n\t".split(""),
      ...["true", "null", '"a"', '"a":', "1.", "01", '"\\u00e9"', '"\u0085"', '"\u0001"', "1e400"],
    );
    const parses = (text: string) => {
      try {
        return Number.isFinite(JSON.parse(text)) || !text.includes("1e400");
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const text = parts.join("");
        const { value, fault } = readJson(text);
        if (/\d{16}|1e4/.test(text)) return;
        expect([text, value !== undefined && fault === undefined]).toEqual([text, parses(text)]);
      }),
      { numRuns: 3000 },
    );
  });

  test("may begin with a byte order mark", () => {
    expect(readJson('\uFEFF{"a": 1}')).toEqual({ value: { a: 1 } });
  });

  test.each([
    [
      "a comma at the end of a list",
      '{\n  "a": [1, 2, ]\n}',
      "line 2, column 13: nothing follows this comma",
    ],
    ["a comma at the end of an object", '{"a": 1,\n}', "line 1, column 8: nothing follows this comma"],
    ["a comma that is missing", '{"a": 1 "b": 2}', "line 1, column 9: a comma or } is missing"],
    ["a colon that is missing", '{"a" 1}', "line 1, column 6: a colon is missing after the key"],
    ["a key without quotes", "{a: 1}", "line 1, column 2: a key in double quotes is missing"],
    ["single quotes", "{'a': 1}", "line 1, column 2: a key in double quotes is missing"],
    ["a comment", '{"a": 1} // why', "line 1, column 10: something follows the end of the value"],
    ["a value that is none", '{"a": undefined}', "line 1, column 7: no value begins here"],
    [
      "a number as JavaScript writes it",
      '{"a": 0x1f}',
      "line 1, column 7: this is no number as JSON writes it",
    ],
    ["a number that is none", '{"a": 1e999}', "line 1, column 7: this number is too large"],
    ["lines of Windows", '{\r\n"a": 1,\r\n"b"}', "line 3, column 4: a colon is missing after the key"],
    ["an escape that there is not", '{"a": "\\d"}', "line 1, column 8: there is no such escape"],
    [
      "a line break in a text",
      '{"a": "x\ny"}',
      "line 1, column 9: a text holds no line breaks or other control characters; write \\n",
    ],
    ["a text that does not end", '{"a": "x}', "line 1, column 7: this text is never closed"],
    ["what ends too early", '{"a": {"b": 1}', "it ends too early"],
    ["nothing", "", "it ends too early"],
  ])("%s is refused with its position", (_, text, reason) => {
    expect(readJson(text)).toEqual({ fault: { path: [], reason } });
  });

  test("whole numbers that would lose digits are told with their place", () => {
    const text = '{"a": [{"id": 12345678901234567890}], "b": 9007199254740991, "c": 1.5e300}';
    expect(readJson(text).fault).toEqual({
      path: ["a", 0, "id"],
      reason: "the whole number 12345678901234567890, which is beyond 2^53 and would lose digits on the way",
    });
    expect(inexactNumbers({ a: [2 ** 53], b: -(2 ** 53 - 1), c: "12345678901234567890" })).toEqual([
      {
        path: ["a", 0],
        reason: "the whole number 9007199254740992, which is beyond 2^53 and would lose digits on the way",
      },
    ]);
  });
});

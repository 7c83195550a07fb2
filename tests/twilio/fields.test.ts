import { z } from "zod";
import {
  e164,
  flag,
  hostOrUrl,
  httpMethod,
  json,
  jsonIn,
  kind,
  methodIn,
  oneOf,
  setOf,
  sid,
  text,
  url,
  whole,
} from "../../provider/twilio/fields";
import { problemsOf } from "../../provider/values/validate";

const hex = "0123456789abcdefABCDEF0123456789";

test.each<[string, z.ZodType, unknown[], unknown[]]>([
  [
    "a SID",
    sid("KS", "a Proxy service"),
    [`KS${hex}`],
    [
      `KT${hex}`,
      `ks${hex}`,
      `KS${hex}0`,
      `KS${hex.slice(1)}`,
      ` KS${hex}`,
      `KS${hex}\n`,
      `KSg${hex.slice(1)}`,
      "",
      5,
    ],
  ],
  [
    "a number",
    e164(),
    ["+15017122661", "+49301234", `+${"1".repeat(15)}`],
    [
      "15017122661",
      "+05017122661",
      "+1 501 712",
      "whatsapp:+15017122661",
      "+1",
      `+${"1".repeat(16)}`,
      "+1501\n",
    ],
  ],
  // https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api prints such a host of an account.
  [
    "a host or a URL",
    hostOrUrl(),
    ["iris-macaw-7585.twil.io", "EXAMPLE.com", "https://iris-macaw-7585.twil.io", "http://localhost:3000/"],
    [
      "localhost",
      "example.com/path",
      "example.com:443",
      "exa mple.com",
      ".twil.io",
      "https://",
      "ftp://a.b",
      "",
    ],
  ],
  [
    "a URL",
    url(),
    ["https://example.com", "HTTP://example.com/x?y=1", "https://user:pass@example.com"],
    [
      "example.com",
      "/path",
      "ftp://example.com",
      "https://",
      "http://exa mple.com",
      "javascript:alert(1)",
      // URL parsers trim or escape these in silence.
      " https://example.com",
      "https://example.com/ ",
      "https://example.com/\n",
      "https://exam\tple.com/",
      "https://example.com/a b",
      "https://example.com/\u00a0",
    ],
  ],
  ["a choice", oneOf(["web", "sms"]), ["web", "sms"], ["WEB", "", "fax", null]],
  ["a kind", kind("proxy"), ["proxy"], ["Proxy", undefined]],
  ["a text", text(3), ["a", "abc"], ["", "abcd", 1]],
  ["a text of some length", text(5, 2), ["ab", "abcde"], ["a", "abcdef"]],
  ["a flag", flag(), [true, false], ["true", 1, null]],
  ["a whole number", whole(0, 3), [0, 3], [-1, 4, 1.5, "1", Number.NaN, Number.POSITIVE_INFINITY]],
  ["a whole number without end", whole(1), [1, 86_400], [0, 2 ** 53]],
])("%s: what fits and what does not", (_, field, fitting, unfit) => {
  for (const value of fitting) expect([value, field.safeParse(value).success]).toEqual([value, true]);
  for (const value of unfit) expect([value, field.safeParse(value).success]).toEqual([value, false]);
});

test("methods are alike in upper and lower case", () => {
  expect(httpMethod().parse("post")).toBe("POST");
  expect(httpMethod().safeParse("PUT").success).toBe(false);
  expect([methodIn("get"), methodIn("POST"), methodIn(""), methodIn(null), methodIn(undefined)]).toEqual([
    "GET",
    "POST",
    undefined,
    undefined,
    undefined,
  ]);
});

test("a set has no order and no repetitions", () => {
  expect(setOf(z.string(), "events").parse(["b", "a", "b"])).toEqual(["a", "b"]);
  expect(setOf(z.string(), "events").safeParse("a").success).toBe(false);
});

test("JSON is an object or the text of one, and is not looked into", () => {
  const definition = { initial_state: "Trigger", states: [{ Name: null, n: 1.5 }] };
  expect(json("the flow").parse(definition)).toEqual(definition);
  expect(json("the flow").parse(JSON.stringify(definition))).toEqual(definition);
  expect(json("the flow").parse(`\uFEFF${JSON.stringify(definition)}`)).toEqual(definition);
  for (const wrong of ["[1]", '"text"', "{", "", "null", 1, ["x"]]) {
    expect([wrong, json("the flow").safeParse(wrong).success]).toEqual([wrong, false]);
  }
});

test("JSON that somebody else has given is taken as it is, digits lost or not", () => {
  expect(jsonIn('{"id": 12345678901234567890}')).toEqual({ id: 12345678901234567000 });
  expect([jsonIn("[1]"), jsonIn("{"), jsonIn(undefined), jsonIn({ a: 1 })]).toEqual([
    undefined,
    undefined,
    undefined,
    { a: 1 },
  ]);
});

test.each<[z.ZodType, unknown, string]>([
  [
    sid("FW", "a Studio flow"),
    `KS${hex}`,
    `x: got "KS${hex}"; give the SID of a Studio flow: FW and 32 hexadecimal digits`,
  ],
  [e164(), "5017122661", 'x: got "5017122661"; give a phone number in E.164 form, such as +15017122661'],
  [
    url(),
    "user:pass@x",
    "x: got a text of 11 characters; give an absolute URL that begins with https:// or http://",
  ],
  [httpMethod(), "PUT", 'x: got "PUT"; give GET or POST'],
  [oneOf(["web", "sms"]), "fax", 'x: got "fax"; give one of web, sms'],
  [oneOf(["web"]), "fax", 'x: got "fax"; give "web"'],
  [text(3), "", "x: got an empty text; give a text of 1 to 3 characters"],
  [text(3, 3), "ab", 'x: got "ab"; give a text of 3 characters'],
  [whole(0, 3), 4, "x: got 4; give a whole number from 0 to 3"],
  [whole(1), 0, "x: got 0; give a whole number from 1"],
  [flag(), "yes", 'x: got "yes"; give true or false'],
  [setOf(z.string(), "event names"), 5, "x: got 5; give a list of event names"],
  [
    url(),
    " https://example.com/sms",
    "x: got a URL with white space in it; give an absolute URL that begins with https:// or http://",
  ],
  [
    json("the flow"),
    '{"a": 1,\n}',
    "x: got a text that is not JSON (line 1, column 8: nothing follows this comma); give the flow: a JSON object, or its text",
  ],
  [json("the flow"), "[{}]", "x: got the JSON text of a list; give the flow: a JSON object, or its text"],
  [json("the flow"), "7", "x: got the JSON text of no object; give the flow: a JSON object, or its text"],
  [json("the flow"), [], "x: got a list; give the flow: a JSON object, or its text"],
  ...['{"a": [12345678901234567890]}', { a: [12345678901234567000] }].map(
    (given): [z.ZodType, unknown, string] => [
      json("the flow"),
      given,
      `x.a[0]: got the whole number ${typeof given === "string" ? "12345678901234567890" : "12345678901234567000"}, which is beyond 2^53 and would lose digits on the way; give it as a text, in quotes`,
    ],
  ),
  [
    json("the flow as Studio exports it"),
    5,
    "x: got 5; give the flow as Studio exports it: a JSON object, or its text",
  ],
])("says what to give: %#", (field, value, message) => {
  expect(problemsOf(z.strictObject({ x: field }), { x: value }, [])).toEqual([message]);
});

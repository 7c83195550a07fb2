import { answerError, connectionError, foreignAnswer } from "../../provider/twilio/errors";

const stored = { name: "the stack configuration", stored: true };
const ambient = { name: "the environment", stored: false };

test.each<[string, number, unknown, string]>([
  [
    "message, status, code, advice and page",
    400,
    { code: 80602, message: "UniqueName is taken." },
    "UniqueName is taken (HTTP 400, code 80602). Another Proxy service has this unique name. https://www.twilio.com/docs/errors/80602",
  ],
  [
    "a code without advice",
    400,
    { code: 20001, message: "Missing parameter" },
    "Missing parameter (HTTP 400, code 20001). https://www.twilio.com/docs/errors/20001",
  ],
  [
    "no page for a code that is only the status",
    400,
    { code: 400, message: "did or area_code is required" },
    "did or area_code is required (HTTP 400, code 400)",
  ],
  ["no body", 503, "", "no explanation (HTTP 503)"],
  ["a body that is no object", 500, ["x"], "no explanation (HTTP 500)"],
  ["one line of several", 400, { message: " First.\n  Second. " }, "First. Second (HTTP 400)"],
  [
    "Studio's findings, each with its place",
    422,
    {
      code: 81022,
      message: "Flow definition validation failed",
      details: {
        errors: [
          { property_path: "#/states/0", message: "is\nwrong." },
          { message: "is worse" },
          { property_path: "#/x" },
        ],
      },
    },
    "Flow definition validation failed (HTTP 422, code 81022). #/states/0: is wrong. #: is worse. Correct the flow's definition. https://www.twilio.com/docs/errors/81022",
  ],
])("%s", (_, status, body, message) => {
  const error = answerError(status, body, ambient);
  expect(error.message).toBe(message);
  expect(error.status).toBe(status);
});

test("the id of the request is in it, since Twilio's support asks for it, and nothing else that a header may hold", () => {
  const body = { code: 20500, message: "An internal server error has occurred." };
  const messageWith = (id: unknown) => answerError(500, body, ambient, id).message;
  const id = `RQ${"0a".repeat(16)}`;
  const said = "An internal server error has occurred (HTTP 500, code 20500)";
  const page = "https://www.twilio.com/docs/errors/20500";
  expect(messageWith(id)).toBe(`${said}. Twilio-Request-Id ${id}. ${page}`);
  for (const other of [undefined, "", "RQ1", ["RQ"], "token=x"])
    expect(messageWith(other)).toBe(`${said}. ${page}`);
});

test("wrong credentials are traced to where they were found, and stored ones to the way around them", () => {
  const body = { code: 20003, message: "Authenticate" };
  expect(answerError(401, body, stored).message).toBe(
    "Authenticate (HTTP 401, code 20003). Check that the credentials are those of this account. A subaccount has its own: those of its parent open it through a TwilioProvider with subaccountSid. The credentials are from the stack configuration; refresh and destroy use those stored with the stack, unless run with --run-program. https://www.twilio.com/docs/errors/20003",
  );
  expect(answerError(401, body, ambient).message).not.toContain("--run-program");
  expect(answerError(401, body, ambient).message).toContain("from the environment");
});

test.each([
  [403, { code: 20403, message: "Forbidden" }, "was never opened to it or is closed to it"],
  [403, { message: "Forbidden" }, "use Flex Conversations, or ask Twilio"],
  [
    403,
    { code: 20006, message: "Access denied" },
    "use the account's auth token or a key with this permission",
  ],
  [403, { code: 20005, message: "Account not active" }, "The account is suspended or closed"],
  [410, { code: 20410, message: "Gone" }, "Twilio has ended this for the account"],
  [410, {}, "pulumi state delete"],
])(
  "a product that is closed to the account: %i %j says what to do, and is not gone",
  (status, body, says) => {
    const error = answerError(status, body, stored);
    expect(error.message).toContain(says);
    expect(error).toMatchObject({ gone: false, lost: false });
  },
);

test("gone and lost are told apart", () => {
  const kinds = (status: number) => {
    const { gone, lost } = answerError(status, {}, stored);
    return { gone, lost };
  };
  expect(kinds(404)).toEqual({ gone: true, lost: false });
  expect(kinds(400)).toEqual({ gone: false, lost: false });
  expect(kinds(502)).toEqual({ gone: false, lost: true });
  expect(connectionError("api.twilio.com", "socket hang up")).toMatchObject({
    message:
      "no answer from api.twilio.com: socket hang up. Check the network and, if it is set, twilio:baseUrl",
    gone: false,
    lost: true,
  });
});

test("what does not come from Twilio says nothing about an object", () => {
  expect(foreignAnswer("gateway.example.com", 404)).not.toHaveProperty("status");
});

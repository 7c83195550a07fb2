import { setTimeout as wait } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { defaultAuthToken, seeded } from "../../emulator/index";
import {
  getPhoneNumber,
  getPhoneNumberOutput,
  getProxyService,
  getProxyServiceOutput,
  TwilioProvider,
} from "../../provider/index";
import { emulatorCredentials } from "../stacks/onStack";
import { startServer } from "../twilio/support";
import { isKnown, Later, resolved, startProgram, useProgram } from "./support";

const program = useProgram();
const other = { accountSid: `AC${"2".repeat(32)}`, authToken: "other-token" };
const otherNumber = `PN${"2".repeat(32)}`;

function plantOther(): void {
  const { state } = program.emulator;
  const number = state.account().phoneNumbers[seeded.smsNumber];
  if (!number) throw new Error("No number is seeded");
  state.plant({
    accounts: {
      [other.accountSid]: {
        auth_token: other.authToken,
        phoneNumbers: { [otherNumber]: { ...number, sid: otherNumber, account_sid: other.accountSid } },
      },
    },
  });
}

const query = { phoneNumber: "+15017122661" };
class Component extends pulumi.ComponentResource {
  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("test:index:Component", name, {}, opts);
  }
}

describe("whose account is looked into", () => {
  beforeEach(plantOther);
  const otherProvider = () => new TwilioProvider("other", other);

  test("the stack configuration's", async () => {
    expect((await getPhoneNumber(query)).sid).toBe(seeded.smsNumber);
    expect((await resolved(getPhoneNumberOutput(query))).sid).toBe(seeded.smsNumber);
  });

  test("that of the provider", async () => {
    const opts = { provider: otherProvider() };
    expect((await getPhoneNumber(query, opts)).sid).toBe(otherNumber);
    expect((await resolved(getPhoneNumberOutput(query, opts))).sid).toBe(otherNumber);
  });

  test("that of the parent's provider, however far up it was given", async () => {
    const outer = new Component("outer", { providers: [otherProvider()] });
    const inner = new Component("inner", { parent: outer });
    expect((await getPhoneNumber(query, { parent: inner })).sid).toBe(otherNumber);
    expect((await resolved(getPhoneNumberOutput(query, { parent: inner }))).sid).toBe(otherNumber);
    const plain = new Component("plain");
    expect((await getPhoneNumber(query, { parent: plain })).sid).toBe(seeded.smsNumber);
  });

  test("a provider that is none of ours is refused", async () => {
    class Foreign extends pulumi.ProviderResource {}
    const provider = new Foreign("pulumi-nodejs", "foreign");
    await expect(getPhoneNumber(query, { provider })).rejects.toThrow(
      "getPhoneNumber: the provider must be a TwilioProvider",
    );
  });

  test("a next run of the program is configured anew", async () => {
    expect((await getPhoneNumber(query)).sid).toBe(seeded.smsNumber);
    await startProgram({ ...other, baseUrl: program.emulator.url });
    expect((await getPhoneNumber(query)).sid).toBe(otherNumber);
  });

  test("without any credentials, the error says where they were looked for", async () => {
    await startProgram({ baseUrl: program.emulator.url });
    await expect(getPhoneNumber(query)).rejects.toThrow(
      "getPhoneNumber: no Twilio credentials. Looked for twilio:accountSid with twilio:authToken",
    );
  });
});

describe("what is not known yet", () => {
  beforeEach(() =>
    startProgram({ ...emulatorCredentials, baseUrl: program.emulator.url }, { preview: true }),
  );

  test("an argument: so is the output", async () => {
    const { value } = new Later("name");
    expect(await isKnown(getProxyServiceOutput({ uniqueName: value }))).toBe(false);
    expect(await isKnown(getProxyServiceOutput({ uniqueName: "Flex Proxy Service" }))).toBe(true);
    expect(program.emulator.requests).toHaveLength(1);
  });

  test("the credentials: so is the output, and the promise says what to do", async () => {
    const provider = new TwilioProvider("later", {
      accountSid: seeded.account,
      authToken: new Later("token").value,
    });
    const args = { uniqueName: "Flex Proxy Service" };
    expect(await isKnown(getProxyServiceOutput(args, { provider }))).toBe(false);
    await expect(getProxyService(args, { provider })).rejects.toThrow(
      "getProxyService: the credentials of later are not known yet in this preview; use getProxyServiceOutput",
    );
    expect(program.emulator.requests).toHaveLength(0);
  });
});

describe("secrets", () => {
  test("credentials are secret, what is found with them is not", async () => {
    const provider = new TwilioProvider("own", {
      accountSid: seeded.account,
      authToken: pulumi.secret(defaultAuthToken),
    });
    const found = getPhoneNumberOutput(query, { provider });
    expect(await pulumi.isSecret(found)).toBe(false);
    expect((await resolved(found)).sid).toBe(seeded.smsNumber);
    expect(await pulumi.isSecret(getPhoneNumberOutput(query))).toBe(false);
  });

  test("a secret argument makes the result a secret", async () => {
    expect(
      await pulumi.isSecret(getPhoneNumberOutput({ phoneNumber: pulumi.secret(query.phoneNumber) })),
    ).toBe(true);
  });

  test("so does a URL that carries credentials", async () => {
    const number = program.emulator.state.account().phoneNumbers[seeded.smsNumber];
    if (number) number.sms_url = "https://user:pass@example.com/sms";
    const found = getPhoneNumberOutput(query);
    expect(await pulumi.isSecret(found)).toBe(true);
    expect((await resolved(found)).smsUrl).toBe("https://user:pass@example.com/sms");
  });

  test("errors are one line of a RunError and hold no token", async () => {
    program.emulator.addFault({
      match: { operationId: "ListIncomingPhoneNumber" },
      effect: { status: 400, code: 20001, message: `Bad ${defaultAuthToken}\nin https://u:p@example.com/x` },
    });
    const error: unknown = await getPhoneNumber(query).catch((error: unknown) => error);
    expect(pulumi.RunError.isInstance(error)).toBe(true);
    const ofRequest = /Twilio-Request-Id RQ[0-9a-f]{32}\. /;
    expect(String(error)).toMatch(ofRequest);
    expect(String(error).replace(ofRequest, "")).toContain(
      "getPhoneNumber: Bad *** in https://example.com/*** (HTTP 400, code 20001). https://www.twilio.com/docs/errors/20001",
    );
    expect(String(error)).not.toContain("\n");
  });

  test("wrong credentials are said to be from the configuration", async () => {
    await startProgram({ ...emulatorCredentials, authToken: "wrong-token", baseUrl: program.emulator.url });
    const error = await getPhoneNumber(query).catch(String);
    expect(error).toContain("HTTP 401, code 20003");
    expect(error).toContain("The credentials are from the stack configuration");
    expect(error).not.toContain("--run-program");
    expect(error).not.toContain("wrong-token");
  });
});

test("lookups of one program share the limit of requests in flight", async () => {
  const server = await startServer(async ({ url = "" }, response) => {
    await wait(20);
    response
      .setHeader("Content-Type", "application/json")
      .end(JSON.stringify({ unique_name: "x", sid: url.split("/").at(-1) }));
  });
  try {
    await startProgram({ ...emulatorCredentials, baseUrl: server.url, maxConcurrency: "2" });
    const provider = new TwilioProvider("same", emulatorCredentials);
    const opts = [{}, { provider }, { parent: new Component("one", { providers: [provider] }) }];
    await Promise.all(
      // What is asked for alike would be asked for once.
      opts.flatMap((opts) =>
        ["1", "2", "3"].map((end) => getProxyService({ sid: `KS${end.repeat(32)}` }, opts)),
      ),
    );
    expect(server.requests).toHaveLength(9);
    expect(server.atOnce).toBe(2);
  } finally {
    await server.close();
  }
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { seeded } from "../../emulator/index";
import { pointer } from "../../provider/program/resource";
import { defaultTokenAlone } from "../emulator/support";
import { useExample } from "./useExample";

const root = join(__dirname, "../..");
const smsNumber = "+15017122661";
const whatsApp = "whatsapp:+14155238886";

/** As the clone's own project runs it. */
const example = useExample("inbound-channels", {}, readFileSync(join(root, "Pulumi.yaml"), "utf8"));

const account = () => example.emulator.state.account();
const number = () => account().phoneNumbers[seeded.smsNumber];
const flows = () => Object.values(account().flexFlows);
const outputs = async () => JSON.parse((await example.project.pulumi("stack", "output", "--json")).output);

describe("examples/inbound-channels, run by the CLI as the clone's Pulumi.yaml says", () => {
  const original = () => "https://demo.twilio.com/welcome/sms/reply/";
  let flowsBefore: string[];
  beforeAll(() => {
    flowsBefore = Object.keys(account().studioFlows);
  });

  test("up makes both channels lead to the program's Studio flow", async () => {
    expect(number()?.sms_url).toBe(original());

    expect(await example.run("up")).toMatchObject({ code: 0 });

    expect(number()?.sms_url).toContain(`/Proxy/${seeded.proxyService}/Webhooks/Message`);
    const { smsRoute, whatsAppRoute, whatsAppWebhook } = await outputs();
    expect(whatsAppWebhook).toBe(number()?.sms_url);
    const [sms] = flows().filter(({ contact_identity }) => contact_identity === smsNumber);
    const [whatsapp] = flows().filter(({ contact_identity }) => contact_identity === whatsApp);
    for (const [flow, route] of [
      [sms, smsRoute],
      [whatsapp, whatsAppRoute],
    ] as const) {
      expect(flow).toMatchObject({ enabled: true, chat_service_sid: seeded.chatService });
      const { flow_sid } = Object(flow?.integration);
      expect(account().studioFlows[flow_sid]).toBeDefined();
      expect(route).toContain(
        `Proxy service ${seeded.proxyService} → Flex Flow ${flow?.sid} → Studio flow ${flow_sid} →`,
      );
    }
  }, 120_000);

  test("a second up changes nothing and writes nothing", async () => {
    const before = example.emulator.requests.length;
    const again = await example.run("up", "--expect-no-changes");
    expect(again).toMatchObject({ code: 0 });
    expect(again.output).toContain("5 unchanged");
    expect(example.emulator.requests.slice(before).filter(({ method }) => method !== "GET")).toEqual([]);
  }, 120_000);

  test("refresh finds nothing that differs", async () => {
    expect(await example.project.pulumi("refresh", "--yes", "--expect-no-changes")).toMatchObject({
      code: 0,
    });
  }, 120_000);

  test("what is stored holds no token and of our code only the line that finds it", async () => {
    const { output } = await example.project.pulumi("stack", "export");
    const resources: { type: string; inputs?: { __provider?: string } }[] =
      JSON.parse(output).deployment.resources;
    const ours = resources.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic"));
    expect(ours).toHaveLength(4);
    for (const { type, inputs } of ours) {
      expect(inputs?.__provider).toBe(pointer(type.slice(type.lastIndexOf(":") + 1)));
      expect(inputs?.__provider?.length).toBeLessThanOrEqual(200);
    }

    const files = example.project.stored();
    expect(files.join("\n")).toContain("PhoneNumberHandler");
    const pointers = ours.map(({ inputs }) => JSON.stringify(inputs?.__provider).slice(1, -1));
    for (const file of files) {
      expect(file).not.toMatch(defaultTokenAlone);
      // The file backend writes some characters as escapes.
      const rest = pointers.reduce(
        (text, line) => text.split(line).join(""),
        file.replaceAll("\\u003e", ">"),
      );
      expect(rest).not.toMatch(/require\(|=>|function|exports\./);
    }
  });

  test("destroy takes back what up has made, and gives the number its old handler back", async () => {
    expect(await example.run("destroy")).toMatchObject({ code: 0 });
    expect(number()?.sms_url).toBe(original());
    expect(flows()).toEqual([]);
    expect(Object.keys(account().studioFlows)).toEqual(flowsBefore);
  }, 120_000);

  test("lookups that are refused end the program soon, each with one line", async () => {
    await example.project.pulumi("config", "set", "--secret", "twilio:authToken", "not-the-token");
    const refused = await example.project.pulumi("preview");
    expect(refused.code).not.toBe(0);
    for (const name of ["getFlexConfiguration", "getFlexProxyService"]) {
      expect(refused.output).toContain(`error: ${name}: Authenticate (HTTP 401, code 20003)`);
    }
    expect(refused.output).not.toMatch(/serializing|not-the-token|^\s+at /m);
  }, 60_000);
});

import type { PulumiFn } from "@pulumi/pulumi/automation";
import { seeded } from "../../emulator/index";
import { newProxyParticipant, newProxySession } from "../../emulator/products/proxy/records";
import { ProxyPhoneNumber, type ProxyPhoneNumberArgs } from "../../provider/index";
import { onStack } from "./onStack";

const serviceSid = seeded.proxyService;
const otherService = `KS${"b".repeat(32)}`;
const phoneNumber = "+15017122661";

const stack = onStack();

beforeAll(() => {
  const { proxyServices } = stack.account();
  const [service] = Object.values(proxyServices);
  if (!service) throw new Error("No Proxy service is seeded");
  proxyServices[otherService] = { ...service, sid: otherService, unique_name: "other" };
});

const program =
  (args: Partial<ProxyPhoneNumberArgs> = { phoneNumber }, name = "pool"): PulumiFn =>
  async () => {
    const { id, phoneNumber, adopted } = new ProxyPhoneNumber(name, { serviceSid, ...args });
    return { id, phoneNumber, adopted };
  };

const members = () => Object.values(stack.account().proxyPhoneNumbers);
/** Puts the number into the pool of a service. */
function plant(service: string): void {
  stack.account().proxyPhoneNumbers[seeded.smsNumber] = {
    sid: seeded.smsNumber,
    account_sid: seeded.account,
    service_sid: service,
    phone_number: phoneNumber,
    friendly_name: phoneNumber,
    iso_country: "US",
    capabilities: {},
    is_reserved: true,
    date_created: "2021-03-04T05:06:07Z",
    date_updated: "2021-03-04T05:06:07Z",
  };
}

/** Sessions of the service whose customers write to the number. */
function openSessions(count: number): void {
  const { proxyServices, proxySessions, proxyParticipants } = stack.account();
  const service = proxyServices[serviceSid];
  if (!service) throw new Error("The Proxy service is gone");
  const proxy = { proxy_identifier: phoneNumber, proxy_identifier_sid: seeded.smsNumber };
  for (let index = 0; index < count; index++) {
    const digits = String(index).padStart(32, "0");
    const stamp = { now: service.date_created, sid: (prefix: string) => prefix + digits };
    const session = newProxySession(stamp, service);
    const customer = `+1206555010${index}`;
    proxySessions[session.sid] = session;
    proxyParticipants[`KP${digits}`] = newProxyParticipant(stamp, session, customer, proxy);
  }
}

const { up } = stack;
/** What the write says, where the check before it has not looked. */
async function refused(run: PulumiFn): Promise<string> {
  await stack.configure({ validate: "offline" });
  const { failed, output } = await stack.tryUp(run);
  await stack.configure({ validate: "online" });
  expect(failed).toBe(true);
  return output;
}

describe("a number that cannot join", () => {
  test("since another service has it: the error names that service", async () => {
    plant(otherService);
    for (const args of [{ phoneNumber }, { phoneNumberSid: seeded.smsNumber }]) {
      const { output } = await stack.preview(program(args));
      expect(output).toContain(`in the pool of ${otherService} (other); take it out there first`);
      expect(await refused(program(args))).toMatch(
        new RegExp(`code 80101\\).*in the pool of ${otherService} \\(other\\); take it out there first`),
      );
    }
  });

  test("since a Messaging Service has it: the error says what to do", async () => {
    const { proxyPhoneNumbers, messagingPhoneNumbers } = stack.account();
    delete proxyPhoneNumbers[seeded.smsNumber];
    messagingPhoneNumbers[seeded.smsNumber] = {
      sid: seeded.smsNumber,
      account_sid: seeded.account,
      service_sid: seeded.messagingService,
      phone_number: phoneNumber,
      country_code: "US",
      capabilities: [],
      date_created: "2021-03-04T05:06:07Z",
      date_updated: "2021-03-04T05:06:07Z",
    };
    expect(await refused(program())).toContain("give its MessagingServicePhoneNumber dependsOn on the Proxy");
    delete messagingPhoneNumbers[seeded.smsNumber];
  });

  test("since the account has no such number", async () => {
    expect(await refused(program({ phoneNumber: "+12065550100" }))).toContain(
      "The account does not have the number; buy it first (PhoneNumber)",
    );
  });
});

describe("a number that is in the pool already", () => {
  test("is named by the error, and adopted by its number or by its SID", async () => {
    plant(serviceSid);
    expect(await refused(program())).toContain(
      `${seeded.smsNumber} is there already; take it over with adopt: "${seeded.smsNumber}"`,
    );
    const byNumber = await up(program({ phoneNumber, adopt: true }));
    expect(byNumber.outputs).toEqual({ id: `${serviceSid}/${seeded.smsNumber}`, phoneNumber, adopted: true });
    expect(byNumber.requests).not.toContain("UpdatePhoneNumber IsReserved");
    await stack.destroy();
    expect(members()).toHaveLength(1);

    const bySid = program({ phoneNumber, adopt: seeded.smsNumber, isReserved: false, deleteAdopted: true });
    const { output } = await stack.preview(bySid);
    expect(output).toContain("changes isReserved");
    await up(bySid);
    expect(members()).toMatchObject([{ is_reserved: false }]);
    const renamed = { phoneNumberSid: seeded.smsNumber, adopt: seeded.smsNumber, deleteAdopted: true };
    expect(await up(program(renamed))).toMatchObject({ requests: [] });
    await stack.destroy();
    expect(members()).toEqual([]);
  });

  test("is not made twice where the answer is lost", async () => {
    stack.emulator.addFault({
      match: { operationId: "CreatePhoneNumber" },
      times: 1,
      effect: { drop: "after" },
    });
    expect((await up(program())).outputs).toMatchObject({ adopted: false });
    expect(members()).toHaveLength(1);
  });
});

test("a number that open sessions use stays in the pool, and destroy says why", async () => {
  await up(program());
  openSessions(2);
  const kept = await stack.destroy();
  expect(kept.failed).toBe(true);
  expect(kept.output).toMatch(/is in use by 2 sessions.*code 80611\).*close them, or wait until they end/);
  expect(members()).toHaveLength(1);
  for (const session of Object.values(stack.account().proxySessions)) session.status = "closed";
  expect((await stack.destroy()).failed).toBe(false);
  expect(members()).toEqual([]);
});

test("get takes the id of service and number, and says so", async () => {
  plant(serviceSid);
  const get =
    (id: string): PulumiFn =>
    async () => {
      const { serviceSid, phoneNumber } = ProxyPhoneNumber.get("existing", id);
      return { serviceSid, phoneNumber };
    };
  const found = await up(get(`${serviceSid}/${seeded.smsNumber}`));
  expect(found.outputs).toEqual({ serviceSid, phoneNumber });
  expect((await stack.refresh()).steps).toEqual({});
  expect(await refused(get(seeded.smsNumber))).toContain("has an id of two SIDs");
  await stack.destroy();
  expect(members()).toHaveLength(1);
});

// Twilio answers 400 "Invalid Phone Number Sid": github.com/RJPearson94/terraform-provider-twilio,
// resource_proxy_phone_number_test.go.
describe.each([true, false])("what Twilio answers 400 of instead of 404: %s", (proxyMissingIs400) => {
  stack.afresh({ emulator: { quirks: { proxyMissingIs400 } } });

  test("when it is gone is gone all the same", async () => {
    await up(program());
    stack.account().proxyPhoneNumbers = {};
    expect((await stack.refresh()).steps).toEqual({ pool: "delete" });
    expect((await up(program())).steps).toEqual({ pool: "create" });
    stack.account().proxyServices = {};
    expect((await stack.destroy()).failed).toBe(false);
  });
});

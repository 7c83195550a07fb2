import { seeded } from "../../emulator/index";
import { ask, control, useEmulator } from "./support";

// Each request is one that production refuses only perhaps: see the list in emulator/README.md.
const sid = (prefix: string, number = 0) => prefix + String(number).padStart(32, "0");
const form = (values: Record<string, string>) => ({ body: new URLSearchParams(values).toString() });
const json = (value: object) => ({
  body: JSON.stringify(value),
  headers: { "Content-Type": "application/json" },
});
const remove = { method: "DELETE" };
const numbers = `/api.twilio.com/2010-04-01/Accounts/${seeded.account}`;
const workspace = `/taskrouter.twilio.com/v1/Workspaces/${seeded.workspace}`;
const chat = `/chat.twilio.com/v2/Services/${seeded.chatService}`;
const service = `/messaging.twilio.com/v1/Services/${seeded.messagingService}`;
const addresses = "/conversations.twilio.com/v1/Configuration/Addresses";
const flexFlows = "/flex-api.twilio.com/v1/FlexFlows";
const senders = "/messaging.twilio.com/v2/Channels/Senders";

type Asked = [path: string, request: Parameters<typeof ask>[2]];
interface Case {
  /** Requests that every emulator carries out first. Their SIDs take the place of `{0}`, `{1}` in later paths and bodies. */
  first?: Asked[];
  perhaps: Asked;
  refusal: [status: number, code?: number];
}

const worker = form({ FriendlyName: "Ann" });
const flow = (values: Record<string, string>) =>
  form({ FriendlyName: "x", ChatServiceSid: seeded.chatService, ChannelType: "sms", ...values });
const postal = form({
  CustomerName: "A",
  Street: "1 A St",
  City: "A",
  Region: "CA",
  PostalCode: "90001",
  IsoCountry: "US",
});
const whatsApp = json({ sender_id: "whatsapp:+12065550100", profile: { name: "A" } });
const routing = (queue: string) =>
  JSON.stringify({ task_routing: { filters: [], default_filter: { queue } } });
const inUse: [number, number] = [400, 20001];

const cases: Record<string, Case> = {
  "the task queue that a workflow names": {
    perhaps: [`${workspace}/TaskQueues/${seeded.everyoneQueue}`, remove],
    refusal: inUse,
  },
  "a task queue with tasks": {
    first: [
      [`${workspace}/Tasks`, form({ WorkflowSid: seeded.workflow })],
      [`${workspace}/TaskQueues`, form({ FriendlyName: "Other" })],
      [`${workspace}/Workflows/${seeded.workflow}`, form({ Configuration: routing("{1}") })],
    ],
    perhaps: [`${workspace}/TaskQueues/${seeded.everyoneQueue}`, remove],
    refusal: inUse,
  },
  "a workflow with tasks": {
    first: [[`${workspace}/Tasks`, form({ WorkflowSid: seeded.workflow })]],
    perhaps: [`${workspace}/Workflows/${seeded.workflow}`, remove],
    refusal: inUse,
  },
  "a built-in task channel": { perhaps: [`${workspace}/TaskChannels/sms`, remove], refusal: inUse },
  "a task channel with tasks": {
    first: [
      [`${workspace}/TaskChannels`, form({ FriendlyName: "A", UniqueName: "a" })],
      [`${workspace}/Tasks`, form({ WorkflowSid: seeded.workflow, TaskChannel: "a" })],
    ],
    perhaps: [`${workspace}/TaskChannels/a`, remove],
    refusal: inUse,
  },
  "the activity of a worker": {
    first: [
      [`${workspace}/Activities`, form({ FriendlyName: "Lunch" })],
      [`${workspace}/Workers`, form({ FriendlyName: "Ann", ActivitySid: "{0}" })],
    ],
    perhaps: [`${workspace}/Activities/{0}`, remove],
    refusal: inUse,
  },
  "the activity that a task queue names": {
    first: [
      [`${workspace}/Activities`, form({ FriendlyName: "Lunch" })],
      [`${workspace}/TaskQueues`, form({ FriendlyName: "B", ReservationActivitySid: "{0}" })],
    ],
    perhaps: [`${workspace}/Activities/{0}`, remove],
    refusal: inUse,
  },
  "a second activity of one name": {
    perhaps: [`${workspace}/Activities`, form({ FriendlyName: "Available" })],
    refusal: inUse,
  },
  "a second workflow of one name": {
    perhaps: [
      `${workspace}/Workflows`,
      form({ FriendlyName: "Assign to Anyone", Configuration: routing(seeded.everyoneQueue) }),
    ],
    refusal: inUse,
  },
  "a second worker of one name": {
    first: [[`${workspace}/Workers`, worker]],
    perhaps: [`${workspace}/Workers`, worker],
    refusal: inUse,
  },
  "a workflow that names a task queue which is not there": {
    perhaps: [`${workspace}/Workflows`, form({ FriendlyName: "x", Configuration: routing(sid("WQ")) })],
    refusal: inUse,
  },
  "a role that somebody has": {
    first: [
      [`${chat}/Roles`, form({ FriendlyName: "r", Type: "deployment", Permission: "createChannel" })],
      [`${chat}/Users`, form({ Identity: "ann", RoleSid: "{0}" })],
    ],
    perhaps: [`${chat}/Roles/{0}`, remove],
    refusal: inUse,
  },
  "the address configuration of a number that the account has not": {
    perhaps: [addresses, form({ Type: "sms", Address: "+12065550100" })],
    refusal: [400],
  },
  "the address configuration of a short code that the account has not": {
    perhaps: [addresses, form({ Type: "sms", Address: "98765", AddressCountry: "US" })],
    refusal: [400],
  },
  "an address configuration that leads to a Studio flow which is not there": {
    perhaps: [
      addresses,
      form({
        Type: "messenger",
        Address: "messenger:1",
        "AutoCreation.Type": "studio",
        "AutoCreation.StudioFlowSid": sid("FW"),
      }),
    ],
    refusal: inUse,
  },
  "a default Messaging Service that is not there": {
    perhaps: ["/conversations.twilio.com/v1/Configuration", form({ DefaultMessagingServiceSid: sid("MG") })],
    refusal: inUse,
  },
  "two Flex Flows for one contact identity": {
    first: [[flexFlows, flow({ ContactIdentity: "+12065550100", Enabled: "true" })]],
    perhaps: [flexFlows, flow({ ContactIdentity: "+12065550100", Enabled: "true" })],
    refusal: [400, 45212],
  },
  "a Flex Flow to a Studio flow that is not there": {
    perhaps: [flexFlows, flow({ IntegrationType: "studio", "Integration.FlowSid": sid("FW") })],
    refusal: inUse,
  },
  "a Flex Flow to a workspace and a workflow that are not there": {
    perhaps: [
      flexFlows,
      flow({
        IntegrationType: "task",
        "Integration.WorkspaceSid": sid("WS"),
        "Integration.WorkflowSid": sid("WW"),
      }),
    ],
    refusal: inUse,
  },
  "a Flex Flow in a chat service that is not there": {
    perhaps: [flexFlows, flow({ ContactIdentity: "+15017122661", ChatServiceSid: sid("IS") })],
    refusal: inUse,
  },
  "a Flex Flow that moves to a chat service which is not there": {
    first: [[flexFlows, flow({})]],
    perhaps: [`${flexFlows}/{0}`, form({ ChatServiceSid: sid("IS") })],
    refusal: inUse,
  },
  "the release of a number with an emergency address": {
    first: [
      [`${numbers}/Addresses.json`, postal],
      [`${numbers}/IncomingPhoneNumbers/${seeded.smsNumber}.json`, form({ EmergencyAddressSid: "{0}" })],
    ],
    perhaps: [`${numbers}/IncomingPhoneNumbers/${seeded.smsNumber}.json`, remove],
    refusal: [400, 21631],
  },
  "the deletion of a postal address that a number has": {
    first: [
      [`${numbers}/Addresses.json`, postal],
      [`${numbers}/IncomingPhoneNumbers/${seeded.smsNumber}.json`, form({ AddressSid: "{0}" })],
    ],
    perhaps: [`${numbers}/Addresses/{0}.json`, remove],
    refusal: [400, 21631],
  },
  "a second sender of one id": {
    first: [[senders, whatsApp]],
    perhaps: [senders, whatsApp],
    refusal: [409, 20409],
  },
  "a sender with a TwiML application that is not there": {
    perhaps: [
      senders,
      json({
        sender_id: "whatsapp:+12065550101",
        profile: { name: "A" },
        configuration: { voice_application_sid: sid("AP") },
      }),
    ],
    refusal: inUse,
  },
  "an alpha sender that is there already": {
    first: [[`${service}/AlphaSenders`, form({ AlphaSender: "Shop" })]],
    perhaps: [`${service}/AlphaSenders`, form({ AlphaSender: "Shop" })],
    refusal: [409, 21710],
  },
  "a second alpha sender for one country": {
    first: [[`${service}/DestinationAlphaSenders`, form({ AlphaSender: "A", IsoCountryCode: "DE" })]],
    perhaps: [`${service}/DestinationAlphaSenders`, form({ AlphaSender: "B", IsoCountryCode: "DE" })],
    refusal: [409, 21710],
  },
};

const lenient = useEmulator({ strict: false });
const strict = useEmulator();

test.each(Object.entries(cases))(
  "%s: accepted, and refused where the emulator is strict",
  async (_, asked) => {
    const outcomeOn = async (emulator: typeof lenient.current) => {
      const sids: string[] = [];
      const filled = (text: string) =>
        text.replace(/(?:\{|%7B)(\d)(?:\}|%7D)/g, (whole, index) => sids[Number(index)] ?? whole);
      const answerTo = ([path, request]: Asked) =>
        ask(emulator, filled(path), {
          ...request,
          ...(typeof request?.body === "string" && { body: filled(request.body) }),
        });
      for (const request of asked.first ?? []) {
        const answer = await answerTo(request);
        expect(`${answer.status} ${answer.text}`).toMatch(/^20/);
        sids.push(String(answer.body.sid));
      }
      return answerTo(asked.perhaps);
    };
    const [status, code] = asked.refusal;
    expect(await outcomeOn(strict.current)).toMatchObject({
      status,
      body: { code: code ?? expect.any(Number) },
    });
    expect((await outcomeOn(lenient.current)).status).toBeLessThan(300);
    expect(await control(lenient.current, "GET", "routes")).toMatchObject({ status: 200 });
  },
);

test("is part of the state, so that a state given back is as strict", async () => {
  const { body } = await control(strict.current, "GET", "state?secrets=1");
  expect(body).toMatchObject({ quirks: { strict: true } });
  await control(lenient.current, "POST", "seed", body);
  const answer = await ask(lenient.current, `${workspace}/TaskChannels/sms`, remove);
  expect(answer).toMatchObject({ status: 400, body: { code: 20001 } });
});

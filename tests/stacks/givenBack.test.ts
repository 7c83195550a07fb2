import type { PulumiFn } from "@pulumi/pulumi/automation";
import { seeded } from "../../emulator/index";
import {
  ConversationsAddress,
  FlexFlow,
  MessagingService,
  StudioFlow,
  TaskRouterTaskQueue,
  TaskRouterWorker,
  TaskRouterWorkflow,
} from "../../provider/index";
import { clientOf } from "../emulator/support";
import { onStack } from "./onStack";

const stack = onStack({ eachTest: true });

const { workspace: workspaceSid } = seeded;
const contact = "+15017122661";

/** What somebody has made by hand; the Studio flow is there from the start. */
async function madeByHand() {
  const client = clientOf(stack.emulator);
  const address = await client.conversations.v1.addressConfigurations.create({
    type: "sms",
    address: contact,
    friendlyName: "Desk",
    "autoCreation.enabled": true,
    "autoCreation.type": "webhook",
    "autoCreation.webhookUrl": "https://example.com/conversations",
    "autoCreation.webhookMethod": "get",
    "autoCreation.webhookFilters": ["onMessageAdded"],
  });
  const flexFlow = await client.flexApi.v1.flexFlow.create({
    friendlyName: "Desk",
    chatServiceSid: seeded.chatService,
    channelType: "sms",
    contactIdentity: contact,
    enabled: true,
    integrationType: "external",
    "integration.url": "https://example.com/flex",
  });
  const service = await client.messaging.v1.services.create({
    friendlyName: "Desk",
    inboundRequestUrl: "https://example.com/messages",
    inboundMethod: "GET",
  });
  const workers = client.taskrouter.v1.workspaces(workspaceSid).workers;
  const worker = await workers.create({ friendlyName: "alice", attributes: '{"team":"desk"}' });
  return { address: address.sid, flexFlow: flexFlow.sid, service: service.sid, worker: worker.sid };
}

type Sids = Awaited<ReturnType<typeof madeByHand>>;

/** The adopted objects, without their dates; of the flow what its last revision holds. */
function adopted({ address, flexFlow, service, worker }: Sids) {
  const account = stack.account();
  const flow = account.studioFlows[seeded.studioFlow]?.revisions.at(-1);
  const records = {
    address: account.addressConfigurations[address],
    flexFlow: account.flexFlows[flexFlow],
    service: account.messagingServices[service],
    worker: account.taskrouterWorkers[worker],
    flow: flow && { definition: flow.definition, status: flow.status, friendly_name: flow.friendly_name },
  };
  return Object.fromEntries(
    Object.entries(records).map(([name, record]) => {
      if (record === undefined) throw new Error(`the ${name} is gone`);
      const kept = Object.entries(record).filter(([key]) => !key.startsWith("date_"));
      return [name, structuredClone(Object.fromEntries(kept))];
    }),
  );
}

const greeting = (workflowSid: string) => ({
  description: "To an agent",
  states: [
    { name: "Trigger", type: "trigger", transitions: [{ event: "incomingMessage", next: "Agent" }] },
    { name: "Agent", type: "send-to-flex", transitions: [], properties: { workflow: workflowSid } },
  ],
  initial_state: "Trigger",
});

/** Each adopted object leads to something that the program makes. */
const program =
  (sids: Sids, onDelete?: "restore" | "keep"): PulumiFn =>
  async () => {
    const queue = new TaskRouterTaskQueue("queue", { workspaceSid, friendlyName: "Own" });
    const configuration = { task_routing: { filters: [], default_filter: { queue: seeded.everyoneQueue } } };
    const workflow = new TaskRouterWorkflow("workflow", { workspaceSid, friendlyName: "Own", configuration });
    const definition = greeting(seeded.workflow);
    const flow = new StudioFlow("own", { friendlyName: "Own", status: "published", definition });
    new ConversationsAddress("address", {
      adopt: sids.address,
      onDelete,
      type: "sms",
      address: contact,
      autoCreation: { type: "studio", studioFlowSid: flow.sid, enabled: true },
    });
    new FlexFlow("flex-flow", {
      adopt: sids.flexFlow,
      onDelete,
      chatServiceSid: seeded.chatService,
      channelType: "sms",
      contactIdentity: contact,
      integration: { type: "studio", flowSid: flow.sid },
    });
    new MessagingService("service", {
      adopt: sids.service,
      onDelete,
      inboundRequestUrl: flow.webhookUrl,
      statusCallback: "https://example.com/status",
    });
    new TaskRouterWorker("worker", {
      adopt: sids.worker,
      onDelete,
      workspaceSid,
      friendlyName: "alice",
      attributes: queue.sid.apply((sid) => ({ queue: sid })),
    });
    new StudioFlow("adopted", {
      adopt: seeded.studioFlow,
      onDelete,
      status: "published",
      definition: workflow.sid.apply(greeting),
    });
  };

const own = () => {
  const { studioFlows, taskrouterTaskQueues, taskrouterWorkflows } = stack.account();
  return {
    DeleteFlow: Object.values(studioFlows).find(({ revisions }) => revisions.at(-1)?.friendly_name === "Own")
      ?.sid,
    DeleteTaskQueue: Object.values(taskrouterTaskQueues).find(({ friendly_name }) => friendly_name === "Own")
      ?.sid,
    DeleteWorkflow: Object.values(taskrouterWorkflows).find(({ friendly_name }) => friendly_name === "Own")
      ?.sid,
  };
};

/** What has to lead elsewhere before each of the program's own objects goes. */
const leadingTo = {
  DeleteFlow: ["UpdateConfigurationAddress", "UpdateFlexFlow", "UpdateService"],
  DeleteTaskQueue: ["UpdateWorker"],
  DeleteWorkflow: ["UpdateFlow"],
};

test("what was adopted is as it was before, and leads elsewhere before what the program made goes", async () => {
  const sids = await madeByHand();
  const before = adopted(sids);
  await stack.up(program(sids));
  const made = own();
  const led = JSON.stringify(adopted(sids));
  for (const sid of Object.values(made)) expect(led).toContain(sid);
  expect(await stack.up(program(sids))).toMatchObject({ steps: {}, requests: [] });
  expect((await stack.refresh()).steps).toEqual({});

  const { failed, asked } = await stack.destroy();
  expect(failed).toBe(false);
  expect(adopted(sids)).toEqual(before);
  expect(own()).toEqual({});
  const order = asked.flatMap((request) => Object.keys(request));
  for (const [deletion, updates] of Object.entries(leadingTo))
    for (const update of updates) {
      expect(order.filter((name) => name === update)).toHaveLength(1);
      expect(order.indexOf(update)).toBeLessThan(order.indexOf(deletion));
    }
});

test("what somebody has changed since stays, and destroy says so and gives back the rest", async () => {
  const sids = await madeByHand();
  const before = adopted(sids);
  await stack.up(program(sids));
  const service = stack.account().messagingServices[sids.service];
  Object.assign(service ?? {}, { inbound_request_url: "https://example.com/by-hand" });

  const { failed, output } = await stack.destroy();
  expect(failed).toBe(false);
  expect(output).toContain("inboundRequestUrl: no longer as declared here; it stays as it is");
  expect(adopted(sids)).toEqual({
    ...before,
    service: { ...before.service, inbound_request_url: "https://example.com/by-hand" },
  });
});

test("with onDelete keep nothing is asked of what was adopted", async () => {
  const sids = await madeByHand();
  await stack.up(program(sids, "keep"));
  const declared = adopted(sids);
  const { failed, asked } = await stack.destroy();
  expect(failed).toBe(false);
  expect(adopted(sids)).toEqual(declared);
  expect(
    asked.flatMap((request) => Object.keys(request)).filter((name) => name.startsWith("Update")),
  ).toEqual([]);
});

test("the state remembers what was changed, and nothing else", async () => {
  const sids = await madeByHand();
  await stack.up(program(sids));
  const { resources } = await stack.stored();
  const previousOf = (name: string) =>
    resources.find(({ urn }) => urn.endsWith(`::${name}`))?.outputs.previous;
  expect(previousOf("service")).toEqual({
    inboundRequestUrl: "https://example.com/messages",
    statusCallback: null,
  });
  expect(previousOf("worker")).toEqual({ attributes: { team: "desk" } });
});

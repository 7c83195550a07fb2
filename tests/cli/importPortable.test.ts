import { clientOf } from "../emulator/support";
import { onStack } from "../stacks/onStack";
import { imported } from "./imported";

jest.setTimeout(120_000);

const stack = onStack({ emulator: { profile: "bare" } });

const flow = (type: string, properties: object) => ({
  states: [
    {
      name: "Trigger",
      type: "trigger",
      transitions: [{ event: "incomingMessage", next: "On" }],
      properties: {},
    },
    { name: "On", type, transitions: [], properties },
  ],
  initial_state: "Trigger",
});

/** The definitions of the three flows in an account where what they name has these SIDs. */
const definitionsFor = ({ workflow, channel, inner, twin }: Sids) => [
  flow("send-to-flex", { workflow, channel }),
  flow("run-subflow", { flow_sid: inner }),
  flow("run-subflow", { flow_sid: twin, parameters: [{ value: `see ${inner}` }] }),
];

interface Sids {
  workflow: string;
  channel: string;
  inner: string;
  twin: string;
}

/** Makes what the flows name, and the flows, of which two are called alike and so have no name in a file. */
async function fill(): Promise<Sids> {
  const client = clientOf(stack.emulator);
  const { sid: workspace } = await client.taskrouter.v1.workspaces.create({ friendlyName: "Contact centre" });
  const inside = client.taskrouter.v1.workspaces(workspace);
  const queue = await inside.taskQueues.create({ friendlyName: "Everyone" });
  const configuration = { task_routing: { filters: [], default_filter: { queue: queue.sid } } };
  const { sid: workflow } = await inside.workflows.create({
    friendlyName: "Support",
    configuration: JSON.stringify(configuration),
  });
  const { sid: channel } = await inside.taskChannels.create({
    uniqueName: "letters",
    friendlyName: "Letters",
  });
  const sids = { workflow, channel, inner: "", twin: "" };
  const create = async (friendlyName: string, at: number) => {
    const definition = JSON.stringify(definitionsFor(sids)[at]);
    return (await client.studio.v2.flows.create({ friendlyName, status: "published", definition })).sid;
  };
  sids.inner = await create("Hours", 0);
  sids.twin = await create("Hours", 1);
  await create("Opening", 2);
  return sids;
}

test("an imported program without its `adopt` lines makes the same flows in another account", async () => {
  const before = await fill();
  const { files, sources, runOf } = await imported(stack.emulator);
  expect(files.get("flows/hours.json")).toMatch(/"sid:workflow\/Support"/);

  stack.emulator.reset();
  const elsewhere = new Map([...files].map(([path, text]) => [path, text.replace(/^ {2}adopt: .*\n/gm, "")]));
  await stack.up(runOf(elsewhere, sources.settings));
  const { studioFlows, taskrouterWorkflows, taskrouterTaskChannels } = stack.account();
  const [workflow = ""] = Object.keys(taskrouterWorkflows);
  const letters = Object.values(taskrouterTaskChannels).find(({ unique_name }) => unique_name === "letters");
  const [inner = "", twin = ""] = Object.keys(studioFlows);
  const made = { workflow, channel: letters?.sid ?? "", inner, twin };
  expect(Object.values(studioFlows).map(({ revisions }) => revisions.at(-1)?.definition)).toEqual(
    definitionsFor(made),
  );
  const names = Object.values(before);
  expect(Object.values(made).filter((sid) => names.includes(sid))).toEqual([]);
});

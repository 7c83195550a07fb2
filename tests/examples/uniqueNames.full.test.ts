import { useExample } from "./useExample";

const stacks = ["dev", "pr-42"];

const example = useExample("unique-names", { profile: "conversations" });
beforeAll(async () => {
  await example.project.pulumi("stack", "init", "pr-42");
  await example.project.pulumi("config", "cp", "--stack", "dev", "--dest", "pr-42");
}, 120_000);

const run = (stack: string, command: string, ...options: string[]) =>
  example.project.pulumi(command, "--yes", "--skip-preview", "--stack", stack, ...options);
const outputs = async (stack: string) =>
  JSON.parse((await example.project.pulumi("stack", "output", "--json", "--stack", stack)).output);

/** All objects of the kinds that the example makes, with their names. */
function objects() {
  const { taskrouterTaskQueues, taskrouterWorkflows, studioFlows, chatServices } =
    example.emulator.state.account();
  const flows = Object.values(studioFlows).map(({ sid, revisions }) => ({ sid, ...revisions.at(-1) }));
  return [taskrouterTaskQueues, taskrouterWorkflows, chatServices]
    .flatMap((kind): { sid: string; friendly_name?: string | null }[] => Object.values(kind))
    .concat(flows);
}

describe("examples/unique-names, run by the CLI", () => {
  let before: ReturnType<typeof objects>;
  const made = () => objects().filter(({ sid }) => before.every((found) => found.sid !== sid));
  const called = (name: string) => made().filter(({ friendly_name }) => friendly_name === name);

  beforeAll(() => {
    before = objects();
  });

  test("two stacks live in one account, each under a name of its own", async () => {
    for (const stack of stacks) {
      const up = await run(stack, "up");
      expect(up).toMatchObject({ code: 0 });
      // Where a stand-in makes the names, Pulumi says so. It says nothing else.
      const warnings = up.output.match(/warning:.*/g) ?? [];
      for (const warning of warnings) expect(warning).toContain("using pulumi-resource-random from $PATH");
    }

    const [dev, pr] = await Promise.all(stacks.map(outputs));
    expect(dev.name).toMatch(/^dev-[a-z]+-[a-z]+$/);
    expect(pr.name).toMatch(/^pr-42-[a-z]+-[a-z]+$/);
    for (const { name, route, conversationsServiceSid } of [dev, pr]) {
      const sids = called(name).map(({ sid }) => sid);
      expect(sids.map((sid) => sid.slice(0, 2)).sort()).toEqual(["FW", "IS", "WQ", "WW"]);
      for (const sid of sids) expect(`${route} ${conversationsServiceSid}`).toContain(sid);
    }
    expect(made()).toHaveLength(8);
  }, 180_000);

  test("the parts of a stack lead to each other", async () => {
    const { name } = await outputs("pr-42");
    const [queue, workflow, flow] = ["WQ", "WW", "FW"].map((prefix) =>
      called(name).find(({ sid }) => sid.startsWith(prefix)),
    );
    expect(JSON.stringify(workflow)).toContain(`${queue?.sid}`);
    expect(JSON.stringify(flow)).toContain(`${workflow?.sid}`);
  });

  test("a second up keeps the names, changes nothing and writes nothing", async () => {
    const { name } = await outputs("dev");
    const asked = example.emulator.requests.length;
    const again = await run("dev", "up", "--expect-no-changes");
    expect(again).toMatchObject({ code: 0 });
    expect(again.output).toContain("6 unchanged");
    expect(example.emulator.requests.slice(asked).filter(({ method }) => method !== "GET")).toEqual([]);
    expect(await outputs("dev")).toMatchObject({ name });
  }, 120_000);

  test("refresh finds nothing that differs", async () => {
    expect(await run("dev", "refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
  }, 120_000);

  test("destroy of one stack leaves the other as it was; after both the account is as before", async () => {
    const { name } = await outputs("pr-42");
    expect(await run("dev", "destroy")).toMatchObject({ code: 0 });
    expect(called(name)).toHaveLength(4);
    expect(made()).toHaveLength(4);
    expect(await run("pr-42", "destroy")).toMatchObject({ code: 0 });
    expect(objects()).toEqual(before);
  }, 180_000);
});

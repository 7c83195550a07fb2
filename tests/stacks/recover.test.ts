import { MessagingService } from "../../provider/index";
import { onStack } from "./onStack";

const stack = onStack();

/** The services that the stack has made, which are all declared alike. */
const made = () =>
  Object.values(stack.account().messagingServices).filter(({ friendly_name }) => friendly_name === "Same");

/** As many as there are names, and then one more, of which the provider hears after these are there. */
const program =
  (...names: string[]) =>
  async () => {
    const services = names.map((name) => new MessagingService(name, { friendlyName: "Same" }));
    const { sid } = new MessagingService("last", { friendlyName: "Same" }, { dependsOn: services });
    return {
      ...Object.fromEntries(services.map((service, index) => [names[index], service.sid])),
      last: sid,
    };
  };

const stored = async () =>
  (await stack.stored()).resources.flatMap(({ urn, type, id = "" }) =>
    type.endsWith(":MessagingService") ? [{ urn, id }] : [],
  );

describe("with twilio:recover, an object that another resource of the stack has", () => {
  stack.afresh({ config: { recover: "true" } });

  test("is not taken by a new resource that declares the same, though the provider hears of the other one later", async () => {
    await stack.up(program());
    const { outputs, steps } = await stack.up(program("new"));
    expect(steps).toEqual({ new: "create" });
    expect(made()).toHaveLength(2);
    expect(outputs.new).not.toBe(outputs.last);
  });

  test("is not in the way of what a run that was cut off has made", async () => {
    const [one] = made();
    if (!one) throw new Error("nothing was made");
    const left = { ...one, sid: `MG${"7".repeat(32)}` };
    stack.emulator.state.plant({
      accounts: { [one.account_sid]: { messagingServices: { [left.sid]: left } } },
    });
    const { outputs } = await stack.up(program("new", "newer"));
    expect(outputs.newer).toBe(left.sid);
    expect(made()).toHaveLength(3);
  });
});

describe("an object that another resource of the stack has", () => {
  stack.afresh();

  test("is not taken for one of which nobody knows whether it was made", async () => {
    const effect = { status: 403, code: 20003 };
    const list = { method: "GET", path: "/v1/Services" };
    const names = ["one", "other"];
    stack.emulator.addFault({
      match: { operationId: "CreateService" },
      times: 1,
      effect: { drop: "before" },
    });
    stack.emulator.addFault({ match: list, effect });
    const failed = await stack.tryUp(async () => {
      for (const name of names) new MessagingService(name, { friendlyName: "Same" });
    });
    stack.emulator.clearFaults();
    expect(failed.output).toContain("Whether it was made is not known");
    expect(made()).toHaveLength(1);
    const doubtful = (await stored()).find(({ id }) => id.startsWith("in-doubt"));
    names.sort((name) => (doubtful?.urn.endsWith(`::${name}`) ? -1 : 1));
    await stack.up(async () => {
      for (const name of names) {
        const { sid } = new MessagingService(name, { friendlyName: "Same" });
        await new Promise((resolve) => sid.apply(resolve));
      }
    });
    expect(made()).toHaveLength(2);
    expect(new Set((await stored()).map(({ id }) => id)).size).toBe(2);
  });
});

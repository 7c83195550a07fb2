import { MessagingService } from "../../provider/index";
import { onStack } from "./onStack";

const stack = onStack({ needsEngine: true });

const program = async () => {
  const { sid } = new MessagingService("support", { friendlyName: "Doubted" }, { protect: true });
  return { sid };
};

const made = () =>
  Object.values(stack.account().messagingServices)
    .filter(({ friendly_name }) => friendly_name === "Doubted")
    .map(({ sid }) => sid);

/** `protect` forbids the replacement that takes what was made. */
test("a protected resource whose create is in doubt says that refresh finds it, and refresh does", async () => {
  const effect = { spoil: { body: "<html>" } };
  stack.emulator.addFault({ match: { operationId: "CreateService" }, times: 1, effect });
  const refused = { status: 403, code: 20003 };
  stack.emulator.addFault({ match: { method: "GET", path: "/v1/Services" }, effect: refused });
  expect((await stack.tryUp(program)).output).toContain("Whether it was made is not known");
  stack.emulator.clearFaults();

  const { failed, output } = await stack.tryUp(program);
  expect(failed).toBe(true);
  expect(output).toContain("marked for protection");
  expect(output).toContain("Pulumi refuses that: run pulumi refresh first, which gives it its id");
  expect(made()).toHaveLength(1);

  await stack.refresh();
  const { outputs, steps } = await stack.up(program);
  expect(steps).toEqual({});
  expect(made()).toEqual([outputs.sid]);
});

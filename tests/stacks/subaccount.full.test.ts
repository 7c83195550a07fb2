import type { PulumiFn } from "@pulumi/pulumi/automation";
import { type Account, defaultAccountSid } from "../../emulator/index";
import {
  ChatService,
  MessagingService,
  ProxyService,
  StudioFlow,
  Subaccount,
  type SubaccountArgs,
  TaskRouterWorkspace,
  TwilioProvider,
} from "../../provider/index";
import { textIn } from "../twilio/support";
import { onStack } from "./onStack";

const stack = onStack({ needsEngine: true });

const program =
  (args: SubaccountArgs = {}, name = "sub"): PulumiFn =>
  async () => {
    const { sid, adopted, authToken } = new Subaccount(name, args);
    return { sid, adopted, authToken };
  };

const subaccounts = () =>
  Object.values(stack.emulator.state.accounts).filter(({ sid }) => sid !== defaultAccountSid);
function subaccount(): Account {
  const [only, ...others] = subaccounts();
  if (!only || others.length > 0) throw new Error(`expected one, and there are ${subaccounts().length}`);
  return only;
}

const { up } = stack;

describe("a subaccount's life", () => {
  stack.afresh();

  test("is made by one request, and its token is an encrypted output", async () => {
    const { asked, outputs, output } = await up(program());
    expect(asked).toEqual([{ CreateAccount: { FriendlyName: "sub" } }]);
    const { sid, auth_token } = subaccount();
    expect(outputs).toEqual({ sid, adopted: false, authToken: auth_token });
    expect(output).not.toContain(auth_token);
    expect(textIn(stack.workDir)).toContain(sid);
    expect(textIn(stack.workDir)).not.toContain(auth_token);
  });

  test("is read without a change, and asked nothing where nothing changed", async () => {
    expect(await up(program())).toMatchObject({ steps: {}, requests: [] });
    const refreshed = await stack.refresh();
    expect(refreshed.steps).toEqual({});
    expect(refreshed.output).not.toContain(subaccount().auth_token);
    expect(textIn(stack.workDir)).not.toContain(subaccount().auth_token);
  });

  test("updates each argument, and resets what is taken away", async () => {
    const changed = await up(program({ friendlyName: "Support EU", status: "suspended" }));
    expect(changed.asked).toEqual([{ UpdateAccount: { FriendlyName: "Support EU", Status: "suspended" } }]);
    expect(subaccount()).toMatchObject({ friendly_name: "Support EU", status: "suspended" });
    expect((await up(program())).asked).toEqual([{ UpdateAccount: { Status: "active" } }]);
    expect(subaccount()).toMatchObject({ friendly_name: "Support EU", status: "active" });
    expect((await up(program({ status: "active" }))).asked).toEqual([]);
  });

  test("shows drift under each key, and undoes it", async () => {
    const declared = { friendlyName: "Support" };
    await up(program(declared));
    Object.assign(subaccount(), { friendly_name: "by hand", status: "suspended" });
    expect((await stack.refresh()).diffs.sub?.sort()).toEqual(["friendlyName", "status"]);
    expect((await up(program(declared))).asked).toEqual([
      { UpdateAccount: { FriendlyName: "Support", Status: "active" } },
    ]);
  });

  test("stays on destroy, which says so and asks nothing", async () => {
    const { sid } = subaccount();
    const { output, requests, failed } = await stack.destroy();
    expect({ failed, requests }).toEqual({ failed: false, requests: [] });
    expect(output).toContain(
      `the subaccount "sub" (${sid}): it stays open, with its numbers and what they cost. To close it for good, set closeOnDelete: true`,
    );
    expect(subaccount().status).toBe("active");
  });

  test("is adopted by its SID, and closed only where both are said", async () => {
    const { sid, auth_token } = subaccount();
    const { outputs } = await up(program({ adopt: sid, closeOnDelete: true }));
    expect(outputs).toEqual({ sid, adopted: true, authToken: auth_token });
    await stack.destroy();
    expect(subaccount().status).toBe("active");
    await up(program({ adopt: sid, closeOnDelete: true, deleteAdopted: true }));
    const { asked } = await stack.destroy();
    expect(asked).toEqual([{ UpdateAccount: { Status: "closed" } }]);
    expect(subaccount().status).toBe("closed");
  });

  test("that is the parent, closed or not there is not adopted", async () => {
    const parent = await stack.preview(program({ adopt: defaultAccountSid }));
    expect(parent.output).toContain(`${defaultAccountSid} is no subaccount`);
    const closed = await stack.preview(program({ adopt: subaccount().sid }));
    expect(closed.output).toContain(`adopt: ${subaccount().sid} is not in account`);
  });
});

describe("a subaccount that is gone", () => {
  stack.afresh();

  test("since somebody closed it is made again, and closing what is closed is no error", async () => {
    await up(program({ closeOnDelete: true }));
    const first = subaccount();
    first.status = "closed";
    expect((await stack.refresh()).steps).toEqual({ sub: "delete" });
    const { outputs } = await up(program({ closeOnDelete: true }));
    expect(outputs.sid).not.toBe(first.sid);
    for (const account of subaccounts()) account.status = "closed";
    expect((await stack.destroy()).failed).toBe(false);
  });

  test("is made once where the answer is lost, and suspended by a second request", async () => {
    stack.emulator.reset();
    stack.emulator.addFault({ match: { operationId: "CreateAccount" }, times: 1, effect: { drop: "after" } });
    const { asked } = await up(program({ status: "suspended" }, "lost"));
    expect(subaccount()).toMatchObject({ friendly_name: "lost", status: "suspended" });
    expect(asked.at(-1)).toEqual({ UpdateAccount: { Status: "suspended" } });
  });

  test("half-made is kept and finished by the next up", async () => {
    stack.emulator.reset();
    const effect = { status: 400, code: 20001, message: "Not now" };
    stack.emulator.addFault({ match: { operationId: "UpdateAccount" }, times: 1, effect });
    const { failed, output } = await stack.tryUp(program({ status: "suspended" }, "half"));
    expect(failed).toBe(true);
    expect(output).toContain("Not now");
    expect(output).not.toContain(subaccount().auth_token);
    expect(textIn(stack.workDir)).not.toContain(subaccount().auth_token);
    expect((await up(program({ status: "suspended" }, "half"))).asked).toEqual([
      { UpdateAccount: { Status: "suspended" } },
    ]);
  });
});

test("an API key is refused in preview", async () => {
  const apiKey = `SK${"1".repeat(32)}`;
  const keyed = await stack.another({
    accountSid: defaultAccountSid,
    apiKey,
    apiSecret: "the-secret",
    baseUrl: stack.emulator.url,
  });
  const { failed, output, requests } = await keyed.preview(program());
  expect(failed).toBe(true);
  expect(requests).toEqual([]);
  expect(output).toContain("a subaccount needs twilio:accountSid with twilio:authToken");
});

describe("what is in a subaccount", () => {
  stack.afresh();
  const definition = {
    description: "Nothing yet",
    states: [{ name: "Trigger", type: "trigger", transitions: [], properties: {} }],
    initial_state: "Trigger",
    flags: {},
  };
  const inside =
    (uniqueName = "inside"): PulumiFn =>
    async () => {
      const sub = new Subaccount("sub", { closeOnDelete: true });
      const provider = new TwilioProvider("sub", { subaccountSid: sub.sid });
      const proxy = new ProxyService("proxy", { uniqueName }, { provider });
      const flow = new StudioFlow("flow", { status: "draft", definition }, { provider });
      const chat = new ChatService("chat", {}, { provider });
      const workspace = new TaskRouterWorkspace("workspace", {}, { provider });
      const messaging = new MessagingService("messaging", { useInboundWebhookOnNumber: true }, { provider });
      const here = new ProxyService("here", { uniqueName: "outside" });
      return {
        inside: [proxy, flow, chat, workspace, messaging].map(({ accountSid }) => accountSid),
        here: here.accountSid,
        webhook: flow.webhookUrl,
      };
    };
  const tokenIsNowhere = (printed: string) => {
    const { auth_token } = subaccount();
    expect(auth_token).toMatch(/\w{16,}/);
    expect(printed).not.toContain(auth_token);
    expect(textIn(stack.workDir)).not.toContain(auth_token);
  };

  test("is previewed before it is there", async () => {
    const { failed, steps, requests } = await stack.preview(inside());
    expect({ failed, requests }).toEqual({ failed: false, requests: [] });
    expect(Object.keys(steps).sort()).toEqual([
      "chat",
      "flow",
      "here",
      "messaging",
      "proxy",
      "sub",
      "workspace",
    ]);
  });

  test("is made with it by one up, each in its own account", async () => {
    const { outputs, output } = await up(inside());
    const { sid, proxyServices, studioFlows, chatServices } = subaccount();
    expect(outputs).toEqual({
      inside: [sid, sid, sid, sid, sid],
      here: defaultAccountSid,
      webhook: `https://webhooks.twilio.com/v1/Accounts/${sid}/Flows/${Object.keys(studioFlows)[0]}`,
    });
    expect(Object.values(proxyServices).map(({ unique_name }) => unique_name)).toEqual(["inside"]);
    expect(Object.keys(subaccount().taskrouterWorkspaces)).toHaveLength(1);
    expect(Object.keys(subaccount().messagingServices)).toHaveLength(1);
    expect(Object.values(chatServices).map(({ friendly_name }) => friendly_name)).toEqual(["chat"]);
    const outside = Object.values(stack.account().proxyServices);
    expect(outside.map(({ unique_name }) => unique_name)).toEqual(["Flex Proxy Service", "outside"]);
    tokenIsNowhere(output);
  });

  test("is previewed exactly from then on: nothing to change, nothing unknown, nothing asked", async () => {
    const { steps, requests, output } = await stack.preview(inside());
    expect({ steps, requests }).toEqual({ steps: {}, requests: [] });
    expect(output).not.toContain("[unknown]");
    expect(output).not.toContain("output<");
    expect(await up(inside())).toMatchObject({ steps: {}, requests: [] });

    const changed = await stack.preview(inside("renamed"));
    expect(changed.steps).toEqual({ proxy: "update" });
    expect(changed.diffs.proxy).toEqual(["uniqueName"]);
  });

  test("is updated, refreshed and repaired with one request for the token in each run", async () => {
    const { requests, output } = await up(inside("renamed"));
    expect(requests).toEqual(["FetchAccount", "UpdateService UniqueName"]);
    for (const service of Object.values(subaccount().proxyServices)) service.unique_name = "by hand";
    const refreshed = await stack.refresh();
    expect(refreshed.steps).toEqual({ proxy: "update" });
    // One more for the subaccount itself.
    expect(refreshed.requests.filter((request) => request === "FetchAccount")).toHaveLength(2);
    const repaired = await up(inside("renamed"));
    expect(repaired.steps).toEqual({ proxy: "update" });
    tokenIsNowhere(output + refreshed.output + repaired.output);
  });

  test("goes before it, and what is outside goes too", async () => {
    const { failed, output } = await stack.destroy();
    expect(failed).toBe(false);
    expect(subaccount()).toMatchObject({
      status: "closed",
      proxyServices: {},
      studioFlows: {},
      chatServices: {},
      taskrouterWorkspaces: {},
      messagingServices: {},
    });
    expect(Object.values(stack.account().proxyServices)).toHaveLength(1);
    tokenIsNowhere(output);
  });
});

describe("what was in a subaccount", () => {
  stack.afresh();

  test("that somebody closed is gone with it", async () => {
    const run: PulumiFn = async () => {
      const sub = new Subaccount("sub");
      const provider = new TwilioProvider("sub", { subaccountSid: sub.sid });
      new ProxyService("proxy", { uniqueName: "inside" }, { provider });
    };
    await up(run);
    subaccount().status = "closed";
    const refreshed = await stack.refresh();
    expect(refreshed).toMatchObject({ failed: false, steps: { sub: "delete", proxy: "delete" } });
    const again = await stack.tryUp(run);
    expect(again).toMatchObject({ failed: false, steps: { sub: "create", proxy: "create" } });
  });
});

import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const flex = () => clientOf(emulator.current).flexApi.v1;
const chats = () => clientOf(emulator.current).chat.v2.services(seeded.chatService).channels;
const state = () => emulator.current.state.account();
const missing = (prefix: string) => `${prefix}${"0".repeat(32)}`;
const jane = { identity: "jane", chatFriendlyName: "Chat with Jane" };

const flexFlow = async () => {
  const { sid } = await flex().flexFlow.create({
    friendlyName: "Web",
    channelType: "web",
    chatServiceSid: seeded.chatService,
    longLived: true,
  });
  return sid;
};
const attributesOf = async (sid: string) => JSON.parse((await chats()(sid).fetch()).attributes);

describe("a Flex channel", () => {
  test("lives through create, list, fetch and delete, which leaves its chat", async () => {
    const flexFlowSid = await flexFlow();
    const params = { ...jane, flexFlowSid, chatUserFriendlyName: "Jane" };
    const made = await flex().channel.create({ ...params, chatUniqueName: "jane-1" });
    expect(made).toMatchObject({ flexFlowSid, taskSid: null, userSid: expect.stringMatching(/^US/) });
    const other = await flex().channel.create({ ...params, identity: "joe" });
    expect((await flex().channel.list({ pageSize: 1 })).map(({ sid }) => sid)).toEqual([other.sid, made.sid]);
    expect((await flex().channel(made.sid).fetch()).userSid).toBe(made.userSid);

    await flex().channel(made.sid).remove();
    await expect(flex().channel(made.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    expect((await chats()("jane-1").fetch()).sid).toBe(made.sid);
  });

  test("has a chat in its flow's chat service, with the customer in it", async () => {
    const { sid, userSid } = await flex().channel.create({
      ...jane,
      flexFlowSid: await flexFlow(),
      chatUserFriendlyName: "Jane",
      chatUniqueName: "jane-1",
      preEngagementData: '{"page":"home"}',
    });
    expect(await chats()(sid).fetch()).toMatchObject({
      friendlyName: "Chat with Jane",
      uniqueName: "jane-1",
      type: "private",
      membersCount: 1,
      messagesCount: 0,
    });
    expect(await attributesOf(sid)).toEqual({
      status: "ACTIVE",
      long_lived: true,
      channel_type: "web",
      from: "Jane",
      pre_engagement_data: { page: "home" },
    });
    expect(Object.values(state().chatMembers)).toMatchObject([{ channel_sid: sid, identity: "jane" }]);
    expect(state().chatUsers[userSid]).toMatchObject({ identity: "jane", friendly_name: "Jane" });
  });

  test("of a customer who is known has the same user", async () => {
    const params = { ...jane, flexFlowSid: await flexFlow(), chatUserFriendlyName: "Jane" };
    const first = await flex().channel.create(params);
    const second = await flex().channel.create({ ...params, longLived: false });
    expect(second.userSid).toBe(first.userSid);
    expect(second.sid).not.toBe(first.sid);
    expect(await attributesOf(second.sid)).toMatchObject({ long_lived: false });
  });

  test("has the task that it is given", async () => {
    const task = await clientOf(emulator.current).taskrouter.v1.workspaces(seeded.workspace).tasks.create({});
    const params = { ...jane, flexFlowSid: await flexFlow(), chatUserFriendlyName: "Jane" };
    expect((await flex().channel.create({ ...params, taskSid: task.sid })).taskSid).toBe(task.sid);
    await expect(flex().channel.create({ ...params, taskSid: missing("WT") })).rejects.toMatchObject({
      status: 400,
      code: 20001,
    });
  });

  test.each([
    ["an unknown Flex Flow", { flexFlowSid: missing("FO") }, 45205],
    ["an empty name", { chatUserFriendlyName: "" }, 20001],
    ["an empty identity", { identity: "" }, 20001],
    ["data that is no JSON", { preEngagementData: "{" }, 20001],
    ["a taken name", { chatUniqueName: "taken" }, 50307],
  ])("refuses %s, and makes nothing", async (_, wrong, code) => {
    await chats().create({ uniqueName: "taken" });
    const params = { ...jane, flexFlowSid: await flexFlow(), chatUserFriendlyName: "Jane", ...wrong };
    await expect(flex().channel.create(params)).rejects.toMatchObject({ code });
    expect(Object.keys(state().chatChannels)).toHaveLength(1);
    expect([state().flexChannels, state().chatMembers, state().chatUsers]).toEqual([{}, {}, {}]);
  });

  test("cannot be made where its flow's chat service is gone", async () => {
    const params = { ...jane, flexFlowSid: await flexFlow(), chatUserFriendlyName: "Jane" };
    await clientOf(emulator.current).chat.v2.services(seeded.chatService).remove();
    await expect(flex().channel.create(params)).rejects.toMatchObject({ status: 400, code: 50050 });
  });
});

describe("a web channel", () => {
  test("lives through create, list, fetch, update and delete, which leaves its chat", async () => {
    const flexFlowSid = await flexFlow();
    const params = { ...jane, flexFlowSid, customerFriendlyName: "Jane" };
    const made = await flex().webChannel.create(params);
    expect(made.flexFlowSid).toBe(flexFlowSid);
    const other = await flex().webChannel.create({ ...params, identity: "joe" });
    const listed = await flex().webChannel.list({ pageSize: 1 });
    expect(listed.map(({ sid }) => sid)).toEqual([other.sid, made.sid]);
    expect(await flex().channel.list()).toEqual([]);

    await flex().webChannel(made.sid).update({ postEngagementData: '{"stars":5}' });
    expect(await attributesOf(made.sid)).toMatchObject({
      status: "ACTIVE",
      from: "Jane",
      post_engagement_data: { stars: 5 },
    });
    await flex().webChannel(made.sid).update({ chatStatus: "inactive" });
    expect(await attributesOf(made.sid)).toMatchObject({
      status: "INACTIVE",
      post_engagement_data: { stars: 5 },
    });

    await flex().webChannel(made.sid).remove();
    await expect(flex().webChannel(made.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    expect((await chats()(made.sid).fetch()).membersCount).toBe(1);
  });

  test("needs a Flex Flow", async () => {
    const params = { ...jane, flexFlowSid: missing("FO"), customerFriendlyName: "Jane" };
    await expect(flex().webChannel.create(params)).rejects.toMatchObject({ status: 400, code: 45205 });
    expect(state().chatChannels).toEqual({});
  });

  test("can be changed when its chat is gone", async () => {
    const { sid } = await flex().webChannel.create({
      ...jane,
      flexFlowSid: await flexFlow(),
      customerFriendlyName: "Jane",
    });
    await chats()(sid).remove();
    expect((await flex().webChannel(sid).update({ chatStatus: "inactive" })).sid).toBe(sid);
  });
});

test("Flex has no e-mail", async () => {
  expect((await flex().provisioningStatus().fetch()).status).toBe("not-configured");
});

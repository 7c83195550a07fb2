import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const services = () => clientOf(emulator.current).conversations.v1.services;
const notifications = (sid: string = seeded.flexService) => services()(sid).configuration.notifications();
const unset = {
  logEnabled: false,
  newMessage: { enabled: false, badge_count_enabled: false, with_media: { enabled: false } },
  addedToConversation: { enabled: false },
  removedFromConversation: { enabled: false },
};

test("are off from the start, are set one by one and are cleared", async () => {
  expect(await notifications().fetch()).toMatchObject({ chatServiceSid: seeded.flexService, ...unset });
  const joined = { enabled: true, template: "Welcome", sound: "ring" };
  expect(
    await notifications().update({
      logEnabled: true,
      "newMessage.badgeCountEnabled": true,
      "newMessage.withMedia.enabled": true,
      "newMessage.withMedia.template": "A picture",
      "addedToConversation.enabled": joined.enabled,
      "addedToConversation.template": joined.template,
      "addedToConversation.sound": joined.sound,
    }),
  ).toMatchObject({ logEnabled: true, addedToConversation: joined });
  await notifications().update({ "newMessage.sound": "bell", "removedFromConversation.sound": "gong" });
  expect(await notifications().fetch()).toMatchObject({
    logEnabled: true,
    newMessage: {
      enabled: false,
      sound: "bell",
      badge_count_enabled: true,
      with_media: { enabled: true, template: "A picture" },
    },
    addedToConversation: joined,
    removedFromConversation: { enabled: false, sound: "gong" },
  });
  const { addedToConversation } = await notifications().update({
    "addedToConversation.template": "",
    "addedToConversation.sound": "",
  });
  expect(addedToConversation).toEqual({ enabled: true });
});

test("each service has its own, and they go with it", async () => {
  const { sid } = await services().create({ friendlyName: "Support" });
  await notifications(sid).update({ logEnabled: true });
  expect((await notifications().fetch()).logEnabled).toBe(false);
  await services()(sid).remove();
  expect(emulator.current.state.account().conversationsServiceNotifications).toEqual({});
  await expect(notifications(sid).fetch()).rejects.toMatchObject({ status: 404 });
  await expect(notifications(sid).update({ logEnabled: true })).rejects.toMatchObject({ status: 404 });
});

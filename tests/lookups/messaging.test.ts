import { seeded } from "../../emulator/index";
import {
  getConversationsAddress,
  getConversationsConfiguration,
  getConversationsService,
  getFlexConversationsService,
  getMessagingService,
  getWhatsAppSender,
} from "../../provider/index";
import { clientOf } from "../emulator/support";
import { useProgram } from "./support";

const program = useProgram();
const accountSid = seeded.account;

const flexService = { sid: seeded.flexService, accountSid, friendlyName: "Flex Service" };
const configuration = {
  accountSid,
  defaultChatServiceSid: seeded.flexService,
  defaultMessagingServiceSid: seeded.messagingService,
  defaultInactiveTimer: "",
  defaultClosedTimer: "",
};
const sender = {
  sid: seeded.whatsAppSender,
  accountSid,
  senderId: "whatsapp:+15017122661",
  status: "ONLINE",
};
const messaging = { sid: seeded.messagingService, accountSid };

test.each<[string, () => Promise<object>, object, number]>([
  [
    "Conversations service by SID",
    () => getConversationsService({ sid: seeded.flexService }),
    flexService,
    1,
  ],
  [
    "Conversations service by name",
    () => getConversationsService({ friendlyName: "Flex Service" }),
    flexService,
    1,
  ],
  ["the Conversations service of Flex", () => getFlexConversationsService(), flexService, 2],
  ["the Conversations configuration", () => getConversationsConfiguration(), configuration, 1],
  ["Messaging Service by SID", () => getMessagingService({ sid: seeded.messagingService }), messaging, 1],
  ["WhatsApp sender by SID", () => getWhatsAppSender({ sid: seeded.whatsAppSender }), sender, 1],
  ["WhatsApp sender by its id", () => getWhatsAppSender({ senderId: "whatsapp:+15017122661" }), sender, 1],
])("%s", async (_, look, result, requests) => {
  expect(await look()).toMatchObject(result);
  expect(program.emulator.requests).toHaveLength(requests);
});

test("Messaging Service by name", async () => {
  const { friendlyName } = await clientOf(program.emulator)
    .messaging.v1.services(seeded.messagingService)
    .fetch();
  expect(await getMessagingService({ friendlyName })).toMatchObject(messaging);
});

test("an address by SID and by itself", async () => {
  const made = await clientOf(program.emulator).conversations.v1.addressConfigurations.create({
    type: "sms",
    address: "+15017122661",
    friendlyName: "Support",
    "autoCreation.enabled": true,
    "autoCreation.type": "studio",
    "autoCreation.studioFlowSid": seeded.studioFlow,
  });
  const expected = {
    sid: made.sid,
    accountSid,
    type: "sms",
    address: "+15017122661",
    friendlyName: "Support",
    addressCountry: "",
    autoCreationEnabled: true,
    autoCreationType: "studio",
    studioFlowSid: seeded.studioFlow,
  };
  expect(await getConversationsAddress({ sid: made.sid })).toEqual(expected);
  expect(await getConversationsAddress({ address: "+15017122661" })).toEqual(expected);
});

test.each<[string, () => Promise<object>, RegExp]>([
  [
    "an address that is not there",
    () => getConversationsAddress({ address: "+15550001111" }),
    /has no Conversations address with address "\+15550001111"/,
  ],
  [
    "a service that is not there",
    () => getConversationsService({ friendlyName: "Nobody" }),
    /has no Conversations service with friendlyName "Nobody"\. It has .*Flex Service/,
  ],
  [
    "a sender that is not there",
    () => getWhatsAppSender({ senderId: "whatsapp:+15550001111" }),
    /whatsapp:\+15550001111.*It has .*whatsapp:\+15017122661/,
  ],
  [
    "two names for one",
    () => getMessagingService({ sid: seeded.messagingService, friendlyName: "x" }),
    /sid, friendlyName: these exclude each other/,
  ],
])("%s is refused", async (_, look, message) => {
  await expect(look()).rejects.toThrow(message);
});

test("an account whose default service was taken away is told what to do", async () => {
  const account = program.emulator.state.account();
  account.conversationsConfiguration.default_chat_service_sid = seeded.chatService;
  delete account.chatServices[seeded.chatService];
  await expect(getFlexConversationsService()).rejects.toThrow("has no Conversations service with sid");
});

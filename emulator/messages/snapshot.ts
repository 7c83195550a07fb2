import type { AccountSnapshot, AutoCreation, Integration } from "../../provider/routing";
import type { Account } from "../account/state";
import type { AddressConfiguration } from "../products/conversations/records";
import type { FlexFlow } from "../products/flex/records";
import { latestPublished } from "../products/studio/records";

/** An account as the routing model wants to see it. */
export function snapshotOf(account: Account): AccountSnapshot {
  const members = [
    ...Object.values(account.messagingPhoneNumbers),
    ...Object.values(account.messagingShortCodes),
    ...Object.values(account.messagingChannelSenders).map(({ sid, messaging_service_sid }) => ({
      sid,
      service_sid: messaging_service_sid,
    })),
  ];
  return {
    accountSid: account.sid,
    phoneNumbers: Object.values(account.phoneNumbers).map((number) => ({
      sid: number.sid,
      phoneNumber: number.phone_number,
      friendlyName: number.friendly_name,
      sms: number.capabilities.sms,
      smsUrl: number.sms_url,
      smsMethod: number.sms_method,
      smsFallbackUrl: number.sms_fallback_url,
      smsApplicationSid: number.sms_application_sid,
      voice: number.capabilities.voice,
      voiceUrl: number.voice_url,
      voiceMethod: number.voice_method,
      voiceFallbackUrl: number.voice_fallback_url,
      voiceApplicationSid: number.voice_application_sid,
      trunkSid: number.trunk_sid,
    })),
    shortCodes: Object.values(account.shortCodes).map((code) => ({
      sid: code.sid,
      shortCode: code.short_code,
      friendlyName: code.friendly_name,
      smsUrl: code.sms_url,
      smsMethod: code.sms_method,
    })),
    senders: Object.values(account.channelsSenders).map((sender) => ({
      sid: sender.sid,
      senderId: sender.sender_id,
      name: sender.profile.name,
      status: sender.status,
      webhookUrl: sender.webhook.callback_url,
      webhookMethod: sender.webhook.callback_method,
    })),
    applications: Object.values(account.applications).map((application) => ({
      sid: application.sid,
      friendlyName: application.friendly_name,
      smsUrl: application.sms_url,
      smsMethod: application.sms_method,
      voiceUrl: application.voice_url,
      voiceMethod: application.voice_method,
    })),
    messagingServices: Object.values(account.messagingServices).map((service) => ({
      sid: service.sid,
      friendlyName: service.friendly_name,
      inboundRequestUrl: service.inbound_request_url,
      inboundMethod: service.inbound_method,
      useInboundWebhookOnNumber: service.use_inbound_webhook_on_number,
      memberSids: members.filter(({ service_sid }) => service_sid === service.sid).map(({ sid }) => sid),
    })),
    addresses: Object.values(account.addressConfigurations).map((address) => ({
      sid: address.sid,
      type: address.type,
      address: address.address,
      friendlyName: address.friendly_name,
      enabled: address.auto_creation.enabled,
      autoCreation: autoCreationOf(address),
      conversationServiceSid: address.auto_creation.conversation_service_sid ?? null,
    })),
    chatServices: Object.values(account.chatServices).map(named),
    defaultChatServiceSid: account.conversationsConfiguration.default_chat_service_sid,
    proxyServices: Object.values(account.proxyServices).map((service) => ({
      sid: service.sid,
      uniqueName: service.unique_name,
      chatInstanceSid: service.chat_instance_sid,
      outOfSessionCallbackUrl: service.out_of_session_callback_url,
    })),
    flexFlows: Object.values(account.flexFlows).map((flow) => ({
      ...named(flow),
      channelType: flow.channel_type,
      contactIdentity: flow.contact_identity,
      enabled: flow.enabled,
      chatServiceSid: flow.chat_service_sid,
      integration: integrationOf(flow),
    })),
    studioFlows: Object.values(account.studioFlows).map((flow) => {
      const latest = flow.revisions.at(-1);
      return {
        sid: flow.sid,
        friendlyName: latest?.friendly_name ?? null,
        published: latestPublished(flow)?.definition,
        draft: latest?.status === "draft" ? latest.definition : undefined,
      };
    }),
    taskRouterWorkflows: Object.values(account.taskrouterWorkflows).map(named),
    taskChannels: Object.values(account.taskrouterTaskChannels).map(named),
  };
}

const named = ({ sid, friendly_name }: { sid: string; friendly_name: string | null }) => ({
  sid,
  friendlyName: friendly_name,
});

function autoCreationOf({ auto_creation }: AddressConfiguration): AutoCreation {
  const { type, studio_flow_sid = "", webhook_url = "", webhook_method = null } = auto_creation;
  switch (type) {
    case "studio":
      return { type, studioFlowSid: studio_flow_sid };
    case "webhook":
      return { type, url: webhook_url, method: webhook_method };
    case "default":
      return { type };
  }
}

function integrationOf({ integration_type, integration }: FlexFlow): Integration | null {
  const { flow_sid = "", url = "", workflow_sid = "" } = integration;
  switch (integration_type) {
    case "studio":
      return { type: "studio", studioFlowSid: flow_sid };
    case "external":
      return { type: "external", url };
    case "task":
      return { type: "task", workflowSid: workflow_sid };
    case null:
      return null;
  }
}

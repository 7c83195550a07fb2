import type { Family } from "../../api/call";
import { TwilioError } from "../../api/errors";
import type { ChatInvite } from "./records";
import {
  chatChannelOf,
  chatChannelUrl,
  chatInvitesOf,
  chatMembersOf,
  chatRoleOf,
  chatServiceOf,
  inChannel,
} from "./relations";

export const chatInvites: Family = {
  document: "chat_v2",
  operations: {
    CreateInvite(call) {
      const { account, now } = call;
      const service = chatServiceOf(call);
      const channel = chatChannelOf(call, "ChannelSid");
      const identity = call.params.needed("Identity");
      if (chatMembersOf(account, channel.sid).some((member) => member.identity === identity))
        throw new TwilioError(409, 50404, "Member already exists");
      if (chatInvitesOf(account, channel.sid).some((other) => other.identity === identity))
        throw new TwilioError(409, 50212, "User already invited");
      const invite: ChatInvite = {
        sid: call.sid("IN"),
        account_sid: channel.account_sid,
        service_sid: channel.service_sid,
        channel_sid: channel.sid,
        identity,
        role_sid: chatRoleOf(call, "RoleSid", service.default_channel_role_sid),
        created_by: "system",
        date_created: now,
        date_updated: now,
      };
      account.chatInvites[invite.sid] = invite;
      return shown(invite);
    },

    ListInvite(call) {
      const identities = call.params.list("Identity");
      const invites = chatInvitesOf(call.account, chatChannelOf(call, "ChannelSid").sid).filter(
        ({ identity }) => !identities?.length || identities.includes(identity),
      );
      return call.list("invites", invites, shown);
    },

    FetchInvite: (call) => shown(inChannel(call, call.account.chatInvites)),

    DeleteInvite(call) {
      delete call.account.chatInvites[inChannel(call, call.account.chatInvites).sid];
      return undefined;
    },
  },
};

const shown = (invite: ChatInvite) => ({
  ...invite,
  url: `${chatChannelUrl(invite.service_sid, invite.channel_sid)}/Invites/${invite.sid}`,
});

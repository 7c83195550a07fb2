import type { Call, Family } from "../../api/call";
import { TwilioError } from "../../api/errors";
import { type ChatMember, newChatMember } from "./records";
import {
  addChatMember,
  chatAttributes,
  chatChannelOf,
  chatChannelUrl,
  chatMembersOf,
  chatRoleOf,
  chatServiceOf,
  consumptionOf,
} from "./relations";

export const chatMembers: Family = {
  document: "chat_v2",
  operations: {
    CreateMember(call) {
      const { account } = call;
      const service = chatServiceOf(call);
      const channel = chatChannelOf(call, "ChannelSid");
      const identity = call.params.needed("Identity");
      const members = chatMembersOf(account, channel.sid);
      if (members.some((other) => other.identity === identity))
        throw new TwilioError(409, 50404, "Member already exists");
      const own = Object.values(account.chatMembers).filter(
        (other) => other.service_sid === service.sid && other.identity === identity,
      );
      if (members.length >= service.limits.channel_members)
        throw new TwilioError(400, 50403, "Channel member limit exceeded");
      if (own.length >= service.limits.user_channels)
        throw new TwilioError(400, 50208, "User channel limit exceeded");
      const member = changed(call, newChatMember(call, service, channel, identity));
      addChatMember(call, service, member);
      return shown(member);
    },

    ListMember(call) {
      const identities = call.params.list("Identity");
      const members = chatMembersOf(call.account, chatChannelOf(call, "ChannelSid").sid).filter(
        ({ identity }) => !identities?.length || identities.includes(identity),
      );
      return call.list("members", members, shown);
    },

    FetchMember: (call) => shown(memberOf(call)),

    UpdateMember(call) {
      const member = changed(call, { ...memberOf(call), date_updated: call.now });
      call.account.chatMembers[member.sid] = member;
      return shown(member);
    },

    DeleteMember(call) {
      delete call.account.chatMembers[memberOf(call).sid];
      return undefined;
    },
  },
};

/** By SID or identity. */
function memberOf(call: Call): ChatMember {
  const wanted = call.path("Sid");
  const members = chatMembersOf(call.account, chatChannelOf(call, "ChannelSid").sid);
  const member =
    members.find(({ sid }) => sid === wanted) ?? members.find(({ identity }) => identity === wanted);
  if (!member) throw call.notFound();
  return member;
}

function changed(call: Call, was: ChatMember): ChatMember {
  return {
    ...was,
    ...consumptionOf(call, was),
    role_sid: chatRoleOf(call, "RoleSid", was.role_sid),
    attributes: chatAttributes(call, was.attributes),
    date_created: call.params.date("DateCreated") ?? was.date_created,
    date_updated: call.params.date("DateUpdated") ?? was.date_updated,
  };
}

function shown({ notification_level, ...member }: ChatMember) {
  const channel = chatChannelUrl(member.service_sid, member.channel_sid);
  return { ...member, url: `${channel}/Members/${member.sid}` };
}

import type { Call, Family } from "../../api/call";
import { nameTaken, stillInUse } from "../../api/errors";
import {
  friendlyNameOf,
  membersOf,
  type NamedMember,
  newMember,
  workspaceOf,
  workspaceUrl,
} from "./relations";
import { removeWorkerChannels } from "./worker-channels";

/** Unlike other names in a workspace, the friendly names of task channels may repeat: the unique ones tell them apart. */
export interface TaskRouterTaskChannel extends NamedMember {
  unique_name: string;
  channel_optimized_routing: boolean;
}

/** Unique and friendly names of what each workspace has from the start. */
export const builtInTaskChannels = {
  chat: "Programmable Chat",
  default: "Default",
  sms: "SMS",
  video: "Video",
  voice: "Voice",
} as const;

export const taskrouterTaskChannels: Family = {
  document: "taskrouter_v1",
  operations: {
    CreateTaskChannel(call) {
      const { params } = call;
      const name = params.needed("FriendlyName");
      const channel: TaskRouterTaskChannel = {
        ...newMember(call.sid("TC"), workspaceOf(call), name, call.now),
        unique_name: params.needed("UniqueName"),
        channel_optimized_routing: false,
      };
      const { unique_name, workspace_sid, account_sid } = channel;
      if (channelsOf(call).some((other) => other.unique_name === unique_name)) {
        throw nameTaken("Task channel", unique_name, workspace_sid, account_sid);
      }
      return save(call, channel);
    },

    ListTaskChannel: (call) => call.list("channels", channelsOf(call), shown),

    FetchTaskChannel: (call) => shown(channelOf(call)),

    UpdateTaskChannel: (call) => save(call, channelOf(call)),

    DeleteTaskChannel(call) {
      const { sid, unique_name } = channelOf(call);
      if (Object.hasOwn(builtInTaskChannels, unique_name)) throw stillInUse(sid, "it is built in");
      const task = membersOf(call, call.account.taskrouterTasks).find(
        ({ task_channel_sid }) => task_channel_sid === sid,
      );
      if (task) throw stillInUse(sid, `task ${task.sid} is in it`);
      removeWorkerChannels(call.account, sid);
      delete call.account.taskrouterTaskChannels[sid];
      return undefined;
    },
  },
};

function save(call: Call, was: TaskRouterTaskChannel): object {
  const channel: TaskRouterTaskChannel = {
    ...was,
    friendly_name: friendlyNameOf(call, was.friendly_name, 64),
    channel_optimized_routing: call.params.flag("ChannelOptimizedRouting") ?? was.channel_optimized_routing,
    date_updated: call.now,
  };
  call.account.taskrouterTaskChannels[channel.sid] = channel;
  return shown(channel);
}

const channelsOf = (call: Call) => membersOf(call, call.account.taskrouterTaskChannels);

function channelOf(call: Call): TaskRouterTaskChannel {
  const channel = taskChannelNamed(call, call.path("Sid"));
  if (!channel) throw call.notFound();
  return channel;
}

/** By SID or unique name. */
export const taskChannelNamed = (call: Call, name: string) =>
  channelsOf(call).find(({ sid, unique_name }) => sid === name || unique_name === name);

function shown(channel: TaskRouterTaskChannel) {
  const workspace = workspaceUrl(channel.workspace_sid);
  return { ...channel, url: `${workspace}/TaskChannels/${channel.sid}`, links: { workspace } };
}

import type { Call, Family } from "../../api/call";
import { nameTaken, stillInUse } from "../../api/errors";
import { builtInTaskChannels, newMember, type TaskRouterTaskChannel } from "./records";
import {
  friendlyNameOf,
  membersOf,
  removeWorkerChannels,
  taskChannelNamed,
  taskChannelsOf,
  workspaceOf,
  workspaceUrl,
} from "./relations";

export const taskrouterTaskChannels: Family = {
  document: "taskrouter_v1",
  operations: {
    CreateTaskChannel(call) {
      const { params } = call;
      const name = params.needed("FriendlyName");
      const channel: TaskRouterTaskChannel = {
        ...newMember(call, "TC", workspaceOf(call), name),
        unique_name: params.needed("UniqueName"),
        channel_optimized_routing: false,
      };
      const { unique_name, workspace_sid, account_sid } = channel;
      if (taskChannelsOf(call).some((other) => other.unique_name === unique_name)) {
        throw nameTaken("Task channel", unique_name, workspace_sid, account_sid);
      }
      return save(call, channel);
    },

    ListTaskChannel: (call) => call.list("channels", taskChannelsOf(call), shown),

    FetchTaskChannel: (call) => shown(channelOf(call)),

    UpdateTaskChannel: (call) => save(call, channelOf(call)),

    DeleteTaskChannel(call) {
      const { sid, unique_name } = channelOf(call);
      if (Object.hasOwn(builtInTaskChannels, unique_name))
        call.refuseIfStrict(stillInUse(sid, "it is built in"));
      const task = membersOf(call, call.account.taskrouterTasks).find(
        ({ task_channel_sid }) => task_channel_sid === sid,
      );
      if (task) call.refuseIfStrict(stillInUse(sid, `task ${task.sid} is in it`));
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

function channelOf(call: Call): TaskRouterTaskChannel {
  const channel = taskChannelNamed(call, call.path("Sid"));
  if (!channel) throw call.notFound();
  return channel;
}

function shown(channel: TaskRouterTaskChannel) {
  const workspace = workspaceUrl(channel.workspace_sid);
  return { ...channel, url: `${workspace}/TaskChannels/${channel.sid}`, links: { workspace } };
}

import { type Call, type Family, lookUp } from "../../api/call";
import type { TaskRouterWorkerChannel } from "./records";
import { memberOf, membersOf, numberIn, workspaceUrl } from "./relations";

export const taskrouterWorkerChannels: Family = {
  document: "taskrouter_v1",
  operations: {
    ListWorkerChannel: (call) => call.list("channels", channelsOf(call), (channel) => shown(call, channel)),

    FetchWorkerChannel: (call) => shown(call, channelOf(call)),

    UpdateWorkerChannel(call) {
      const was = channelOf(call);
      const channel: TaskRouterWorkerChannel = {
        ...was,
        available: call.params.flag("Available") ?? was.available,
        configured_capacity: numberIn(call, "Capacity", was.configured_capacity, 0, 50),
        date_updated: call.now,
      };
      call.account.taskrouterWorkerChannels[channel.sid] = channel;
      return shown(call, channel);
    },
  },
};

/** One for each task channel. They are made when they are first asked for: a seed may hold workers without any. */
function channelsOf(call: Call): TaskRouterWorkerChannel[] {
  const { account } = call;
  const worker = memberOf(call, account.taskrouterWorkers, "WorkerSid");
  const made = membersOf(call, account.taskrouterWorkerChannels).filter(
    ({ worker_sid }) => worker_sid === worker.sid,
  );
  return membersOf(call, account.taskrouterTaskChannels).map((taskChannel) => {
    const there = made.find(({ task_channel_sid }) => task_channel_sid === taskChannel.sid);
    if (there) return there;
    const { date_created } = worker.date_created > taskChannel.date_created ? worker : taskChannel;
    const channel: TaskRouterWorkerChannel = {
      sid: call.sid("WC"),
      account_sid: account.sid,
      workspace_sid: worker.workspace_sid,
      worker_sid: worker.sid,
      task_channel_sid: taskChannel.sid,
      available: true,
      configured_capacity: 1,
      date_created,
      date_updated: date_created,
    };
    account.taskrouterWorkerChannels[channel.sid] = channel;
    return channel;
  });
}

/** By its SID, or by the SID or unique name of its task channel. */
function channelOf(call: Call): TaskRouterWorkerChannel {
  const name = call.path("Sid");
  const channel = channelsOf(call).find(
    (candidate) =>
      candidate.sid === name || candidate.task_channel_sid === name || uniqueNameOf(call, candidate) === name,
  );
  if (!channel) throw call.notFound();
  return channel;
}

const uniqueNameOf = ({ account }: Call, { task_channel_sid }: TaskRouterWorkerChannel) =>
  lookUp(account.taskrouterTaskChannels, task_channel_sid)?.unique_name ?? null;

/** Nothing is ever assigned, so that all of a capacity is free. */
function shown(call: Call, channel: TaskRouterWorkerChannel) {
  const { sid, workspace_sid, worker_sid, configured_capacity } = channel;
  return {
    ...channel,
    task_channel_unique_name: uniqueNameOf(call, channel),
    assigned_tasks: 0,
    available_capacity_percentage: configured_capacity > 0 ? 100 : 0,
    url: `${workspaceUrl(workspace_sid)}/Workers/${worker_sid}/Channels/${sid}`,
  };
}

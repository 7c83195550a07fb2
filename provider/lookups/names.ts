import type { Twilio } from "twilio";
import type { WorkspaceContext } from "twilio/lib/rest/taskrouter/v1/workspace";
import type { AccountSession } from "../life/life";
import { keyFor, kinds, type Nameable } from "../studio/portable";
import { ApiError } from "../values/errors";
import { candidates } from "./findOne";
import { Shared } from "./shared";

/** An object by what definitions call it. */
interface Named {
  readonly sid: string;
  readonly name: string;
  /** Whether it is in the workspace of Flex, which is meant where another workspace has the same name. */
  readonly isOfFlex?: boolean;
}

interface Kind {
  readonly label: string;
  readonly list: (twilio: Twilio) => Promise<Named[]>;
}

const byFriendlyName = ({ sid, friendlyName }: { sid: string; friendlyName: string }): Named => ({
  sid,
  name: friendlyName,
});
const byUniqueName = ({ sid, uniqueName }: { sid: string; uniqueName: string }): Named => ({
  sid,
  name: uniqueName,
});

const pageSize = 1000;

const table: { readonly [Name in Nameable]: Kind } = {
  workflow: {
    label: "TaskRouter workflow",
    list: inWorkspaces(async (workspace) =>
      (await workspace.workflows.list({ pageSize })).map(byFriendlyName),
    ),
  },
  "task-channel": {
    label: "task channel",
    list: inWorkspaces(async (workspace) =>
      (await workspace.taskChannels.list({ pageSize })).map(byUniqueName),
    ),
  },
  "task-queue": {
    label: "task queue",
    list: inWorkspaces(async (workspace) =>
      (await workspace.taskQueues.list({ pageSize })).map(byFriendlyName),
    ),
  },
  workspace: {
    label: "TaskRouter workspace",
    list: async ({ taskrouter }) => (await taskrouter.v1.workspaces.list({ pageSize })).map(byFriendlyName),
  },
  flow: {
    label: "Studio flow",
    list: async ({ studio }) => (await studio.v2.flows.list({ pageSize })).map(byFriendlyName),
  },
  "conversations-service": { label: "Conversations service", list: servicesOf },
  "messaging-service": {
    label: "Messaging Service",
    list: async ({ messaging }) => (await messaging.v1.services.list({ pageSize })).map(byFriendlyName),
  },
  "proxy-service": {
    label: "Proxy service",
    list: async ({ proxy }) => (await proxy.v1.services.list({ pageSize: 100 })).map(byUniqueName),
  },
  number: {
    label: "phone number",
    list: async ({ incomingPhoneNumbers }) =>
      (await incomingPhoneNumbers.list({ pageSize })).map(({ sid, phoneNumber }) => ({
        sid,
        name: phoneNumber,
      })),
  },
};

const shared = new Map(kinds.map((kind) => [kind, new Shared(({ api }) => table[kind].list(api))]));

/** Those that a name means: of several, those in the workspace of Flex. */
function meantBy(name: string, all: readonly Named[]): Named[] {
  const found = all.filter((one) => one.name === name && name !== "");
  const ofFlex = found.filter(({ isOfFlex }) => isOfFlex);
  return ofFlex.length > 0 ? ofFlex : found;
}

/** The SID of the one object that a name means, or why there is none. */
export async function sidOf(
  session: AccountSession,
  kind: Nameable,
  name: string,
): Promise<{ sid: string } | { problem: string }> {
  const { label, list } = table[kind];
  const { answer = [], isCurrent } = (await shared.get(kind)?.of(session)) ?? {};
  // What the program has made since the list was asked for counts, too.
  const all = meantBy(name, answer).length !== 1 && !isCurrent ? await list(session.api) : answer;
  const [only, ...others] = meantBy(name, all);
  if (only !== undefined && others.length === 0) return { sid: only.sid };
  const called = `called ${JSON.stringify(name)}`;
  if (only !== undefined) {
    const named = candidates([only, ...others], shown);
    return { problem: `${others.length + 1} ${label}s of ${session.account} are ${called}: ${named}` };
  }
  const rest = all.length > 0 ? `It has ${candidates(all, shown)}` : `It has no ${label}s at all`;
  return { problem: `${session.account} has no ${label} ${called}. ${rest}` };
}

/** What definitions may call the objects of a kind. Some have no name, or one that means another object or several. */
export async function keysOf(
  session: AccountSession,
  kind: Nameable,
): Promise<{ keyBySid: Map<string, string>; withoutKey: Map<string, string> }> {
  const all = await table[kind].list(session.api);
  const isMeant = ({ sid, name }: Named) => {
    const [only, ...others] = meantBy(name, all);
    return only?.sid === sid && others.length === 0;
  };
  return {
    keyBySid: new Map(all.filter(isMeant).map(({ sid, name }) => [sid, keyFor(kind, name)])),
    withoutKey: new Map(all.filter((one) => !isMeant(one)).map(({ sid, name }) => [sid, name])),
  };
}

const shown = { sid: ({ sid }: Named) => sid, called: ({ name }: Named) => name };

/** Names of what is in a workspace are those of Flex's workspace first. */
function inWorkspaces(read: (workspace: WorkspaceContext) => Promise<Named[]>): Kind["list"] {
  return async ({ taskrouter, flexApi }) => {
    const [workspaces, flex] = await Promise.all([
      taskrouter.v1.workspaces.list({ pageSize }),
      unlessClosed(flexApi.v1.configuration().fetch(), [403, 404, 410]),
    ]);
    const all = workspaces.map(async ({ sid }) => {
      const isOfFlex = sid === flex?.taskrouterWorkspaceSid;
      return (await read(taskrouter.v1.workspaces(sid))).map((one) => ({ ...one, isOfFlex }));
    });
    return (await Promise.all(all)).flat();
  };
}

/** One kind under two APIs, of which an account may know one only. */
async function servicesOf({ conversations, chat }: Twilio): Promise<Named[]> {
  const [own, older] = await Promise.all([
    unlessClosed(conversations.v1.services.list({ pageSize: 100 }), [404, 410]),
    unlessClosed(chat.v2.services.list({ pageSize: 100 }), [403, 404, 410]),
  ]);
  const all = [...(older ?? []), ...(own ?? [])].map(byFriendlyName);
  return [...new Map(all.map((one) => [one.sid, one])).values()];
}

/** Undefined where the account does not have the product. */
async function unlessClosed<Result>(
  request: Promise<Result>,
  closed: readonly number[],
): Promise<Result | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof ApiError && closed.includes(error.status ?? 0)) return undefined;
    throw error;
  }
}

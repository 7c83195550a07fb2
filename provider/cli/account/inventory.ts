import { allResources, type Resource } from "../../life/define";
import { sidIn } from "../../life/frame";
import type { Session } from "../../life/life";
import type { FlexFields, Surveyed } from "../../life/survey";
import { ApiError, messageOf, unlessGone } from "../../values/errors";
import { types } from "./kinds";

/** One object of the account. */
export interface Item extends Surveyed {
  readonly type: string;
}

/** What was found in an account. */
export interface Inventory {
  readonly account: string;
  /** What others refer to comes first. */
  readonly items: readonly Item[];
  /** Kinds of which not all could be read, with the reason. */
  readonly unread: readonly { readonly type: string; readonly reason: string }[];
}

/** Reads every kind of object that there is a class for. `step` counts the lists. */
export async function readAccount(session: Session, step: () => void): Promise<Inventory> {
  const unread = new Map<string, string>();
  const errors: unknown[] = [];
  let isAnyRead = false;

  async function reading<Result>(type: string, read: () => Promise<Result>): Promise<Result | undefined> {
    try {
      const result = await unlessGone(read());
      isAnyRead = true;
      step();
      return result;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      errors.push(error);
      unread.set(type, session.redact(messageOf(error)));
      return undefined;
    }
  }

  const flex = (await reading("FlexConfiguration", () => flexFields(session))) ?? new Map();
  const whyNoFlex = unread.get("FlexConfiguration");
  const resources = allResources();
  const survey = async (resource: Resource, parents: readonly string[]) => {
    const lists = await Promise.all(
      parents.map((parent) => reading(resource.type, () => resource.survey(session, parent, flex))),
    );
    // Lists come newest first. The oldest of those that are called alike has the plain name, also when a newer one joins them.
    return lists.flatMap((list) => list?.reverse() ?? []).map((one) => ({ ...one, type: resource.type }));
  };
  const roots = resources.filter(({ parent }) => parent === undefined);
  const there = (await Promise.all(roots.map((resource) => survey(resource, [""])))).flat();
  const inOthers = resources.filter(({ parent }) => parent !== undefined);
  for (const { type, parent = "" } of inOthers)
    if (unread.has(parent)) unread.set(type, `it is in a ${parent}, of which not all could be read`);
  const members = await Promise.all(
    inOthers.map((resource) =>
      survey(
        resource,
        there.filter(({ type }) => type === resource.parent).map(({ id }) => id),
      ),
    ),
  );
  if (!isAnyRead) throw errors[0];
  if (whyNoFlex !== undefined) unread.set("FlexConfiguration", `${whyNoFlex}. ${flexUnknown}`);
  const items: Item[] = oneClassEach([...there, ...members.flat()]);
  return {
    account: session.account,
    items: named(items.sort((a, b) => types.indexOf(a.type) - types.indexOf(b.type))),
    unread: [...unread].map(([type, reason]) => ({ type, reason })),
  };
}

const flexUnknown = "So what Flex has made is taken for yours";

/** What Flex itself has made, by its SID. */
async function flexFields({ api }: Session): Promise<FlexFields> {
  const flex = await unlessGone(api.flexApi.v1.configuration().fetch());
  const fields = {
    taskrouterWorkspaceSid: flex?.taskrouterWorkspaceSid,
    taskrouterTargetWorkflowSid: flex?.taskrouterTargetWorkflowSid,
    taskrouterTargetTaskqueueSid: flex?.taskrouterTargetTaskqueueSid,
    chatServiceInstanceSid: flex?.chatServiceInstanceSid,
    flexServiceInstanceSid: flex?.flexServiceInstanceSid,
    messagingServiceInstanceSid: flex?.messagingServiceInstanceSid,
  };
  return new Map(Object.entries(fields).flatMap(([field, sid]) => (sid ? [[sid, field] as const] : [])));
}

/** One object may be of two classes, a service of Chat and of Conversations: the one that says more of it declares it. */
function oneClassEach(items: Item[]): Item[] {
  const isService = ({ type }: Item) => type === "ConversationsService" || type === "ChatService";
  const size = ({ args, lookUp }: Item) => (lookUp ? Number.POSITIVE_INFINITY : Object.keys(args).length);
  return items.filter(
    (item) =>
      !isService(item) ||
      !items.some(
        (other) =>
          isService(other) &&
          other.type !== item.type &&
          other.id === item.id &&
          (size(other) > size(item) || (size(other) === size(item) && item.type === "ChatService")),
      ),
  );
}

/** What has no name of its own is called by that of what it is in, and of what it stands for. */
function named(items: Item[]): Item[] {
  const names = new Map<string, string>();
  for (const { id, called } of items)
    if (called !== "" && !names.has(sidIn(id))) names.set(sidIn(id), called);
  return items.map((item) => {
    const [parent = "", own = parent] = item.id.split("/");
    const isMember = parent !== own && !("friendlyName" in item.args) && !("uniqueName" in item.args);
    const self = names.get(own) ?? item.called;
    return { ...item, called: isMember ? `${names.get(parent) ?? ""} ${self}`.trim() : self };
  });
}

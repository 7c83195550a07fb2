import type { Twilio } from "twilio";
import type { WorkspaceContext } from "twilio/lib/rest/taskrouter/v1/workspace";
import { type Finding, findable, type Kind } from "./findOne";

/** What a lookup of something in a workspace is given, besides the workspace. */
export interface MemberQuery {
  sid?: string | undefined;
  friendlyName?: string | undefined;
}

interface Member {
  sid: string;
  friendlyName: string;
}

/** One kind of what a workspace holds: activities, task queues or workflows. */
interface Members<Answer> {
  readonly label: string;
  readonly plural: string;
  readonly fetch: (workspace: WorkspaceContext, sid: string) => Promise<Answer>;
  readonly list: (
    workspace: WorkspaceContext,
    options: { friendlyName?: string | undefined; limit?: number | undefined },
  ) => Promise<Answer[]>;
}

/** How they are found in one workspace, in which their names are their own. */
export const membersOf = <Answer extends Member>({ label, plural, fetch, list }: Members<Answer>) =>
  byWorkspace<MemberQuery, Answer>((workspaceSid) => {
    const workspace = (twilio: Twilio) => twilio.taskrouter.v1.workspaces(workspaceSid);
    return {
      label: `TaskRouter ${label} in ${workspaceSid}`,
      plural: `TaskRouter ${plural} in ${workspaceSid}`,
      fetch: (twilio, sid) => fetch(workspace(twilio), sid),
      list: (twilio, { friendlyName }, limit) => list(workspace(twilio), { friendlyName, limit }),
      sid: ({ sid }) => sid,
      called: ({ friendlyName }) => friendlyName,
      isMeant: (answer, { friendlyName }) => answer.friendlyName === friendlyName,
    };
  });

/** What is found in each workspace, made once for each. */
export function byWorkspace<Query, Answer>(kindOf: (workspaceSid: string) => Kind<Query, Answer>) {
  const made = new Map<string, Finding<Query, Answer>>();
  return (workspaceSid: string): Finding<Query, Answer> => {
    const known = made.get(workspaceSid) ?? findable(kindOf(workspaceSid));
    made.set(workspaceSid, known);
    return known;
  };
}

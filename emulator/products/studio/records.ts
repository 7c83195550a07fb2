/** A flow is its revisions; the last one is the flow as it stands. */
export interface StudioFlow {
  sid: string;
  account_sid: string;
  date_created: string;
  date_updated: string | null;
  revisions: StudioRevision[];
  /** Whoever may try the last revision while it is a draft. */
  test_users?: string[];
}

export interface StudioRevision {
  revision: number;
  friendly_name: string;
  definition: object;
  status: string;
  commit_message: string | null;
  author_sid: string | null;
  date_created: string;
}

/** What runs, also while a later revision is a draft. */
export const latestPublished = (flow: StudioFlow) =>
  flow.revisions.filter(({ status }) => status === "published").at(-1);

/** What an execution for this contact runs: the latest published revision, for test users the last one. */
export const revisionFor = (flow: StudioFlow, contact: string): StudioRevision | undefined =>
  flow.test_users?.includes(contact) ? lastOf(flow) : latestPublished(flow);

/** What began an execution. Nothing else ever happens in it: no flow is executed. */
export interface StudioExecution {
  sid: string;
  account_sid: string;
  flow_sid: string;
  contact_channel_address: string;
  contact_sid: string;
  /** Number of the revision that runs. */
  flow_version: number;
  /** SID of the message, call or request that began it. */
  initiated_by: string;
  /** The variables that a flow's widgets would read. */
  context: object;
  status: string;
  date_created: string;
  date_updated: string | null;
  steps: StudioStep[];
}

export interface StudioStep {
  sid: string;
  /** The event. */
  name: string;
  /** Type of the widget. */
  type: string;
  parent_step_sid: string | null;
  transitioned_from: string;
  transitioned_to: string;
  context: object;
  date_created: string;
  date_updated: string | null;
}

/** What starts an execution: a message, a call or a request. */
export interface StudioTrigger {
  /** As the trigger widget's transitions name it, such as `incomingMessage`. */
  event: string;
  /** The contact's address. */
  contact: string;
  /** The address that the contact wrote to or called. */
  address: string;
  /** SID of the message, call or request. */
  sid: string;
  /** `trigger` in the context, such as `{ message: { Body: "Hello" } }`. */
  variables: object;
  /** `flow.data` in the context. */
  data?: object;
}

export function lastOf(flow: StudioFlow): StudioRevision {
  const revision = flow.revisions.at(-1);
  if (!revision) throw new Error(`Studio flow ${flow.sid} has no revision`);
  return revision;
}

import * as pulumi from "@pulumi/pulumi";
import type { Twilio } from "twilio";
import type { FlowInstance, FlowListInstanceCreateOptions } from "twilio/lib/rest/studio/v2/flow";
import { z } from "zod";
import { adoptable, defineResource } from "../life/define";
import { unmanaged, type Without } from "../life/definition";
import type { Declaration } from "../life/guards";
import { TwilioResource } from "../program/resource";
import { endedWidgets, triggersOf, widgetReferences } from "../routing";
import { json, oneOf, text } from "../twilio/fields";
import { studioFlowUrl } from "../twilio/webhooks";
import type { Adoptable, Echoes } from "../values/args";
import { same } from "../values/values";

const statuses = ["draft", "published"] as const;

/** Arguments of `StudioFlow`. */
export interface StudioFlowArgs extends Adoptable {
  /** Name that people see in Studio. Default: the Pulumi name, at the create; unmanaged from then on. */
  friendlyName?: pulumi.Input<string>;
  /**
   * The flow as Studio exports it: an object or its JSON text. Compared by value and passed on untouched. `flowFromFile`
   * reads one from a file, with names in place of SIDs.
   */
  definition: pulumi.Input<Record<string, unknown> | string>;
  /** `published` answers customers; `draft` is only kept. */
  status: pulumi.Input<(typeof statuses)[number]>;
  /** Why this revision was made. It goes with every revision while it is given; taking it away changes nothing. */
  commitMessage?: pulumi.Input<string>;
}

/**
 * A Studio flow: what happens to a message or call before an agent sees it.
 *
 * The definition is checked by Twilio's own validator in preview, when it differs from the last accepted one. Preview also
 * refuses workflows, task channels and subflows that its widgets name and the account does not have.
 * Every update makes a new revision. Nothing replaces a flow. Destroy deletes it, with all its revisions.
 *
 * @see https://www.twilio.com/docs/studio/rest-api/v2/flow
 */
export class StudioFlow extends TwilioResource implements Echoes<StudioFlowArgs> {
  declare readonly friendlyName: pulumi.Output<string | undefined>;
  declare readonly definition: pulumi.Output<Record<string, unknown> | string>;
  declare readonly status: pulumi.Output<(typeof statuses)[number]>;
  declare readonly commitMessage: pulumi.Output<string | undefined>;
  /** Number of the latest revision, from 1. */
  declare readonly revision: pulumi.Output<number>;
  /** Events that start the flow: those transitions of its trigger that lead to a state. */
  declare readonly triggers: pulumi.Output<string[]>;

  constructor(name: string, args: StudioFlowArgs, opts?: pulumi.CustomResourceOptions) {
    super(studioFlow, name, args, opts);
  }

  /** URL that a number or sender posts messages and calls to, so that this flow handles them. */
  get webhookUrl(): pulumi.Output<string> {
    return pulumi.all([this.accountSid, this.id]).apply(([account, id]) => studioFlowUrl(account, id));
  }
}

type Params = Without<FlowListInstanceCreateOptions, "friendlyName">;

const studioFlow = defineResource<StudioFlowArgs>()("StudioFlow", {
  label: "Studio flow",
  prefix: "FW",
  leftAsItIs: { commitMessage: "it says why the last revision was made, and would go with each new one" },
  api: {
    operations: {
      studio_v2: ["CreateFlow", "FetchFlow", "UpdateFlow", "ListFlow", "DeleteFlow", "UpdateFlowValidate"],
    },
    leftOut: { AuthorSid: "who made a revision is no set-up; the API notes it by itself" },
  },
  args: z.strictObject({
    ...adoptable,
    friendlyName: text(256).optional(),
    definition: json("the flow as Studio exports it"),
    status: oneOf(statuses),
    commitMessage: text(1024).optional(),
  }),
  json: ["definition"],
  mentions: ({ definition }) =>
    widgetReferences(objectOf(definition)).map(({ path, sid }) => ({ path: `definition.${path}`, sid })),

  params: (args): Params => args,
  reset: { friendlyName: unmanaged, commitMessage: unmanaged, authorSid: unmanaged },
  onCreate: (name) => ({ friendlyName: name }),

  live: (flow: FlowInstance) => ({
    friendlyName: flow.friendlyName,
    definition: flow.definition,
    status: oneOf(statuses).parse(flow.status),
    commitMessage: flow.commitMessage,
  }),
  computed: {
    revision: (flow) => flow.revision,
    triggers: (flow) => triggersOf(flow.definition),
  },

  guards: [{ inspect: validate, caution: hasEnded }],

  id: (flow) => flow.sid,
  createdAt: (flow) => flow.dateCreated,
  // Without the definitions.
  listsInPart: true,
  list: (twilio) => twilio.studio.v2.flows.page({ pageSize: 1000 }),
  create: (twilio, flow) => twilio.studio.v2.flows.create({ friendlyName: "", ...flow }),
  read: (twilio, id) => twilio.studio.v2.flows(id).fetch(),
  // The API wants the status with every update, and a revision without a message has none.
  update: (twilio, id, changed, { status, commitMessage }) =>
    twilio.studio.v2.flows(id).update({ status, ...(commitMessage && { commitMessage }), ...changed }),
  delete: (twilio, id) => twilio.studio.v2.flows(id).remove(),
});

function objectOf(definition: unknown): unknown {
  if (typeof definition !== "string") return definition;
  try {
    return JSON.parse(definition);
  } catch {
    return undefined;
  }
}

/** A widget that fails whenever it runs. Said where the definition is new. */
function hasEnded({ args, was }: Declaration<StudioFlowArgs>): string | undefined {
  if (was && same(was.definition, args.definition)) return undefined;
  const said = endedWidgets(objectOf(args.definition)).map(
    ({ path, widget, what }) => `definition.${path}: the widget ${widget} hands on to ${what}`,
  );
  return said.length > 0 ? said.join("; ") : undefined;
}

/** Studio says what is wrong with a definition before it is written. */
async function validate(twilio: Twilio, { args, was }: Declaration<StudioFlowArgs>): Promise<void> {
  if (was && same(was.definition, args.definition) && was.status === args.status) return;
  await twilio.studio.v2.flowValidate.update({ friendlyName: "preview", ...args });
}

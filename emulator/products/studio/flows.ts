import type { Call, Family } from "../../api/call";
import { invalidParameter, TwilioError } from "../../api/errors";
import { readDefinition } from "./definition";
import { lastOf, latestPublished, type StudioFlow, type StudioRevision } from "./records";

export const studioFlows: Family = {
  document: "studio_v2",
  operations: {
    CreateFlow(call) {
      const definition = definitionOf(call) ?? {};
      const friendlyName = call.params.needed("FriendlyName");
      const revision = revisionOf(call, { revision: 1, friendly_name: friendlyName, definition });
      const flow: StudioFlow = {
        sid: call.sid("FW"),
        account_sid: call.account.sid,
        date_created: call.now,
        date_updated: null,
        revisions: [revision],
      };
      call.account.studioFlows[flow.sid] = flow;
      return shown(flow);
    },

    ListFlow: (call) =>
      call.list("flows", Object.values(call.account.studioFlows), (flow) => ({
        ...shown(flow),
        ...unlisted,
      })),

    FetchFlow: (call) => shown(flowOf(call)),

    UpdateFlow(call) {
      const flow = flowOf(call);
      const was = lastOf(flow);
      const friendlyName = call.params.has("FriendlyName")
        ? call.params.needed("FriendlyName")
        : was.friendly_name;
      const revision = revisionOf(call, {
        revision: was.revision + 1,
        friendly_name: friendlyName,
        definition: definitionOf(call) ?? was.definition,
      });
      flow.revisions.push(revision);
      flow.date_updated = call.now;
      return shown(flow);
    },

    DeleteFlow(call) {
      const { studioFlows, studioExecutions } = call.account;
      const { sid } = flowOf(call);
      for (const execution of Object.values(studioExecutions)) {
        if (execution.flow_sid === sid) delete studioExecutions[execution.sid];
      }
      delete studioFlows[sid];
      return undefined;
    },

    UpdateFlowValidate(call) {
      call.params.needed("FriendlyName");
      refuseEmptyMessage(call);
      definitionOf(call);
      return { valid: true };
    },

    ListFlowRevision(call) {
      const flow = flowOf(call);
      const revisions = flow.revisions.map((revision) => ({ ...revision, sid: flow.sid }));
      const show = (revision: StudioRevision) => ({ ...shownRevision(flow, revision), ...unlisted });
      return call.list("revisions", revisions, show, ({ revision }) => String(revision));
    },

    FetchFlowRevision(call) {
      const flow = flowOf(call);
      return shownRevision(flow, namedRevision(call, flow));
    },

    FetchTestUser: (call) => shownTestUsers(flowOf(call)),

    UpdateTestUser(call) {
      const flow = flowOf(call);
      flow.test_users = call.params.list("TestUsers") ?? [];
      return shownTestUsers(flow);
    },
  },
};

/** Lists leave these out; a fetch shows them. */
const unlisted = { definition: null, valid: null, errors: null };

const flowOf = (call: Call) => call.found(call.account.studioFlows, call.path("Sid"));

function namedRevision(call: Call, flow: StudioFlow): StudioRevision {
  const name = call.path("Revision");
  if (name === "LatestRevision") return lastOf(flow);
  const isLatestPublished = name === "LatestPublished";
  if (!isLatestPublished && !/^\d+$/.test(name)) {
    throw new TwilioError(400, 81021, "Revision must be a number, LatestPublished or LatestRevision");
  }
  const found = isLatestPublished
    ? latestPublished(flow)
    : flow.revisions.find(({ revision }) => revision === Number(name));
  if (!found) throw call.notFound();
  return found;
}

/** The parameter's definition, checked; undefined where the request has none. A form carries it as JSON text. */
function definitionOf({ params }: Call): object | undefined {
  if (!params.has("Definition")) return undefined;
  return readDefinition(params.text("Definition") ?? JSON.stringify(params.value("Definition")));
}

function revisionOf(
  call: Call,
  given: Pick<StudioRevision, "revision" | "friendly_name" | "definition">,
): StudioRevision {
  refuseEmptyMessage(call);
  return {
    ...given,
    status: call.params.needed("Status"),
    commit_message: call.params.text("CommitMessage") ?? null,
    author_sid: call.params.text("AuthorSid") || null,
    date_created: call.now,
  };
}

function refuseEmptyMessage({ params }: Call): void {
  if (params.text("CommitMessage") === "") throw invalidParameter("CommitMessage", "must not be empty");
}

function shown(flow: StudioFlow) {
  const { date_created, ...revision } = lastOf(flow);
  const url = `https://studio.twilio.com/v2/Flows/${flow.sid}`;
  return {
    ...revision,
    sid: flow.sid,
    account_sid: flow.account_sid,
    valid: true,
    // Recorded: twilio-sdk-go (RJPearson94), flowResponse.json of 2020. Twilio's example has empty lists.
    errors: null,
    warnings: null,
    webhook_url: `https://webhooks.twilio.com/v1/Accounts/${flow.account_sid}/Flows/${flow.sid}`,
    date_created: flow.date_created,
    date_updated: flow.date_updated,
    url,
    links: { test_users: `${url}/TestUsers`, revisions: `${url}/Revisions`, executions: `${url}/Executions` },
  };
}

const shownTestUsers = ({ sid, test_users = [] }: StudioFlow) => ({
  sid,
  test_users,
  url: `https://studio.twilio.com/v2/Flows/${sid}/TestUsers`,
});

function shownRevision(flow: StudioFlow, revision: StudioRevision) {
  return {
    ...revision,
    sid: flow.sid,
    account_sid: flow.account_sid,
    valid: true,
    errors: [],
    date_updated: null,
    url: `https://studio.twilio.com/v2/Flows/${flow.sid}/Revisions/${revision.revision}`,
  };
}

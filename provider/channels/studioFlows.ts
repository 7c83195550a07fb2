import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { AccountSession } from "../life/life";
import { defineLookup, lookUpOutput } from "../lookups/lookup";
import { endProgram, ifKnown, isUnitTest, programError } from "../program/program";
import { triggersOf } from "../routing";
import { jsonIn, sid } from "../twilio/fields";
import { ApiError, unlessGone } from "../values/errors";
import type { Destination, Messaging } from "./destination";

/** What is known of a Studio flow. */
interface Known {
  name: string;
  is: "published" | "draft" | "missing";
  triggers: string[];
}

/**
 * Ends the program where the Studio flow of a destination would answer nothing that comes on this path. A flow of the
 * program is judged by what the program says, another one by its published revision. Resolves where it answers, and
 * where that cannot be known, such as by a key that may not read flows.
 */
export async function refuseSilentFlow(
  channel: string,
  destination: Destination,
  messaging: Messaging,
  parent: pulumi.Resource,
): Promise<void> {
  const flow = destination.kind === "studio" ? await flowOf(destination, parent) : undefined;
  const fault = flow && faultOf(flow, messaging);
  if (fault) await endProgram(programError(`${channel}: destination: ${fault}`));
}

function faultOf({ name, is, triggers }: Known, messaging: Messaging): string | undefined {
  if (is === "missing") return `${name} is not in the account`;
  if (is === "draft") return `${name} is a draft, which answers nobody; publish it (status: "published")`;
  const needed = messaging === "proxy" ? "incomingMessage" : "incomingConversationMessage";
  if (triggers.includes(needed)) return undefined;
  const found = triggers.length > 0 ? `only on ${triggers.join(", ")}` : "on nothing";
  return `${name} starts ${found}, but on messaging "${messaging}" it is started by ${needed}; lead this transition of its trigger to a widget, or use studioFlowToFlex`;
}

async function flowOf(
  destination: Extract<Destination, { kind: "studio" }>,
  parent: pulumi.Resource,
): Promise<Known | undefined> {
  if ("definition" in destination) {
    const definition = await ifKnown(pulumi.output(destination.definition));
    return declared("the definition", definition, "published");
  }
  const { flow } = destination;
  if (pulumi.CustomResource.isInstance(flow)) {
    const [definition, status] = (await ifKnown(pulumi.all([flow.definition, flow.status]))) ?? [];
    return declared("the Studio flow", definition, status);
  }
  if (isUnitTest()) return undefined;
  return ifKnown(
    lookUpOutput(
      publishedFlow,
      pulumi.output(flow).apply((sid) => ({ sid })),
      { parent },
    ),
  );
}

/** What is no definition at all is left to the flow's own checks. */
function declared(name: string, definition: unknown, status: unknown): Known | undefined {
  const parsed = jsonIn(definition);
  return parsed === undefined
    ? undefined
    : { name, is: status === "draft" ? "draft" : "published", triggers: triggersOf(parsed) };
}

const publishedFlow = defineLookup<{ sid: string }>()("destination.flow", {
  args: z.strictObject({ sid: sid("FW", "a Studio flow") }),
  ask: (session, { sid }) => asked(session, sid),
});

/** Several channels often lead to one flow: what was asked, by the account's session and the flow's SID. */
const answers = new WeakMap<AccountSession, Map<string, Promise<Known | undefined>>>();

function asked(session: AccountSession, sid: string): Promise<Known | undefined> {
  const known = answers.get(session) ?? new Map<string, Promise<Known | undefined>>();
  answers.set(session, known);
  const answer = known.get(sid) ?? (session.online ? ask(session, sid) : Promise.resolve(undefined));
  known.set(sid, answer);
  return answer;
}

/** @see https://www.twilio.com/docs/studio/rest-api/v2/flow-revision */
async function ask({ api }: AccountSession, sid: string): Promise<Known | undefined> {
  const flow = api.studio.v2.flows(sid);
  const name = `Studio flow ${sid}`;
  try {
    const published = await unlessGone(flow.revisions("LatestPublished").fetch());
    if (published) return { name, is: "published", triggers: triggersOf(published.definition) };
    const found = await unlessGone(flow.fetch());
    if (!found) return { name, is: "missing", triggers: [] };
    return { name: `${name} (${found.friendlyName})`, is: "draft", triggers: [] };
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

import * as pulumi from "@pulumi/pulumi";
import { valueIn } from "../program/program";
import { lastState } from "../program/succession";
import { tokenOf } from "../values/token";
import { isRecord } from "../values/values";
import type { LastState } from "./plan";

/** Names of a channel's children. Under another name a child is another resource to the engine. */
export const childNames = (channel: string) => ({
  flow: `${channel}-flow`,
  address: `${channel}-address`,
  flexFlow: `${channel}-flex-flow`,
});

/** What the last run left of a channel, also where the channel had another name then. */
export async function lastRunOf(channel: pulumi.Resource, type: string, name: string): Promise<LastState> {
  const names = childNames(name);
  const outputsOf = (kind: string, child: string) => {
    const token = tokenOf(kind);
    const aliases = pulumi.allAliases([], child, token, channel, name);
    return lastOutputs(`${type}$${token}::${child}`, aliases);
  };
  const address = await outputsOf("ConversationsAddress", names.address);
  const flexFlow = await outputsOf("FlexFlow", names.flexFlow);
  return {
    hasAddress: address !== undefined,
    isFlexFlowEnabled: flexFlow !== undefined && flexFlow.enabled !== false,
  };
}

/** Outputs of a resource, by how its URN ends or by one of the URNs that it had before. */
async function lastOutputs(
  end: string,
  aliases: pulumi.Output<pulumi.URN>[],
): Promise<Record<string, unknown> | undefined> {
  const former = await valueIn(pulumi.all(aliases));
  const [, found] =
    Object.entries(await lastState()).find(([urn]) => urn.endsWith(end) || former.includes(urn)) ?? [];
  return isRecord(found) && isRecord(found.outputs) ? found.outputs : undefined;
}

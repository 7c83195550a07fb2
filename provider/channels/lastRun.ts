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
  number: `${channel}-number`,
  sender: `${channel}-sender`,
});

type Outputs = Record<string, unknown>;

/** A resource in the state that this run starts from. */
export interface Former {
  urn: string;
  outputs: Outputs;
}

/** What the last run left of a channel. A child is undefined where the state has none. */
export interface LastRun {
  /** Whether the state could be read. */
  isKnown: boolean;
  address: Former | undefined;
  flexFlow: Former | undefined;
  number: Former | undefined;
  sender: Former | undefined;
  /** All resources of a kind, those of other channels too. */
  all: (kind: string) => Former[];
}

/** What the last run left of a channel, also where the channel had another name then. */
export async function lastRunOf(channel: pulumi.Resource, type: string, name: string): Promise<LastRun> {
  const state = await lastState();
  const all = (kind: string): Former[] =>
    Object.entries(state ?? {}).flatMap(([urn, resource]) =>
      urn.split("::")[2]?.endsWith(tokenOf(kind)) && isRecord(resource) && isRecord(resource.outputs)
        ? [{ urn, outputs: resource.outputs }]
        : [],
    );
  const child = async (kind: string, childName: string) => {
    const token = tokenOf(kind);
    const former = await valueIn(pulumi.all(pulumi.allAliases([], childName, token, channel, name)));
    // As soon as the engine knows the channel under its new place, it keeps the child there under its old name.
    const names = [childName, ...former.map((urn) => urn.slice(urn.lastIndexOf("::") + 2))];
    const ends = names.map((one) => `${type}$${token}::${one}`);
    return all(kind).find(({ urn }) => ends.some((end) => urn.endsWith(end)) || former.includes(urn));
  };
  const names = childNames(name);
  return {
    isKnown: state !== undefined,
    address: await child("ConversationsAddress", names.address),
    flexFlow: await child("FlexFlow", names.flexFlow),
    number: await child("PhoneNumberHandler", names.number),
    sender: await child("WhatsAppSender", names.sender),
    all,
  };
}

/** What of it decides on the order of writes. */
export const lastStateOf = ({ address, flexFlow }: LastRun): LastState => ({
  hasAddress: address !== undefined,
  isFlexFlowEnabled: flexFlow !== undefined && flexFlow.outputs.enabled !== false,
  keepsFlexFlow: flexFlow?.outputs.adopted === true && flexFlow.outputs.deleteAdopted !== true,
});

export const isAddressEnabled = ({ address }: LastRun): boolean => {
  const { autoCreation } = address?.outputs ?? {};
  return isRecord(autoCreation) && autoCreation.enabled !== false;
};

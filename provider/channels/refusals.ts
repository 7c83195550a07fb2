import * as pulumi from "@pulumi/pulumi";
import { ifKnown, isUnitTest, valueIn } from "../program/program";
import type { Messaging } from "./destination";
import { type AboutToWrite, existing } from "./existing";
import { childNames, type Former, isAddressEnabled, type LastRun } from "./lastRun";
import type { Write } from "./plan";

/** A channel as far as refusals depend on it. */
export interface Declared {
  channel: pulumi.Resource;
  name: string;
  messaging: Messaging;
  address: pulumi.Input<string>;
  addressType: string | undefined;
  channelType: string;
  /** That of its Flex Flow; undefined where it can have none. */
  integrationType: string | undefined;
  /** What the handler sets; undefined where a person does. */
  handles: Handled | undefined;
  /** A sender whose webhook only a person can set, and the API shows. */
  senderByHand: pulumi.Input<string> | undefined;
  proxyServiceSid: pulumi.Input<string> | undefined;
  adopt: pulumi.Input<boolean | string> | undefined;
}

/** What a handler takes over. */
export interface Handled {
  what: "number" | "sender";
  /** The number in E.164 form, or the SID of the sender; undefined where it may be there only after this preview. */
  which: pulumi.Input<string | undefined>;
  onConflict: pulumi.Input<"fail" | "takeOver"> | undefined;
}

/** All that is wrong before anything is written, and can be known: what the last run left, and what is in the account. */
export async function refusalsOf(declared: Declared, last: LastRun, writes: Write[]): Promise<string[]> {
  const address = await ifKnown(pulumi.output(declared.address));
  if (address === undefined) return [];
  const stable = [
    ...doublePrefix(address),
    ...otherAddress(declared, address, last),
    ...withoutSender(declared, last),
  ];
  if (stable.length > 0 || isUnitTest() || !last.isKnown) return stable;
  return inAccount(declared, address, last, writes);
}

function doublePrefix(address: string): string[] {
  const [, prefix] = /^(\w+:)\1/.exec(address) ?? [];
  return prefix === undefined
    ? []
    : [`${address} begins with ${prefix} twice; give it without, since the channel puts it there`];
}

/** Twilio has each address only once, so that its object has to go before the next one is made. */
function otherAddress(declared: Declared, address: string, { address: was, flexFlow }: LastRun): string[] {
  const { name, addressType, channelType } = declared;
  const [former] = [
    was && { address: was.outputs.address, type: was.outputs.type, now: addressType },
    flexFlow && {
      address: flexFlow.outputs.contactIdentity,
      type: flexFlow.outputs.channelType,
      now: channelType,
    },
  ].filter(
    (one) =>
      one &&
      typeof one.address === "string" &&
      (one.address !== address ||
        (one.now && typeof one.type === "string" && one.type.toLowerCase() !== one.now)),
  );
  return former
    ? [
        `it serves ${former.type} ${former.address}, and would leave that unanswered while it changes to ${former.now} ${address}. Declare ${address} as another channel, under another name than "${name}": the new one then is made before the old one goes`,
      ]
    : [];
}

/** The engine would give the webhook back to whom it led before, beside what the channel declares. */
function withoutSender({ handles }: Declared, { sender }: LastRun): string[] {
  if (!sender || handles) return [];
  const sid = typeof sender.outputs.senderSid === "string" ? sender.outputs.senderSid : "XE…";
  return [
    `senderSid: it was taken away, and the sender's webhook would go back to what it was before the channel; give senderSid: "${sid}". To leave the webhook to a person as it is now, first run: pulumi state delete '${sender.urn}'`,
  ];
}

async function inAccount(
  declared: Declared,
  address: string,
  last: LastRun,
  writes: Write[],
): Promise<string[]> {
  const about = await aboutToWrite(declared, address, last, writes);
  const { onConflict } = declared.handles ?? {};
  const conflict = await ifKnown(pulumi.output(onConflict));
  const found = await existing(declared.channel, about);
  const faults: string[] = [];
  if (found.isNumberMissing)
    faults.push(
      `${address} is not a number of this account; buy it first, or check whose credentials these are`,
    );
  if (found.isSenderMissing)
    faults.push(
      `senderSid: ${about.senderSid} is not a WhatsApp sender of this account; register it in the Console first, or check whose credentials these are`,
    );
  if (found.handledBy && conflict !== "takeOver")
    faults.push(
      `message: ${found.handledBy} already handles it. Nothing was changed. To take it over, and give it back on destroy, set onConflict: "takeOver"`,
    );
  if (found.addressSid) {
    const own = last.all("ConversationsAddress").find(({ outputs }) => outputs.address === address);
    faults.push(
      await isThere("Conversations address", found.addressSid, declared, own, childNames("").address),
    );
  }
  if (found.flexFlowSid) {
    const own = last
      .all("FlexFlow")
      .find(
        ({ outputs }) => outputs.contactIdentity === address && outputs.channelType === declared.channelType,
      );
    faults.push(await isThere("Flex Flow", found.flexFlowSid, declared, own, childNames("").flexFlow));
  }
  if (found.strayingSender)
    faults.push(
      `the webhook of its sender ${found.strayingSender} does not lead to the Proxy service, so that nobody would answer once the address stops. Set the webhook first, or give senderSid: "${found.strayingSender}"`,
    );
  return faults;
}

async function aboutToWrite(
  declared: Declared,
  address: string,
  last: LastRun,
  writes: Write[],
): Promise<AboutToWrite> {
  const { addressType, channelType, integrationType, handles, senderByHand } = declared;
  const adopt = await ifKnown(pulumi.output(declared.adopt));
  const adopts = (child: "address" | "flexFlow") => adoptOf(child, declared.messaging, adopt) !== undefined;
  const isWritten = (child: Write["child"]) =>
    writes.some((write) => write.child === child && write.does !== "leave");
  const about: AboutToWrite = {};
  if (isWritten("address") && !last.address && !adopts("address") && addressType)
    about.address = { type: addressType, address };
  if (isWritten("flexFlow") && !last.flexFlow && !adopts("flexFlow") && integrationType)
    about.flexFlow = { channelType, contactIdentity: address, integrationType };
  const which = handles && (await ifKnown(pulumi.output(handles.which)));
  if (which && handles.what === "number" && !last.number && !isHeld(last, "PhoneNumberHandler", which))
    about.number = which;
  if (which && handles.what === "sender" && !last.sender && !isHeld(last, "WhatsAppSender", which))
    about.senderSid = which;
  if (senderByHand && declared.messaging === "proxy" && isAddressEnabled(last)) about.senderByHand = address;
  const proxyServiceSid = await ifKnown(pulumi.output(declared.proxyServiceSid));
  return { ...about, ...(proxyServiceSid && { proxyServiceSid }) };
}

/** Whether another resource of this stack has taken it over: what is there is the stack's own then. */
const isHeld = (last: LastRun, kind: string, which: string): boolean =>
  last.all(kind).some(({ outputs }) => Object.values(outputs).includes(which));

/** What `adopt` of a channel says of one of its children. */
export function adoptOf<Adopt>(
  child: "address" | "flexFlow",
  messaging: Messaging,
  adopt: Adopt | undefined,
): Adopt | undefined {
  if (adopt === undefined || adopt === false) return undefined;
  if (typeof adopt === "string" && adopt !== "ifThere")
    return adopt.startsWith("FO") === (child === "flexFlow") ? adopt : undefined;
  // On the other paths it is the Flex Flow that `true` adopts.
  const isMeant = adopt === "ifThere" || (messaging === "conversations") === (child === "address");
  return isMeant ? adopt : undefined;
}

async function isThere(
  label: string,
  sid: string,
  { channel, name, messaging, adopt }: Declared,
  own: Former | undefined,
  ending: string,
): Promise<string> {
  const alias = own && aliasFor(own.urn, ending, await valueIn(channel.urn));
  if (alias)
    return `the ${label} ${sid} is there already: another channel of this program made it. If that was "${name}" under another name or in another place, give "${name}" aliases: [${alias}]`;
  const how = messaging === "moving" && adopt ? "ifThere" : sid;
  return `the ${label} ${sid} is there already; take it over with adopt: "${how}"`;
}

/** How a channel says that it once was the one with this child; undefined where the child was not of a channel. */
function aliasFor(child: string, ending: string, channel: string): string | undefined {
  const [urn, stack, chain = "", childName = ""] = child.split("::");
  const types = chain.split("$").slice(0, -1).join("$");
  if (!types.includes("twilio-flex:channels:") || !childName.endsWith(ending)) return undefined;
  const name = childName.slice(0, childName.length - ending.length);
  if (types === channel.split("::")[2]) return `{ name: "${name}" }`;
  return types.includes("$")
    ? `"${urn}::${stack}::${types}::${name}"`
    : `{ name: "${name}", parent: pulumi.rootStackResource }`;
}

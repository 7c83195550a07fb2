import * as pulumi from "@pulumi/pulumi";
import {
  configuration,
  credentialKeys,
  environment,
  locationKeys,
  ownerKey,
  refuseHalves,
  refuseIllFormed,
  refuseSubaccount,
  type SettingKey,
  settingKeys,
  subaccountKey,
} from "../twilio/settings";
import { messageOf } from "../values/errors";
import { nearest } from "../values/validate";
import { checkConfiguration } from "./configuration";
import { programError } from "./program";

/** Arguments of `TwilioProvider`. */
export interface TwilioProviderArgs {
  /**
   * SID of a subaccount (AC…), such as `sid` of a `Subaccount`. Its token is asked for with the credentials of the
   * parent, which must be account SID and auth token, at the first request; it is kept nowhere.
   */
  subaccountSid?: pulumi.Input<string>;
  /** SID of the account (AC…). Goes with `authToken`, or with `apiKey` and `apiSecret`. */
  accountSid?: pulumi.Input<string>;
  /** The account's auth token. Kept as a secret. */
  authToken?: pulumi.Input<string>;
  /** SID of an API key (SK…), with `apiSecret` instead of the auth token. */
  apiKey?: pulumi.Input<string>;
  /** The API key's secret. Kept as a secret. */
  apiSecret?: pulumi.Input<string>;
  /**
   * Region that holds the account's data, such as `ie1`. Goes with `edge`. Flex is in `us1` only, and so are Conversations
   * for SMS, WhatsApp and Messenger.
   */
  region?: pulumi.Input<string>;
  /** Edge location through which requests go, such as `dublin`. Goes with `region`; alone it leads to the region `us1`. */
  edge?: pulumi.Input<string>;
  /** Origin of an emulator or gateway, such as `http://127.0.0.1:4010`. Default: Twilio itself. */
  baseUrl?: pulumi.Input<string>;
  /** Requests in flight, from 1. Default 10. */
  maxConcurrency?: pulumi.Input<number>;
  /** Whether preview may ask the API: `online` or `offline`. Default online. */
  validate?: pulumi.Input<"online" | "offline">;
  /** After a killed run: lets creates take objects that equal the declaration as made by this stack. Default false. */
  recover?: pulumi.Input<boolean>;
}

/**
 * Credentials and settings of their own for some resources of a program: a second account, or another region. Pass it
 * as `{ provider }` to a resource or lookup, or as `{ providers: [provider] }` to a component for everything in it.
 *
 * Credentials are one set: where any of the four is given, all come from here, else all from the stack configuration.
 * Region and edge are a pair in the same way. The other settings are each taken from the stack configuration, or from
 * the environment, unless they are given here. Each provider is a process of its own.
 *
 * Errors: half a set of credentials, region without edge, ill-formed values. A provider that gets the credentials of
 * another account does not move its resources there: preview refuses.
 */
export class TwilioProvider extends pulumi.ProviderResource {
  constructor(name: string, args: TwilioProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    checkConfiguration();
    const inputs = inputsOf(name, args);
    super("pulumi-nodejs", name, inputs, opts);
    providers.set(this, { name, inputs: pulumi.output(inputs) });
  }
}

/** Settings by their key in stack configuration, which the provider's process reads them by. */
type Inputs = Record<string, pulumi.Input<string>>;

interface Known {
  readonly name: string;
  readonly inputs: pulumi.Output<Record<string, string>>;
}

const providers = new WeakMap<pulumi.ProviderResource, Known>();

/** What was given to a `TwilioProvider`, for lookups; undefined for any other provider. */
export const givenTo = (provider: pulumi.ProviderResource): Known | undefined => providers.get(provider);

function inputsOf(name: string, args: TwilioProviderArgs): Inputs {
  const own = ownOf(name, args);
  const together = (key: SettingKey) =>
    [credentialKeys, locationKeys].find((keys) => keys.some((member) => member === key)) ?? [key];
  const inputs: Inputs = credentialKeys.some((key) => key in own) ? { [ownerKey]: name } : {};
  if (args.subaccountSid) inputs[subaccountKey] = args.subaccountSid;
  for (const key of settingKeys) {
    const isOwn = together(key).some((member) => member in own);
    const value = isOwn ? own[key] : pulumi.runtime.getConfig(`twilio:${key}`);
    if (value) inputs[`twilio:${key}`] = secretKeys.has(key) ? pulumi.secret(value) : value;
  }
  return inputs;
}

const secretKeys: ReadonlySet<SettingKey> = new Set(["authToken", "apiSecret"]);

/** What the program gives. All that is wrong with it and can be known now is an error now. */
function ownOf(name: string, args: TwilioProviderArgs): { [Key in SettingKey]?: pulumi.Input<string> } {
  const given = new Map<string, Given>(
    Object.entries(args).filter(([, value]) => value !== undefined && value !== null && value !== ""),
  );
  const source = {
    name: `the TwilioProvider "${name}"`,
    stored: true,
    label: (key: SettingKey) => key,
    get: (key: SettingKey) => {
      const value = given.get(key);
      return value === undefined || isLater(value) ? undefined : String(value);
    },
  };
  const known = ["subaccountSid", ...settingKeys];
  const strange = [...given.keys()].filter((key) => !known.includes(key));
  if (strange.length > 0) {
    const near = strange.flatMap((key) => nearest(key, known) ?? []);
    const hint = near.length > 0 ? `did you mean ${near.join(", ")}?` : `known are ${known.join(", ")}`;
    throw programError(`${source.name}: ${strange.join(", ")}: no such argument; ${hint}`);
  }
  const { subaccountSid } = args;
  try {
    if (typeof subaccountSid === "string" && subaccountSid !== "") refuseSubaccount(subaccountSid);
    refuseHalves(source, (key) => given.has(key), [
      configuration((key) => pulumi.runtime.getConfig(key)),
      environment,
    ]);
    refuseIllFormed(source);
  } catch (error) {
    throw programError(messageOf(error));
  }
  const text = (key: SettingKey): pulumi.Input<string> =>
    source.get(key) ?? pulumi.output(given.get(key)).apply((value) => String(value ?? ""));
  return Object.fromEntries(settingKeys.filter((key) => given.has(key)).map((key) => [key, text(key)]));
}

type Given = pulumi.Input<string | number | boolean>;

const isLater = (value: unknown): boolean => pulumi.Output.isInstance(value) || value instanceof Promise;

import { Refusal } from "../values/errors";
import { holdsOutput, outputRefused } from "../values/outputs";
import { nearest } from "../values/validate";
import { atTwin, rehearsalVariable } from "./rehearsal";

/** The settings, as `twilio:<key>` in stack configuration and, in capitals, as `TWILIO_<KEY>` in the environment. */
export const settingKeys = [
  "accountSid",
  "authToken",
  "apiKey",
  "apiSecret",
  "region",
  "edge",
  "baseUrl",
  "maxConcurrency",
  "validate",
  "recover",
] as const;
export type SettingKey = (typeof settingKeys)[number];

/** Credentials are one set and region with edge one pair, never mixed from two places. The rest goes one by one. */
export const credentialKeys = ["accountSid", "authToken", "apiKey", "apiSecret"] as const;
export const locationKeys = ["region", "edge"] as const;

const keyPair = ["apiKey", "apiSecret"] as const;

/** A place that settings are looked up in. */
export interface Source {
  /** How messages call it. */
  readonly name: string;
  /** Whether the engine keeps what it finds there with the stack, and uses that when the program does not run. */
  readonly stored: boolean;
  /** How the key is written there. */
  readonly label: (key: SettingKey) => string;
  readonly get: (key: SettingKey) => string | undefined;
  /** The subaccount that a `TwilioProvider` is for. */
  readonly subaccountSid?: string | undefined;
}

export interface Settings {
  /** The account of the credentials. */
  readonly accountSid: string;
  /** The subaccount of it that is meant instead. Its token is asked for with the first request. */
  readonly subaccountSid: string | undefined;
  /** The account's own SID, or that of an API key. */
  readonly username: string;
  readonly password: string;
  /** The account's token, also where it is given beside an API key: some operations take nothing else. */
  readonly authToken: string | undefined;
  /** Where the credentials were found. */
  readonly source: Pick<Source, "name" | "stored">;
  /** "" when unset, because the SDK looks into the environment for what is undefined. */
  readonly region: string;
  readonly edge: string;
  readonly baseUrl: string | undefined;
  readonly maxConcurrency: number;
  readonly online: boolean;
  readonly recover: boolean;
}

export const emulatorAccount = "ACe0000000000000000000000000000001";

/** A variable of the environment. A blank one counts as not set. */
export const variable = (name: string): string | undefined => process.env[name] || undefined;

/** The whole environment, for a command that is run. */
export const variables = (): NodeJS.ProcessEnv => ({ ...process.env });

/** Whether this process works on a twin of the account. */
export const isRehearsal = (): boolean => variable(rehearsalVariable) !== undefined;

export const environment: Source = {
  name: "the environment",
  stored: false,
  label: (key) => `TWILIO_${key.replace(/[A-Z]/g, "_$&").toUpperCase()}`,
  get: (key) => variable(environment.label(key)),
};

/** The key by which a `TwilioProvider` tells its process that the credentials are its own, and its name. */
export const ownerKey = "twilio:provider";

/** The key by which a `TwilioProvider` tells its process which subaccount it is for. */
export const subaccountKey = "twilio:subaccountSid";

/** What reaches the provider process: the stack configuration, or the inputs of a `TwilioProvider`. */
export const configuration = (get: (key: string) => string | undefined, stored = true): Source => ({
  get name() {
    const owner = get(ownerKey);
    return owner ? `the TwilioProvider "${owner}"` : "the stack configuration";
  },
  stored,
  label: (key) => `twilio:${key}`,
  get: (key) => get(`twilio:${key}`) || undefined,
  get subaccountSid() {
    return get(subaccountKey) || undefined;
  },
});

type Given = (key: SettingKey) => boolean;

export function settingsFrom(sources: readonly Source[]): Settings {
  const giving = (keys: readonly SettingKey[]) =>
    sources.find((source) => keys.some((key) => source.get(key) !== undefined));
  const value = (key: SettingKey) => {
    const source = giving([key]);
    return source && wellFormed(source, key);
  };
  const credentials = credentialsFrom(giving(credentialKeys), sources);
  const location = giving(locationKeys);
  if (location) refuseHalfLocation(location, gives(location), without(sources, location));
  const baseUrl = value("baseUrl")?.replace(/\/$/, "");
  if (credentials.accountSid === emulatorAccount && baseUrl === undefined) {
    throw new Refusal(
      `${emulatorAccount} is the emulator's own account, and twilio:baseUrl does not name an emulator: set it, or use the credentials of a real account`,
    );
  }
  const subaccountSid = sources.find((source) => source.subaccountSid)?.subaccountSid;
  if (subaccountSid !== undefined) refuseSubaccount(subaccountSid, credentials.accountSid);
  const settings = {
    ...credentials,
    subaccountSid,
    // An edge alone leads to the first region: https://www.twilio.com/docs/global-infrastructure/using-regional-api-endpoints
    region: (location && (wellFormed(location, "region") ?? "us1")) ?? "",
    edge: (location && wellFormed(location, "edge")) ?? "",
    baseUrl,
    maxConcurrency: Number(value("maxConcurrency") ?? 10),
    online: value("validate") !== "offline",
    recover: value("recover") === "true",
  };
  const twin = variable(rehearsalVariable);
  return twin === undefined ? settings : atTwin(settings, twin);
}

export function refuseSubaccount(sid: string, parent?: string): void {
  const fault = faultOf("accountSid", sid);
  if (fault) throw new Refusal(`subaccountSid ${fault}`);
  if (sid === parent) throw new Refusal(`subaccountSid is ${sid}, the account of the credentials itself`);
}

const gives =
  (source: Source): Given =>
  (key) =>
    source.get(key) !== undefined;

function credentialsFrom(source: Source | undefined, sources: readonly Source[]) {
  if (!source) {
    throw new Refusal(
      `no Twilio credentials. Looked for ${sources.map(wantedFrom).join("; then ")}. Set them with: ${settingOf(sources)}`,
    );
  }
  refuseHalfCredentials(source, gives(source), without(sources, source));
  const accountSid = wellFormed(source, "accountSid") ?? "";
  const apiKey = wellFormed(source, "apiKey");
  return {
    accountSid,
    username: apiKey ?? accountSid,
    password: wellFormed(source, apiKey === undefined ? "authToken" : "apiSecret") ?? "",
    authToken: wellFormed(source, "authToken"),
    source: { name: source.name, stored: source.stored },
  };
}

/** The command that sets credentials where they are looked up first. */
const settingOf = ([first]: readonly Source[]): string =>
  first === environment
    ? `export ${environment.label("accountSid")}=<AC…> ${environment.label("authToken")}=<token>`
    : "pulumi config set twilio:accountSid <AC…>; pulumi config set --secret twilio:authToken <token>";

const wantedFrom = ({ name, label }: Source): string =>
  `${label("accountSid")} with ${label("authToken")}, or with ${label("apiKey")} and ${label("apiSecret")}, in ${name}`;

/**
 * Refuses a part of a set, or of a pair, that `given` shows, though the values may not be known yet. `others` are the
 * places that are not looked at, since this one gives something.
 */
export function refuseHalves(source: Source, given: Given, others: readonly Source[]): void {
  if (credentialKeys.some(given)) refuseHalfCredentials(source, given, others);
  if (locationKeys.some(given)) refuseHalfLocation(source, given, others);
}

function refuseHalfCredentials(source: Source, given: Given, others: readonly Source[]): void {
  const isKeyPair = given("apiKey") || given("apiSecret");
  const needed: SettingKey[] = ["accountSid", ...(isKeyPair ? keyPair : (["authToken"] as const))];
  const missing = needed.filter((key) => !given(key));
  if (missing.length === 0) return;
  throw new Refusal(
    `the Twilio credentials in ${source.name} are incomplete: ${missing.map(source.label).join(" and ")} missing there. They are one set and never mixed from two places: give ${wantedFrom(source)}${notLookedAt(missing, others)}`,
  );
}

/** A region alone has no host any more: https://www.twilio.com/en-us/changelog/deprecation-of-region-specific-twilio-api-domain-patterns */
function refuseHalfLocation(source: Source, given: Given, others: readonly Source[]): void {
  if (!given("region") || given("edge")) return;
  throw new Refusal(
    `${source.label("region")} and ${source.label("edge")} go together, such as ie1 with dublin; ${source.name} has only one of them${notLookedAt(["edge"], others)}`,
  );
}

/** The other half, where it is in a place that a whole would not be put together from. */
function notLookedAt(missing: readonly SettingKey[], others: readonly Source[]): string {
  const elsewhere = others.flatMap((other) => {
    const there = missing.filter(gives(other)).map(other.label);
    return there.length > 0 ? [`${there.join(" and ")} in ${other.name}`] : [];
  });
  return elsewhere.length > 0 ? `. Not looked at: ${elsewhere.join("; ")}` : "";
}

const without = (sources: readonly Source[], source: Source) => sources.filter((other) => other !== source);

/** The keys of the stack configuration that are settings but for a slip of the hand. Other packages may have keys there too. */
export const misspelt = (keys: readonly string[]): string[] =>
  keys.flatMap((key) => {
    const [, name = ""] = /^twilio:(.+)$/.exec(key) ?? [];
    const near = settingKeys.some((known) => known === name) ? undefined : nearest(name, settingKeys);
    return near
      ? [
          `${key} in the stack configuration is no setting; did you mean twilio:${near}? Take it away with: pulumi config rm ${key}`,
        ]
      : [];
  });

export function refuseMisspelt(keys: readonly string[]): void {
  const [problem] = misspelt(keys);
  if (problem) throw new Refusal(problem);
}

/** Refuses every value of this place that cannot be right wherever the others come from. */
export function refuseIllFormed(source: Source): void {
  for (const key of settingKeys) wellFormed(source, key);
}

function wellFormed(source: Source, key: SettingKey): string | undefined {
  const value = source.get(key);
  const fault = value === undefined ? undefined : faultOf(key, value);
  if (fault) throw new Refusal(`${source.label(key)} in ${source.name} ${fault}`);
  return value;
}

/** What is wrong with a value, as the end of a sentence. The value itself is not quoted: it may be a mistaken secret. */
function faultOf(key: SettingKey, value: string): string | undefined {
  if (holdsOutput(value)) return outputRefused;
  const must = (isSo: boolean, what: string) => (isSo ? undefined : `must be ${what}`);
  switch (key) {
    case "accountSid":
      return must(/^AC[0-9a-fA-F]{32}$/.test(value), "AC and 32 hexadecimal digits");
    case "apiKey":
      return must(/^SK[0-9a-fA-F]{32}$/.test(value), "SK and 32 hexadecimal digits");
    case "region":
      return must(isHostLabel(value), "the name of a region, such as ie1");
    case "edge":
      return must(isHostLabel(value), "the name of an edge location, such as dublin");
    case "baseUrl":
      return faultOfBase(value);
    case "maxConcurrency":
      return must(/^[1-9]\d{0,5}$/.test(value), "a whole number from 1");
    case "validate":
      return must(["online", "offline"].includes(value), "online or offline");
    case "recover":
      return must(["true", "false"].includes(value), "true or false");
    case "authToken":
    case "apiSecret":
      return undefined;
  }
}

/** They become part of the host that credentials are sent to. */
const isHostLabel = (text: string) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(text);

export const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

function faultOfBase(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/`) {
    return "must be the plain origin of an emulator or gateway, such as http://127.0.0.1:4010";
  }
  if (/(^|\.)twilio\.com$/i.test(url.hostname)) {
    return "must be the origin of an emulator or gateway; leave it out to reach Twilio itself";
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return `would send credentials in clear to ${url.host}; use https, or a loopback address`;
  }
  return undefined;
}

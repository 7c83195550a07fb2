import { Refusal } from "../core/errors";

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

/** A place that settings are looked up in. */
export interface Source {
  /** How messages call it. */
  readonly name: string;
  /** How the key is written there. */
  readonly label: (key: SettingKey) => string;
  readonly get: (key: SettingKey) => string | undefined;
}

export interface Settings {
  readonly accountSid: string;
  /** The account's own SID, or that of an API key. */
  readonly username: string;
  readonly password: string;
  /** Where the credentials were found. */
  readonly source: string;
  /** Both or neither; "" when unset, because the SDK looks into the environment for what is undefined. */
  readonly region: string;
  readonly edge: string;
  readonly baseUrl: string | undefined;
  readonly maxConcurrency: number;
  readonly online: boolean;
  readonly recover: boolean;
}

export const emulatorAccount = "ACe0000000000000000000000000000001";

export const environment: Source = {
  name: "the environment",
  label: (key) => `TWILIO_${key.replace(/[A-Z]/g, "_$&").toUpperCase()}`,
  get(key) {
    return process.env[this.label(key)] || undefined;
  },
};

export const configuration = (get: (key: string) => string | undefined): Source => ({
  name: "the stack configuration",
  label: (key) => `twilio:${key}`,
  get: (key) => get(`twilio:${key}`) || undefined,
});

/** Credentials are one set and region with edge one pair, never mixed from two places. The rest goes one by one. */
export function settingsFrom(sources: readonly Source[]): Settings {
  const single = (key: SettingKey) =>
    sources.map((source) => source.get(key)).find((value) => value !== undefined);
  const baseUrl = baseFrom(single("baseUrl"));
  const credentials = credentialsFrom(sources);
  if (credentials.accountSid === emulatorAccount && baseUrl === undefined) {
    throw new Refusal(
      `${emulatorAccount} is the emulator's own account, and twilio:baseUrl does not name an emulator: set it, or use the credentials of a real account`,
    );
  }
  return {
    ...credentials,
    ...placeFrom(sources),
    baseUrl,
    maxConcurrency: wholeFrom(single("maxConcurrency"), 10),
    online: oneOf("validate", single("validate"), ["online", "offline"], "online") === "online",
    recover: oneOf("recover", single("recover"), ["true", "false"], "false") === "true",
  };
}

function credentialsFrom(sources: readonly Source[]) {
  const keys = ["accountSid", "authToken", "apiKey", "apiSecret"] as const;
  const source = sources.find((place) => keys.some((key) => place.get(key) !== undefined));
  if (!source) throw new Refusal(`no Twilio credentials. ${wanted(sources)}`);
  const [accountSid, authToken, apiKey, apiSecret] = keys.map((key) => source.get(key));
  const isKeyPair = apiKey !== undefined || apiSecret !== undefined;
  const username = isKeyPair ? apiKey : accountSid;
  const password = isKeyPair ? apiSecret : authToken;
  if (!accountSid || !username || !password) {
    const missing = [
      ...(accountSid ? [] : ["accountSid" as const]),
      ...(isKeyPair ? (["apiKey", "apiSecret"] as const) : (["authToken"] as const)).filter(
        (key) => !source.get(key),
      ),
    ];
    throw new Refusal(
      `the Twilio credentials in ${source.name} are incomplete: ${missing.map(source.label).join(" and ")} missing there. They are one set and never mixed from two places. ${wanted(sources)}`,
    );
  }
  shaped(source, "accountSid", accountSid, /^AC[0-9a-fA-F]{32}$/, "AC and 32 hexadecimal digits");
  if (isKeyPair) shaped(source, "apiKey", username, /^SK[0-9a-fA-F]{32}$/, "SK and 32 hexadecimal digits");
  return { accountSid, username, password, source: source.name };
}

function shaped(source: Source, key: SettingKey, value: string, pattern: RegExp, form: string): void {
  if (!pattern.test(value))
    throw new Refusal(`${source.label(key)} in ${source.name} is not of the form ${form}`);
}

const wanted = (sources: readonly Source[]): string =>
  `Looked for ${sources
    .map(
      ({ name, label }) =>
        `${label("accountSid")} with ${label("authToken")}, or with ${label("apiKey")} and ${label("apiSecret")}, in ${name}`,
    )
    .join(
      "; then ",
    )}. Set them with: pulumi config set twilio:accountSid <AC…>; pulumi config set --secret twilio:authToken <token>`;

function placeFrom(sources: readonly Source[]): { region: string; edge: string } {
  const source = sources.find(
    (place) => place.get("region") !== undefined || place.get("edge") !== undefined,
  );
  const [region, edge] = [source?.get("region"), source?.get("edge")];
  if (source && (!region || !edge)) {
    throw new Refusal(
      `${source.label("region")} and ${source.label("edge")} go together, such as ie1 with dublin; ${source.name} has only one of them`,
    );
  }
  return { region: region ?? "", edge: edge ?? "" };
}

function baseFrom(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["http:", "https:"].includes(url.protocol) || url.username || url.search) {
    throw new Refusal(
      "twilio:baseUrl must be the plain origin of an emulator or gateway, such as http://127.0.0.1:4010",
    );
  }
  if (url.protocol === "http:" && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)) {
    throw new Refusal(
      `twilio:baseUrl: ${url.origin} would send credentials in clear; use https, or a loopback address`,
    );
  }
  return url.href.replace(/\/$/, "");
}

function wholeFrom(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new Refusal("twilio:maxConcurrency must be a whole number from 1");
  return value;
}

function oneOf<const Name extends string>(
  key: SettingKey,
  text: string | undefined,
  names: readonly Name[],
  otherwise: Name,
): Name {
  const found = names.find((name) => name === (text ?? otherwise));
  if (found === undefined) throw new Refusal(`twilio:${key} must be one of ${names.join(", ")}`);
  return found;
}

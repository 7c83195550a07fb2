import type { AccountSession } from "../life/life";
import { withoutUrls } from "../values/secrets";
import { type Settings, type Source, settingsFrom } from "./settings";
import { subaccountTokens } from "./subaccounts";

/** Everything a life cycle needs of one account. Nothing is loaded or sent before it is asked for. */
export function openSession(
  sources: readonly Source[],
  { warn, say }: Pick<AccountSession, "warn" | "say">,
): AccountSession {
  const settings = once(() => settingsFrom(sources));
  const connection = once(() => {
    const { connect }: typeof import("./client") = require("./client");
    return connect(settings());
  });
  return {
    get account() {
      const { subaccountSid, accountSid } = settings();
      return subaccountSid ?? accountSid;
    },
    get online() {
      return settings().online;
    },
    get isApiKey() {
      return settings().authToken === undefined;
    },
    get recover() {
      return settings().recover;
    },
    get api() {
      return connection().api;
    },
    get once() {
      return connection().once;
    },
    serverTime: (moment) => connection().serverTime(moment),
    redact: (text) => redact(text, settings()),
    warn: (text) => warn(redact(text, settings())),
    say: (text) => say(redact(text, settings())),
  };
}

/** Takes out credentials, and of every URL that is not Twilio's all but its origin: webhook URLs may carry secrets. */
export function redact(text: string, { password, authToken, username, accountSid }: Settings): string {
  const secrets = [
    password,
    ...(authToken === undefined ? [] : [authToken]),
    ...(username === accountSid ? [] : [username]),
    ...subaccountTokens.values(),
  ];
  const withoutSecrets = secrets.reduce((rest, secret) => rest.split(secret).join("***"), text);
  return withoutUrls(withoutSecrets);
}

function once<Result>(make: () => Result): () => Result {
  let made: { result: Result } | undefined;
  return () => {
    made ??= { result: make() };
    return made.result;
  };
}

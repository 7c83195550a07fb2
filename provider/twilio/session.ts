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
  return withoutUrls(secrets.reduce(without, text));
}

/** The emulator's own token is also the end of its SIDs, which are no secret. */
const without = (text: string, secret: string): string =>
  text
    .split(secret)
    .reduce((before, after) =>
      isSidStart.test(before) && isHex.test(secret) ? `${before}${secret}${after}` : `${before}***${after}`,
    );

const isSidStart = /(^|[^A-Za-z0-9])[A-Z]{2}$/;
const isHex = /^[0-9a-f]{32}$/;

function once<Result>(make: () => Result): () => Result {
  let made: { result: Result } | undefined;
  return () => {
    made ??= { result: make() };
    return made.result;
  };
}

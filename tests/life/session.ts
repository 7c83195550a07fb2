import type { Session } from "../../provider/life/life";
import { Run } from "../../provider/life/run";
import { openSession } from "../../provider/twilio/session";
import type { SettingKey } from "../../provider/twilio/settings";

/** A session of a process of its own whose requests go nowhere: what is tested with it answers by itself. A setting that is blank is not given. */
export function sessionOn(
  accountSid: string,
  settings: Partial<Record<SettingKey, string>>,
  warn: (text: string) => void,
  say: (text: string) => void = () => {},
): Session {
  const given: Partial<Record<SettingKey, string>> = {
    accountSid,
    authToken: "the-token",
    baseUrl: "http://127.0.0.1:1",
    ...settings,
  };
  const source = {
    name: "the test",
    label: (key: string) => key,
    stored: false,
    get: (key: SettingKey) => given[key] || undefined,
  };
  return Object.assign(openSession([source], { warn, say }), { run: new Run() });
}

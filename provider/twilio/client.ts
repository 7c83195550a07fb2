import { Twilio } from "twilio";
import { Requests, ServerClock } from "./requests";
import type { Settings } from "./settings";

/** Loading this module loads the SDK, which takes a while: it is loaded when the first request is due. */
export function connect(settings: Settings) {
  const clock = new ServerClock();
  const client = (repeatable: boolean) =>
    new Twilio(settings.username, settings.password, {
      accountSid: settings.subaccountSid ?? settings.accountSid,
      region: settings.region,
      edge: settings.edge,
      // The SDK would print requests, bodies included, where TWILIO_LOG_LEVEL asks for it.
      logLevel: "none",
      httpClient: new Requests(settings, clock, repeatable),
    });
  return { api: client(true), once: client(false), serverTime: (moment: Date) => clock.at(moment) };
}

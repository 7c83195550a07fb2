import { programError } from "../core/program";
import { e164 } from "../twilio/fields";

/** Refuses what is no number, where the program shows it. Outputs are checked by the resources that they reach. */
export function refuseNumber(channel: string, key: string, value: unknown): void {
  if (typeof value !== "string" || e164().safeParse(value).success) return;
  throw programError(
    `${channel}: ${key}: got ${JSON.stringify(value)}; give a phone number in E.164 form, such as +15017122661`,
  );
}

import { setTimeout as pause } from "node:timers/promises";
import type { Twilio } from "twilio";
import type { ServiceContext } from "twilio/lib/rest/messaging/v1/service";
import type { Elsewhere } from "../life/definition";
import { parentIn } from "../life/frame";
import { sid } from "../twilio/fields";
import { ApiError, Refusal } from "../values/errors";
import { messagingServices } from "./messagingServices";

/** "Already in this Messaging Service": https://www.twilio.com/docs/api/errors/21710 */
export const isMemberAlready = 21710;

/** "In another Messaging Service", which the answer does not name: https://www.twilio.com/docs/api/errors/21712 */
const isMemberElsewhere = 21712;

/** "Number registration failed due to conflict." It is no duplicate: two joins at the same time, of which Twilio carries out one. */
const isRace = 20409;

const attempts = 5;

/** Joins a service, and tries again where another join was in the way. */
export async function joining<Member>(join: () => Promise<Member>): Promise<Member> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await join();
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== isRace) throw error;
      if (attempt === attempts)
        throw new Refusal(
          `${error.message}. Another sender joined a Messaging Service at the same time, in ${attempts} tries; run it again`,
        );
      await pause(250 * 2 ** attempt);
    }
  }
}

/** The SID of the service that a sender joins. */
export const serviceSid = () => sid("MG", "a Messaging Service");

/** The service in the id of one of its members. */
export const serviceIn = (twilio: Twilio, id: string): ServiceContext =>
  twilio.messaging.v1.services(parentIn(id));

/** A sender is in one service only. */
export const inAnotherService: Elsewhere = {
  code: isMemberElsewhere,
  parents: messagingServices,
  says: (where = "another one of the account") =>
    `It is in the Messaging Service ${where}, and a sender is in one service only: take it out there first. Where this stack has put it there, change serviceSid of that resource instead of declaring a new one`,
};

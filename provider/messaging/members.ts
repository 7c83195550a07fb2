import type { Twilio } from "twilio";
import type { ServiceContext } from "twilio/lib/rest/messaging/v1/service";
import { parentIn } from "../life/frame";
import { sid } from "../twilio/fields";
import { unlessGone } from "../values/errors";

/** "Already in this Messaging Service": https://www.twilio.com/docs/api/errors/21710 */
export const isMemberAlready = 21710;

/** "In another Messaging Service", which the answer does not name: https://www.twilio.com/docs/api/errors/21712 */
const isMemberElsewhere = 21712;

/** The SID of the service that a sender joins. */
export const serviceSid = () => sid("MG", "a Messaging Service");

/** The service in the id of one of its members. */
export const serviceIn = (twilio: Twilio, id: string): ServiceContext =>
  twilio.messaging.v1.services(parentIn(id));

/** Names the service that a refused sender is in. `find` looks for it in one service. */
export async function whereItIs(
  twilio: Twilio,
  code: number,
  find: (service: ServiceContext) => Promise<unknown>,
): Promise<string | undefined> {
  if (code !== isMemberElsewhere) return undefined;
  const { services } = twilio.messaging.v1;
  const looked = await Promise.all(
    (await services.list()).map(async (service) => {
      const member = await unlessGone(find(services(service.sid)));
      return member === undefined ? [] : [`${service.sid} (${service.friendlyName})`];
    }),
  );
  const [where = "another one of the account"] = looked.flat();
  return `It is in the Messaging Service ${where}, and a sender is in one service only: take it out there first. Where this stack has put it there, change serviceSid of that resource instead of declaring a new one`;
}

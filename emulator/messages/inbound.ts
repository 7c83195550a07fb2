import { Ajv } from "ajv";
import {
  addressOn,
  type Channel,
  channelOf,
  channels,
  type RouteOptions,
  routeOf,
  routesOf,
  type ShownRoute,
  shown,
} from "../../provider/routing";
import type { Account, State } from "../account/state";
import { lookUp } from "../api/call";
import { type Clock, isoDate, newSid, type Random } from "../api/clock";
import { Arrival } from "./arrival";
import { liveAt } from "./live";
import { snapshotOf } from "./snapshot";
import type { WebhookCaller } from "./webhooks";

/** What `POST /_emulator/inbound` takes. */
interface Given {
  /** Default: the account that has this address, or else the first one. */
  account?: string;
  channel: string;
  from: string;
  to: string;
  body?: string;
}

const text = { type: "string", minLength: 1, maxLength: 256 };

const isGiven = new Ajv().compile<Given>({
  type: "object",
  required: ["channel", "from", "to"],
  additionalProperties: false,
  properties: {
    account: text,
    channel: text,
    from: text,
    to: text,
    body: { type: "string", maxLength: 1600 },
  },
});

export interface InboundOptions extends Pick<RouteOptions, "handlerWithAddress"> {
  state: State;
  webhooks: WebhookCaller;
  clock: Clock;
  random: Random;
}

/** The way of a message as it went, with the SIDs of what it made. */
export interface InboundAnswer extends ShownRoute {
  from: string;
}

/** Lets a message arrive. A text in its place says why it cannot. */
export async function inbound(given: unknown, options: InboundOptions): Promise<InboundAnswer | string> {
  if (!isGiven(given)) {
    const error = isGiven.errors?.[0];
    const where = `${error?.instancePath || "/"} ${error?.message}`;
    return `This is no message: ${where}. It has channel, from, to, and perhaps body and account`;
  }
  const channel = channelOf(given.channel);
  if (!channel) return `There is no channel ${given.channel}. Known are ${channels.join(", ")}`;
  const account = accountOf(options.state, given, channel);
  if (!account) return `There is no active account ${given.account ?? "here"}`;

  const from = addressOn(channel, given.from);
  const message = { channel, from, to: addressOn(channel, given.to), body: given.body ?? "" };
  const time = options.clock();
  const live = liveAt(account, message, isoDate(time));
  const { handlerWithAddress } = options;
  const route = routeOf(snapshotOf(account), channel, message.to, { live, handlerWithAddress });
  const arrival = new Arrival(message, {
    account,
    now: isoDate(time),
    sid: (prefix) => newSid(prefix, options.random),
  });
  const gone = route.ways.map((way) => arrival.go(way));
  const ways = await Promise.all(
    gone.map(async (way) => {
      const call = arrival.callOf(way);
      return call ? { ...way, end: await options.webhooks.call(call) } : way;
    }),
  );
  return { ...shown(account.sid, { ...route, ways }), from };
}

function accountOf(
  { accounts }: State,
  { account: wanted, to }: Given,
  channel: Channel,
): Account | undefined {
  const active = Object.values(accounts).filter(({ status }) => status === "active");
  if (wanted !== undefined) return active.find(({ sid }) => sid === wanted);
  return active.find((account) => knows(account, channel, to)) ?? active[0];
}

const knows = (account: Account, channel: Channel, to: string) =>
  lookUp(account.flexFlows, to) !== undefined ||
  // A number that does nothing with calls has no route of them.
  (channel === "voice" &&
    Object.values(account.phoneNumbers).some(({ phone_number }) => phone_number === to)) ||
  routesOf(snapshotOf(account)).some(
    (route) => route.channel === channel && route.address === addressOn(channel, to),
  );

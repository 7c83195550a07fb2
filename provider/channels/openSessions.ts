import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { AccountSession } from "../life/life";
import { findFlexProxyService } from "../lookups/flexProxyService";
import { defineLookup, lookUpOutput } from "../lookups/lookup";
import { ifKnown, isUnitTest } from "../program/program";
import { sid, text } from "../twilio/fields";
import { ApiError, Refusal } from "../values/errors";

/** Preview should end soon: no more sessions are looked at, and of no more open ones, a request each, who is in them. */
const most = { sessions: 2000, open: 200 };

/**
 * Warns in preview, before a move, of the customers who are in an open Proxy session of this address. Silent where there
 * are none, and where that cannot be known, such as by a key that may not read sessions.
 */
export async function warnOfSessions(
  channel: string,
  address: pulumi.Input<string>,
  proxyServiceSid: pulumi.Input<string> | undefined,
  parent: pulumi.Resource,
): Promise<void> {
  if (!pulumi.runtime.isDryRun() || isUnitTest()) return;
  const asked = lookUpOutput(openSessions, pulumi.output({ address, proxyServiceSid }), { parent });
  const open = await ifKnown(asked);
  if (!open?.count) return;
  const those = open.count === 1 ? "Proxy session is" : "Proxy sessions are";
  await pulumi.log.warn(
    `${channel}: ${open.isAll ? "" : "at least "}${open.count} ${those} open at ${open.address}. What these customers write after the move begins a new conversation, and the agents of their chats do not see it: wait until the chats have ended, or go on`,
    parent,
  );
}

const openSessions = defineLookup<{ address: string; proxyServiceSid?: string }>()("open Proxy sessions", {
  args: z.strictObject({ address: text(256), proxyServiceSid: sid("KS", "a Proxy service").optional() }),
  async ask(session, { address, proxyServiceSid }) {
    if (!session.online) return undefined;
    try {
      const service = proxyServiceSid ?? (await findFlexProxyService(session)).sid;
      return { address, ...(await countOpen(session, service, address)) };
    } catch (error) {
      if (error instanceof ApiError || error instanceof Refusal) return undefined;
      throw error;
    }
  },
});

/** @see https://www.twilio.com/docs/proxy/api/session */
async function countOpen({ api }: AccountSession, serviceSid: string, address: string) {
  const service = api.proxy.v1.services(serviceSid);
  const sessions = await service.sessions.list({ pageSize: 1000, limit: most.sessions });
  const open = sessions.filter(({ status }) => status === "open" || status === "in-progress");
  const ofAddress = await Promise.all(
    open.slice(0, most.open).map(async ({ sid }) => {
      const participants = await service.sessions(sid).participants.list();
      return participants.some(({ proxyIdentifier }) => proxyIdentifier === address);
    }),
  );
  const isAll = sessions.length < most.sessions && open.length <= most.open;
  return { count: ofAddress.filter(Boolean).length, isAll };
}

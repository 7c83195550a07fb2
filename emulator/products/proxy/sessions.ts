import { isObject, parseJson } from "../../api/body";
import type { Call, Family } from "../../api/call";
import { invalidParameter, TwilioError } from "../../api/errors";
import { Params } from "../../api/params";
import { joined, refuseConflict } from "./joining";
import { newProxySession, type ProxyParticipant, type ProxyService, type ProxySession } from "./records";
import {
  participantsOf,
  proxyServiceOf,
  proxySessionOf,
  refuseClosed,
  removeProxySession,
  sessionAt,
  sessionsOf,
} from "./relations";

export const proxySessions: Family = {
  document: "proxy_v1",
  operations: {
    CreateSession(call) {
      const { params, account } = call;
      const service = proxyServiceOf(call, "ServiceSid");
      const blank = newProxySession(call, service);
      const session: ProxySession = {
        ...blank,
        ...endOf(call, blank),
        unique_name: uniqueNameOf(call, service),
        status: params.text("Status") || blank.status,
        mode: params.text("Mode") || blank.mode,
      };
      const participants: ProxyParticipant[] = [];
      for (const wanted of wantedParticipants(params)) {
        participants.push(joined(call, service, session, participants, wanted));
      }
      account.proxySessions[session.sid] = session;
      for (const participant of participants) account.proxyParticipants[participant.sid] = participant;
      return shown(call, session);
    },

    ListSession(call) {
      const sessions = sessionsOf(call, proxyServiceOf(call, "ServiceSid"));
      return call.list("sessions", sessions, (session) => shown(call, session));
    },

    FetchSession: (call) => shown(call, proxySessionOf(call, "Sid")),

    UpdateSession(call) {
      const was = sessionAt(proxySessionOf(call, "Sid"), call.now);
      const session: ProxySession = {
        ...was,
        ...endOf(call, was),
        ...statusOf(call, was),
        date_updated: call.now,
      };
      call.account.proxySessions[session.sid] = session;
      return shown(call, session);
    },

    DeleteSession(call) {
      removeProxySession(call.account, proxySessionOf(call, "Sid"));
      return undefined;
    },
  },
};

function uniqueNameOf(call: Call, service: ProxyService): string | null {
  const name = call.params.text("UniqueName") || null;
  if (name === null) return null;
  if (name.length > 191) throw invalidParameter("UniqueName", "must be at most 191 characters");
  const other = sessionsOf(call, service).find(({ unique_name }) => unique_name === name);
  if (other) throw new TwilioError(400, 80603, `UniqueName ${name} is taken by ${other.sid}`);
  return name;
}

function endOf({ params }: Call, was: ProxySession): Pick<ProxySession, "ttl" | "date_expiry"> {
  const ttl = params.number("Ttl") ?? was.ttl;
  if (ttl < 0) throw invalidParameter("Ttl", "must not be negative");
  return { ttl, date_expiry: params.has("DateExpiry") ? params.date("DateExpiry") : was.date_expiry };
}

/**
 * Sessions can be closed, and closed ones opened again but not changed otherwise.
 * @see https://www.twilio.com/docs/api/errors/80608
 */
function statusOf(call: Call, was: ProxySession) {
  const status = call.params.text("Status") || was.status;
  if (status !== "in-progress") refuseClosed(was, call.now);
  if (status === was.status) return {};
  if (status === "closed") return { status, closed_reason: "requested", date_ended: call.now };
  if (status !== "in-progress")
    throw new TwilioError(400, 80608, `A session cannot go from ${was.status} to ${status}`);
  // An open one holds its pairs already.
  if (was.status !== "open") {
    for (const participant of participantsOf(call.account, was)) {
      if (participant.date_deleted === null) refuseConflict(call.account, participant, call.now);
    }
  }
  return { status, closed_reason: "", date_ended: null };
}

/** Participants come as JSON: one object in each parameter, or a list of them in one. */
function wantedParticipants(params: Params): Params[] {
  const wanted = params.list("Participants") ?? [];
  return wanted.flatMap((text) => {
    const items = [parseJson(text)?.value].flat();
    return items.map((item) => {
      if (!isObject(item)) throw invalidParameter("Participants", "must be JSON objects");
      return new Params(item);
    });
  });
}

function shown(call: Call, session: ProxySession) {
  const url = `https://proxy.twilio.com/v1/Services/${session.service_sid}/Sessions/${session.sid}`;
  const links = { interactions: `${url}/Interactions`, participants: `${url}/Participants` };
  return { ...sessionAt(session, call.now), url, links };
}

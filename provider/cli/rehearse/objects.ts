import { isRecord } from "../../values/values";
import type { TwinRequest } from "../emulator";
import type { Write } from "./rehearsal";

/** What people call an object, by the first two letters of its SID. */
const kinds: Record<string, string> = {
  AC: "account",
  AI: "alpha sender",
  AP: "TwiML application",
  FO: "Flex Flow",
  FW: "Studio flow",
  IG: "address configuration",
  IS: "conversation service",
  KS: "Proxy service",
  MG: "Messaging Service",
  PN: "number",
  SC: "short code",
  TC: "task channel",
  WA: "activity",
  WK: "worker",
  WQ: "task queue",
  WS: "workspace",
  WW: "workflow",
  XE: "sender",
};

const nameKeys = ["friendly_name", "unique_name", "phone_number", "short_code", "sender_id", "alpha_sender"];

/** Knows what objects are called, also those that a request has just deleted. */
export class Objects {
  readonly #names = new Map<string, string>();

  /** All objects of the accounts at the start. */
  constructor(accounts: Record<string, unknown>) {
    for (const [sid, account] of Object.entries(accounts)) {
      this.#learn(sid, account);
      for (const kept of Object.values(isRecord(account) ? account : {}))
        for (const [key, one] of Object.entries(isRecord(kept) ? kept : {})) this.#learn(key, one);
    }
  }

  /** What a request is about. */
  of({ path, operationId, params }: TwinRequest, answer: Record<string, unknown>): Write["object"] {
    const sids = path.match(/\b[A-Z]{2}[0-9a-f]{32}\b/gi) ?? [];
    const last =
      path
        .replace(/\.json$/, "")
        .split("/")
        .at(-1) ?? "";
    const own = typeof answer.sid === "string" ? answer.sid : sids.find((sid) => sid === last);
    // A membership is created with the SID of the member, or with a name.
    const sid = own ?? Object.values(params).find(isSid);
    if (sid === undefined || (own === undefined && answer.sid === undefined && !isList(operationId))) {
      const parent = sids.filter((one) => !one.startsWith("AC")).at(-1);
      const words = wordsOf(operationId ?? last);
      return { kind: words, sid: null, name: parent === undefined ? "" : this.#nameOf(parent) };
    }
    this.#learn(sid, answer);
    return { kind: kinds[sid.slice(0, 2)] ?? wordsOf(operationId ?? last), sid, name: this.#nameOf(sid) };
  }

  #learn(sid: string, record: unknown): void {
    if (!isRecord(record)) return;
    const named = [record.address, ...nameKeys.map((key) => record[key])];
    const number = record.phone_number;
    const name = [number, ...named].find((one) => typeof one === "string" && one !== "");
    if (typeof name === "string") this.#names.set(sid, name);
  }

  #nameOf(sid: string): string {
    return this.#names.get(sid) ?? sid;
  }
}

const isSid = (value: unknown): value is string =>
  typeof value === "string" && /^[A-Z]{2}[0-9a-f]{32}$/i.test(value);

/** Creates are on the path of a list. */
const isList = (operationId: string | null): boolean => operationId?.startsWith("Create") ?? false;

/** `UpdateServiceConfiguration` → `service configuration`. */
const wordsOf = (operation: string): string =>
  operation
    .replace(/^(Create|Update|Delete)/, "")
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toLowerCase();

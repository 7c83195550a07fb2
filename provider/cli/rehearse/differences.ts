import { isRecord } from "../../values/values";

/** What differs between two states of the twin, object by object. Dates that a write leaves do not count. */
export function differences(before: unknown, after: unknown): string[] {
  const [was, is] = [objectsIn(before), objectsIn(after)];
  return [
    ...[...was].flatMap(([key, one]) => {
      const now = is.get(key);
      if (now === undefined) return [`${labelOf(key, one)} is gone`];
      const keys = differing(one, now);
      return keys.length > 0 ? [`${labelOf(key, now)} differs in ${keys.join(", ")}`] : [];
    }),
    ...[...is].flatMap(([key, one]) => (was.has(key) ? [] : [`${labelOf(key, one)} is left`])),
  ];
}

/** By account, collection and SID; what an account has once, by account and name. */
function objectsIn(accounts: unknown): Map<string, unknown> {
  return new Map(
    entriesOf(accounts).flatMap(([sid, account]) =>
      entriesOf(account).flatMap(([name, kept]): [string, unknown][] =>
        isCollection(kept)
          ? entriesOf(kept).map(([key, one]) => [`${sid} ${name} ${key}`, one])
          : [[`${sid} ${name}`, kept]],
      ),
    ),
  );
}

const isCollection = (kept: unknown): boolean =>
  isRecord(kept) && Object.keys(kept).every((key) => /^[A-Z]{2}[0-9a-f]{32}$/i.test(key));

function labelOf(key: string, one: unknown): string {
  const [account, kind = "", sid] = key.split(" ");
  const words = kind.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  if (sid === undefined) return `${words} of ${account}`;
  const { revisions }: Record<string, unknown> = isRecord(one) ? one : {};
  const named = Array.isArray(revisions) ? revisions.at(-1) : one;
  const name = entriesOf(named).find(
    ([field, value]) => nameFields.has(field) && typeof value === "string",
  )?.[1];
  return `${words}: ${name ?? sid} (${sid})`;
}

const nameFields = new Set(["friendly_name", "unique_name", "phone_number", "address", "sender_id"]);

function differing(one: unknown, other: unknown): string[] {
  if (!isRecord(one) || !isRecord(other)) return textOf(one) === textOf(other) ? [] : ["its value"];
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return keys.filter((key) => textOf({ [key]: one[key] }) !== textOf({ [key]: other[key] }));
}

/** Dates, and what numbers the revisions of a flow, of which the latest counts. */
const isOfWriting = (key: string): boolean => /^(date_.*|revision|commit_message)$/.test(key);

const textOf = (value: unknown): string =>
  JSON.stringify(value, (key, inner: unknown) => {
    if (isOfWriting(key)) return undefined;
    return key === "revisions" && Array.isArray(inner) ? inner.at(-1) : inner;
  });

const entriesOf = (value: unknown): [string, unknown][] => Object.entries(isRecord(value) ? value : {});

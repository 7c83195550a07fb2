import { foldedInto } from "./folded";
import type { Item } from "./inventory";
import { types } from "./kinds";
import { quoted } from "./literals";
import { notWanted, type Plan } from "./plan";
import type { Sources } from "./sources";

/** How many objects a note names. */
const few = 5;

const noClasses =
  "Functions, Sync, SIP trunks, addresses, regulatory bundles, chat roles, API keys and other kinds that this package has no class for are not read.";

/** What is in no program, and why: a line each. */
export function notesOf(
  { account, leftOut, lookedUp, unsaid, unread, declared }: Plan,
  { strangers, early }: Pick<Sources, "strangers" | "early">,
): string[] {
  const groups = new Map<string, string[]>();
  const add = (text: string, name: string) => groups.set(text, [...(groups.get(text) ?? []), name]);
  const nameOf = ({ id, called }: Item) => (id === account ? "" : called || id);
  const made = [...new Set(lookedUp.map(({ type }) => type))].map(
    (type) => `${type} ${listed(lookedUp.filter((one) => one.type === type).map(nameOf))}`,
  );
  for (const { item, why } of leftOut)
    if (why !== notWanted) add(`${item.type}: ${plain(why)}`, nameOf(item));
  for (const { item, argument, why } of unsaid)
    add(`${item.type}.${argument} stays as it is: ${plain(why)}`, nameOf(item));
  for (const { item, sid } of strangers)
    add(`${sid} stays in definitions of flows, and means nothing in another account`, nameOf(item));
  for (const place of early) add("Keep the SID of what this program declares only further down", place);
  const subaccounts = declared.filter(({ type }) => type === "Subaccount");
  return [
    ...unread.map(({ type, reason }) => `${type}: could not be read: ${plain(reason)}`),
    ...(made.length > 0
      ? [`Made by Twilio, and looked up only where something refers to it: ${made.join("; ")}`]
      : []),
    ...[...groups].map(([text, names]) => [text, listed(names)].filter(Boolean).join(": ")),
    ...subaccounts.map(
      ({ id }) =>
        `What is in the subaccount ${id} is not read. Run the same command with its credentials: TWILIO_ACCOUNT_SID=${id} and its auth token`,
    ),
    noClasses,
  ];
}

const plain = (text: string) => text.replace(/\s+/g, " ").trim();

function listed(names: readonly string[]): string {
  const shown = names.filter(Boolean).slice(0, few).map(quoted).join(", ");
  return names.length > few ? `${shown} and ${names.length - few} more` : shown;
}

/** How many of each kind were found, and what became of them. */
export function tableOf({ declared, channels, lookedUp, leftOut, unread }: Plan): string {
  const count = (items: readonly { type: string }[], type: string) =>
    items.filter((item) => item.type === type).length;
  const rows = types.flatMap((type) => {
    const others = leftOut.filter(({ item }) => item.type === type);
    const isUnread = unread.some((one) => one.type === type);
    const folded = channels.flatMap(foldedInto);
    const [written, looked] = [count([...declared, ...folded], type), count(lookedUp, type)];
    const found = written + looked + others.length;
    if (found === 0 && !isUnread) return [];
    const why = [
      ...(isUnread ? ["could not be read, or not all of it"] : []),
      ...(count(folded, type) > 0 ? [`${count(folded, type)} as channels of inboundChannels`] : []),
      ...new Set(others.map(({ why }) => plain(why))),
    ];
    return [[type, found, written, looked, others.length, why.join("; ")].map(String)];
  });
  const head = ["kind", "found", "written", "looked up", "left out", "why"];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: string[]) =>
    row
      .map((cell, column) =>
        column === 0 || column === 5 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [head, ...rows].map(line).join("\n");
}

import type { ShownRoute } from "../../routing";
import { block, called, count, problemLines, reachedBy } from "../report";
import type { Paint } from "../terminal";
import type { Failure, Gap, Rehearsal, RouteChange, Sent, Write } from "./rehearsal";

/** A rehearsal for people to read. */
export function rehearsalText(rehearsal: Rehearsal, paint: Paint): string {
  const { routes, problems, writes, gaps, second, back, messages, notes } = rehearsal;
  const changed = routes.filter(({ change }) => change !== "same");
  const sections = [
    paint("bold", headline(rehearsal)),
    ...failureLines(rehearsal.failures, paint),
    ...changed.map((one) => changeText(one, paint)),
    sameText(routes.length - changed.length, changed.length),
    ...problemTexts(problems, paint),
    list(`Writes, in order (${writes.length})`, writes.map(writeText)),
    gapText(gaps),
    ...messages.map(sentText),
    ...(second === undefined ? [] : [secondText(second)]),
    ...(back === undefined ? [] : [backText(back)]),
    list("Notes", notes),
  ];
  return withoutMade(sections.filter(Boolean).join("\n\n"), rehearsal.made);
}

/** Such as "up of the stack dev finishes on the twin of AC…: 3 of 5 routes change". */
export function headline({ stack, account, outcome, routes }: Rehearsal): string {
  const changes = routes.filter(({ change }) => change !== "same").length;
  const worse = routes.filter(({ isWorse }) => isWorse).length;
  const ends = outcome === "done" ? "finishes" : "fails";
  const isWorse = worse > 0 ? `, ${worse} of them for the worse` : "";
  const of = count(routes.length, "route");
  return `up of the stack ${stack} ${ends} on the twin of ${account}: ${changes} of ${of} change${isWorse}`;
}

/** The account will have other SIDs than the twin has made up. */
export const withoutMade = (text: string, made: readonly string[]): string =>
  made.reduce((rest, sid) => rest.replaceAll(sid, "new"), text);

export const failureText = ({ resource, message }: Failure): string =>
  resource === undefined ? message : `${resource}: ${message}`;

const failureLines = (failures: Failure[], paint: Paint): string[] =>
  failures.length > 0 ? [failures.map((one) => paint("red", `failed: ${failureText(one)}`)).join("\n")] : [];

function changeText({ before, after, change, isWorse }: RouteChange, paint: Paint): string {
  const route = after ?? before;
  if (route === undefined) return "";
  const title = `${called(route)} ${fromTo({ before, after })}${isWorse ? ", which is worse" : ""}`;
  return [
    paint(isWorse ? "red" : "bold", title),
    ...(change === "new" || before === undefined ? [] : ["  before:", indented(body(before, paint))]),
    ...(change === "gone" || after === undefined ? [] : ["  after:", indented(body(after, paint))]),
  ].join("\n");
}

/** Such as "reaches agents → a webhook". */
export function fromTo({ before, after }: Pick<RouteChange, "before" | "after">): string {
  if (before === undefined) return `is new and reaches ${after ? reachedBy(after) : "nobody"}`;
  if (after === undefined) return `is gone; it reaches ${reachedBy(before)} now`;
  const [was, will] = [reachedBy(before), reachedBy(after)];
  return was === will ? `reaches ${was} another way` : `reaches ${was} now, and ${will} then`;
}

/** A route without its first line, which names it. */
const body = (route: ShownRoute, paint: Paint): string => block(route, paint).split("\n").slice(1).join("\n");

const indented = (text: string): string => text.replace(/^/gm, "  ");

function sameText(same: number, changed: number): string {
  if (same === 0) return "";
  const stays = same === 1 ? "stays as it is" : "stay as they are";
  return changed === 0 ? `${count(same, "route")} ${stays}` : `${count(same, "other route")} ${stays}`;
}

const problemTexts = (problems: Rehearsal["problems"], paint: Paint): string[] =>
  [
    ["Problems that go", problems.gone],
    ["Problems that come", problems.new],
    ["Problems that stay", problems.stayed],
  ].flatMap(([title, some]) =>
    typeof title === "string" && Array.isArray(some) && some.length > 0
      ? [[title, ...some.flatMap((one) => [`  ${called(one)}`, ...problemLines(one, paint)])].join("\n")]
      : [],
  );

const list = (title: string, items: string[]): string =>
  items.length > 0 ? [`${title}:`, ...items.map((item, index) => `  ${index + 1}. ${item}`)].join("\n") : "";

/** Such as "POST number +15017122661 (PN…): SmsUrl". */
export function writeText({ method, object, sets, status }: Write): string {
  const sid = object.sid === null || object.sid === object.name ? "" : ` (${object.sid})`;
  const name = object.name === "" ? "" : ` ${object.name}`;
  const refused = status >= 400 ? `, refused with HTTP ${status}` : "";
  return `${method} ${object.kind}${name}${sid}${sets.length > 0 ? `: ${sets.join(", ")}` : ""}${refused}`;
}

export function gapText(gaps: Gap[]): string {
  if (gaps.length === 0) return "On the way no address is without an answer, and none is answered twice";
  const lines = gaps.map(({ kind, from, writes, ...address }) => {
    const what = kind === "unrouted" ? "is answered by nobody" : "is answered twice";
    return `  ${called(address)} ${what} after write ${from}, until write ${from + writes}`;
  });
  return ["On the way:", ...lines].join("\n");
}

function sentText({ before, after, ...address }: Sent): string {
  const ends = (route: ShownRoute | string) =>
    typeof route === "string" ? route : `it reaches ${reachedBy(route)}`;
  return `A message to ${called(address)}\n  before: ${ends(before)}\n  after: ${ends(after)}`;
}

export function secondText({ writes, failures }: NonNullable<Rehearsal["second"]>): string {
  if (writes.length === 0 && failures.length === 0) return "A second up changes nothing";
  return list("A second up should change nothing, and does", [
    ...failures.map(failureText),
    ...writes.map(writeText),
  ]);
}

export function backText({ failures, differences, writes, isMore }: NonNullable<Rehearsal["back"]>): string {
  const made = count(writes.length, "write");
  if (failures.length > 0) return list(`destroy fails after ${made}`, failures.map(failureText));
  if (differences.length === 0) return `destroy gives the account back as it was, with ${made}`;
  const than = isMore ? ", which also takes back what earlier runs have made" : "";
  return list(`After destroy, with ${made}${than}, the account is not as before`, differences);
}

import type { Dangling, Hop, Problem, Route, Way } from "..";
import { type Html, html } from "./html";
import { routeId } from "./layout";
import { channelNames, count, destinationNames, kindNames } from "./words";

/**
 * The routes in words: what the picture shows, for small screens and for screen readers. A number that takes messages and
 * calls is one entry.
 */
export function waysOf(routes: Route[]): Html {
  const ofMessages = new Set(routes.flatMap(({ channel, address }) => (channel === "sms" ? [address] : [])));
  const isBeside = ({ channel, address }: Route) => channel === "voice" && ofMessages.has(address);
  const calls = new Map(routes.filter(isBeside).map((route) => [route.address, route]));
  return html`<ul class="routes">${routes
    .filter((route) => !isBeside(route))
    .map((route) => {
      const called = route.channel === "sms" ? calls.get(route.address) : undefined;
      return html`<li class="route" data-route="${routeId(route)}">
<h4><span class="channel">${channelNames[route.channel]}</span> ${route.address}</h4>
${waysIn(route)}${called && html`<p class="which">${channelNames.voice}</p>${waysIn(called)}`}
</li>`;
    })}</ul>`;
}

export const waysIn = ({ ways }: Route): Html =>
  html`${ways.map((way, at) => html`${ways.length > 1 && html`<p class="which">Way ${at + 1} of ${ways.length}</p>`}${wayOf(way)}`)}`;

function wayOf({ hops, reaches, end }: Way): Html {
  const broken = hops.some(({ problem }) => problem);
  return html`<ol class="way">${hops.map(hopOf)}<li class="end ${broken ? "broken" : reaches}"><b>It ${destinationNames[reaches]}</b>${!broken && html` <span class="how">${end}</span>`}</li></ol>`;
}

const hopOf = ({ kind, name, how, problem }: Hop): Html =>
  html`<li class="hop${problem && " broken"}"><b>${name}</b> <span class="kind">${kindNames[kind]}</span> <span class="how">${how}</span>${problem && html`<p class="problem ${problem.severity}">${problem.message}. <span class="remedy">${problem.remedy}.</span></p>`}</li>`;

/** What is wrong in an account, each thing once, errors first. `rest` says where those are that are left out. */
export function problemsOf(routes: Route[], rest: string): Html {
  const found = new Map<string, { problem: Problem; names: Set<string>; addresses: Set<string> }>();
  for (const { problems, address } of routes) {
    for (const problem of problems) {
      const key = JSON.stringify([problem.code, problem.message]);
      const known = found.get(key) ?? { problem, names: new Set<string>(), addresses: new Set<string>() };
      known.names.add(`${kindNames[problem.object.kind]} ${problem.object.name}`);
      known.addresses.add(address);
      found.set(key, known);
    }
  }
  const sorted = [...found.values()].sort((a, b) => rank(a.problem) - rank(b.problem));
  if (sorted.length === 0) return html``;
  return html`<ul class="problems">${sorted.slice(0, most).map(
    ({ problem, names }) => html`<li class="${problem.severity}">
<span class="severity">${problem.severity}</span> <b>${listOf(names)}</b>
<span>${problem.message}. <span class="remedy">${problem.remedy}.</span></span></li>`,
  )}${sorted.length > most && html`<li>and ${sorted.length - most} more${rest}</li>`}</ul>`;
}

/** What widgets of Studio flows name and the account does not have, drafts and flows off every route included. */
export function danglingOf(found: Dangling[], routes: Route[]): Html {
  const told = new Set(routes.flatMap(({ problems }) => problems.map(({ object }) => object.sid)));
  const others = found.filter(({ sid }) => !told.has(sid));
  if (others.length === 0) return html``;
  return html`<ul class="problems">${others.slice(0, most).map(
    ({ flow, isDraft, widget, kind, sid }) => html`<li class="${isDraft ? "warning" : "error"}">
<span class="severity">${isDraft ? "warning" : "error"}</span> <b>Studio flow ${flow.name}${isDraft && " (draft)"}</b>
<span>Its widget ${widget} names the ${kindNames[kind].toLowerCase()} ${sid}, which does not exist in this account. <span class="remedy">Set the widget to what is there.</span></span></li>`,
  )}${others.length > most && html`<li>and ${others.length - most} more</li>`}</ul>`;
}

const most = 50;

const rank = ({ severity }: Problem) => (severity === "error" ? 0 : 1);

const listOf = (names: Set<string>) =>
  names.size > 3 ? `${[...names].slice(0, 3).join(", ")} and ${names.size - 3} more` : [...names].join(", ");

/** `1 error, 3 warnings`, or nothing. */
export function tallyOf(routes: Route[]): string {
  const tally = (severity: Problem["severity"]) =>
    routes.reduce(
      (sum, { problems }) => sum + problems.filter((problem) => problem.severity === severity).length,
      0,
    );
  return [[tally("error"), "error"] as const, [tally("warning"), "warning"] as const]
    .flatMap(([number, word]) => (number > 0 ? [count(number, word)] : []))
    .join(", ");
}

import { createHash } from "node:crypto";
import type { Problem, Route } from "..";
import { type Changes, changesOf, comparedMaps, type RouteChange } from "./changes";
import { Html, html } from "./html";
import { mapOf, type RouteMap, routeId } from "./layout";
import { legend, pictureOf } from "./picture";
import { mapStyle } from "./style";
import { documentStyle } from "./style/document";
import { problemsOf, tallyOf, waysIn, waysOf } from "./ways";
import { channelNames, count, destinationNames, kindNames } from "./words";

export interface DocumentHead {
  /** Says what this is of: `Routes of AC…`. */
  title: string;
  /** One line below it: when, of which stack. */
  about?: string;
}

/** More routes than this are no picture any more: they are in the list alone. */
const most = 200;

/** The routes of an account as one HTML file, which needs neither network nor script. */
export function mapDocument({ title, about, routes }: DocumentHead & { routes: Route[] }): string {
  const shown = [...routes.filter(hasProblem), ...routes.filter((route) => !hasProblem(route))];
  const tally = tallyOf(routes);
  return documentOf(
    { title, about },
    html`<p class="summary">${count(routes.length, "route")}${tally && html`, <b>${tally}</b>`}</p>
${
  routes.length === 0
    ? html`<p class="none">${noRoutes}</p>`
    : html`<section aria-labelledby="routes"><h2 id="routes">Routes</h2>
<div class="views"><section><h3>Picture</h3>${drawn(mapOf(kept(routes, shown)), "Picture of the routes", false)}${leftOut(routes.length)}</section>
<section class="words"><h3>In words</h3>${problemsOf(routes, ": each is at its address")}<div class="list">${waysOf(routes)}</div></section></div></section>`
}`,
  );
}

/** What becomes of the routes of an account, before beside after, as one HTML file, which needs neither network nor script. */
export function changeDocument({
  title,
  about,
  before,
  after,
}: DocumentHead & { before: Route[]; after: Route[] }): string {
  const changes = changesOf(before, after);
  const { changed, same } = changes;
  return documentOf(
    { title, about },
    html`<p class="summary"><b>${count(changed.length, "route")} ${changed.length === 1 ? "changes" : "change"}</b>, ${same.length} ${same.length === 1 ? "stays as it is" : "stay as they are"}</p>
${changed.length > 0 && changedRoutes(changes)}
${same.length > 0 && html`<details><summary>${count(same.length, "route")} without a change</summary><ul>${same.map((route) => html`<li>${nameOf(route)} ${endsOf(route)}</li>`)}</ul></details>`}`,
  );
}

function changedRoutes({ changed }: Changes): Html {
  const { before, after } = comparedMaps(changed.slice(0, most));
  return html`<div class="views"><section aria-labelledby="routes"><h2 id="routes">Routes that change</h2>
<div class="pair"><section><h3>Before</h3>${drawn(before, "Picture of the routes before", true)}</section>
<section><h3>After</h3>${drawn(after, "Picture of the routes after", true)}</section></div>${leftOut(changed.length)}</section>
<section class="words" aria-labelledby="words"><h2 id="words">Address by address</h2>${changed.map(changeOf)}</section></div>`;
}

export const noRoutes =
  "No number, sender, address configuration or Flex Flow: customers cannot write to this account.";

const hasProblem = ({ problems }: Route) => problems.length > 0;
/** Of too many routes those with problems, in the order of the account. */
const kept = (routes: Route[], first: Route[]) => {
  const wanted = new Set(first.slice(0, most));
  return routes.filter((route) => wanted.has(route));
};
const leftOut = (routes: number) =>
  routes > most &&
  html`<p class="none">${most} of ${routes} routes, those with problems first. All are listed in words.</p>`;

const nameOf = ({ channel, address }: Route) => `${channelNames[channel]} ${address}`;

/** `reaches agents`; what several ways end at, joined. */
const endsOf = ({ ways }: Route) =>
  [...new Set(ways.map(({ reaches }) => destinationNames[reaches]))].join(" and ");

function drawn(map: RouteMap, label: string, isChange: boolean): Html {
  if (map.boxes.length === 0) return html`<p class="none">None of these addresses has a route.</p>`;
  return html`<div class="picture scroll" tabindex="0" role="region" aria-label="${label}">${pictureOf(map)}
${legend(isChange)}</div>`;
}

function changeOf({ before, after }: RouteChange): Html {
  const route = after ?? before;
  if (!route) return html``;
  const [was, is] = [before && endsOf(before), after && endsOf(after)];
  const told =
    was === undefined
      ? `New: it ${is}`
      : is === undefined
        ? `Gone afterwards: it ${was}`
        : was === is
          ? `It ${is}, as before, on another way`
          : `Before it ${was}; after it ${is}`;
  return html`<article class="change" data-route="${routeId(route)}"><h3>${nameOf(route)}</h3><p>${told}</p>
<div class="sides">${[before, after].map((side, at) => html`<section class="route"><h4>${at === 0 ? "Before" : "After"}</h4>${side ? waysIn(side) : html`<p class="none">It is not there.</p>`}</section>`)}</div>
${changedProblems(before?.problems ?? [], after?.problems ?? [])}</article>`;
}

function changedProblems(before: Problem[], after: Problem[]): Html {
  const keyOf = ({ code, message, object }: Problem) => JSON.stringify([code, message, object.sid]);
  const [earlier, later] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
  const listed = [
    ...after.map((problem) => ({ problem, what: earlier.has(keyOf(problem)) ? "stays" : "new" })),
    ...before
      .filter((problem) => !later.has(keyOf(problem)))
      .map((problem) => ({ problem, what: "gone afterwards" })),
  ];
  if (listed.length === 0) return html``;
  return html`<ul class="problems">${listed.map(
    ({ problem: { severity, object, message, remedy }, what }) => html`<li class="${severity}">
<span><span class="severity">${severity}</span> ${what}</span> <b>${kindNames[object.kind]} ${object.name}</b>
<span>${message}. ${what !== "gone afterwards" && html`<span class="remedy">${remedy}.</span>`}</span></li>`,
  )}</ul>`;
}

const style = `${mapStyle}${documentStyle}`;

function documentOf({ title, about }: DocumentHead, content: Html): string {
  const hash = createHash("sha256").update(style).digest("base64");
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Html(style)}</style>
</head>
<body>
<main>
<header><h1>${title}</h1>${about && html`<p class="about">${about}</p>`}</header>
${content}
</main>
</body>
</html>
`.text;
}

import { danglingIn, type Route, type RouteOptions } from "../../provider/routing";
import {
  count,
  danglingOf,
  type Html,
  html,
  legend,
  mapOf,
  pictureOf,
  problemsOf,
  tallyOf,
  waysOf,
} from "../../provider/routing/map";
import type { Account, State } from "../account/state";
import type { LoggedRequest } from "../api/request-log";
import { routes as routesIn } from "../messages/routes";
import { snapshotOf } from "../messages/snapshot";
import { connectOf } from "./connect";
import { addressesOf, formOf } from "./form";
import { logOf } from "./log";
import { objectsOf } from "./objects";

export interface PageOptions extends Pick<RouteOptions, "handlerWithAddress"> {
  state: State;
  requests: readonly LoggedRequest[];
  /** Under which name and port this emulator was reached. */
  host: string;
}

/** More than this is not drawn, and not read either. */
const most = 60;

/** The page in full. What has `data-part` is replaced by the script when it changes. */
export function pageOf({ state, requests, host, handlerWithAddress }: PageOptions): string {
  const accounts = Object.values(state.accounts);
  const routes = routesIn(state, { handlerWithAddress });
  const tally = tallyOf(routes);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>twilio-flex-emulator</title>
<link rel="icon" href="/_page/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/_page/map.css">
<link rel="stylesheet" href="/_page/page.css">
<script type="module" src="/_page/page.js"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the routes</a>
<header>
<h1>twilio-flex-emulator</h1>
<p id="summary" data-part>${count(accounts.length, "account")}, ${count(addressesAmong(routes), "address")}${tally && html`, <b>${tally}</b>`}</p>
<p id="connection" hidden>The emulator does not answer: this is what was there last.</p>
<section class="connect" aria-labelledby="connect-title">
<h2 id="connect-title">Connect with</h2>
<pre id="connect" data-part tabindex="0" role="region" aria-label="Settings of a shell">${connectOf(state, host)}</pre>
<button type="button" id="copy" hidden>Copy</button>
</section>
</header>
<main id="main" tabindex="-1">
<section aria-labelledby="routes-title">
<h2 id="routes-title">Routes</h2>
<fieldset class="view"><legend>Show as</legend><label><input type="radio" name="view" value="picture" checked>Picture</label><label><input type="radio" name="view" value="list">List</label></fieldset>
<div id="routes" data-part>${accounts
    .filter(({ status }) => status === "active")
    .map((account) =>
      mapSection(
        account,
        routes.filter(({ accountSid }) => accountSid === account.sid),
      ),
    )}</div>
</section>
<section aria-labelledby="message-title" class="messages">
<h2 id="message-title">Send a test message</h2>
${formOf()}
<datalist id="addresses" data-part>${addressesOf(routes)}</datalist>
</section>
<section aria-labelledby="log-title" class="log">
<h2 id="log-title">Requests</h2>
<p class="filter" hidden><label for="filter">Filter</label><input id="filter" type="search" autocomplete="off" spellcheck="false"></p>
<div class="scroll" id="log" data-part tabindex="0" role="region" aria-label="The last requests, newest first">${logOf(requests)}</div>
</section>
<section aria-labelledby="objects-title" class="objects">
<h2 id="objects-title">Objects</h2>
${accounts.map(
  (account) =>
    html`<section><h3 id="objects-${account.sid}">${headingOf(account)}</h3><div id="kinds-${account.sid}" data-part>${objectsOf(account)}</div></section>`,
)}
</section>
</main>
<footer>
<p>Put the Twilio host before the path, as in <code>/flex-api.twilio.com/v1/FlexFlows</code>, or into the <code>Host</code> header. No message reaches a phone.</p>
<p>As JSON: <a href="/_emulator/state">state</a>, <a href="/_emulator/routes">routes</a>, <a href="/_emulator/requests">requests</a>.</p>
</footer>
</body>
</html>
`.text;
}

/** A number that takes messages and calls is one address with two routes. */
const addressesAmong = (routes: Route[]) => new Set(routes.map(({ address }) => address)).size;

function mapSection(account: Account, routes: Route[]): Html {
  const shown = routes.length > most ? withProblemsFirst(routes).slice(0, most) : routes;
  return html`<section class="account">
<h3 id="routes-${account.sid}">${headingOf(account)}</h3>
${
  routes.length === 0
    ? html`<p class="none">No number, sender, address configuration or Flex Flow: customers cannot write to this account.</p>`
    : html`<div class="picture scroll" data-account="${account.sid}" tabindex="0" role="region" aria-label="Picture of the routes of ${account.friendly_name}">${pictureOf(mapOf(shown))}${legend()}</div>
<div class="list">${waysOf(shown)}</div>
${routes.length > most && html`<p class="none">${most} of ${addressesAmong(routes)} addresses, those with problems first: all are in GET /_emulator/routes</p>`}
${problemsOf(routes, " in GET /_emulator/routes")}`
}
${danglingOf(danglingIn(snapshotOf(account)), routes)}
</section>`;
}

const withProblemsFirst = (routes: Route[]) => [
  ...routes.filter(({ problems }) => problems.length > 0),
  ...routes.filter(({ problems }) => problems.length === 0),
];

const headingOf = ({ friendly_name, sid, status, owner_account_sid }: Account): Html =>
  html`${friendly_name} <code>${sid}</code>${status !== "active" && html` <span class="fact">${status}</span>`}${owner_account_sid && html` <span class="fact">subaccount of ${owner_account_sid}</span>`}`;

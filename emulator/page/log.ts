import { type Html, html } from "../../provider/routing/map";
import type { LoggedRequest } from "../api/request-log";

const most = 200;

/** The last requests, newest first. */
export function logOf(requests: readonly LoggedRequest[]): Html {
  if (requests.length === 0) return html`<p class="none">None yet.</p>`;
  return html`<table><thead><tr><th scope="col">Time</th><th scope="col">Status</th><th scope="col">Request</th></tr></thead>
<tbody>${requests.slice(-most).reverse().map(rowOf)}</tbody></table>
${requests.length > most && html`<p class="none">The last ${most} of ${requests.length}: all are in GET /_emulator/requests</p>`}`;
}

const rowOf = ({ time, method, host, path, operationId, status, ignored }: LoggedRequest): Html =>
  html`<tr class="${(status === null || status >= 400) && "failed"}"><td><time datetime="${time}">${time.slice(11, 23)}</time></td>
<td class="status">${status ?? "none"}</td>
<td><b>${method} ${operationId}</b> ${ignored.length > 0 && html`<span class="ignored">ignored: ${ignored.join(", ")}</span>`}<span class="path">${host}${path}</span></td></tr>`;

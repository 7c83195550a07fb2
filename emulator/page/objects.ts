import { type Html, html } from "../../provider/routing/map";
import { type Collections, collections, isCollection } from "../account/collections";
import type { Account } from "../account/state";
import { isObject } from "../api/body";
import { redactParams } from "../api/request-log";

const names = ["friendly_name", "profile.name", "unique_name", "revisions.-1.friendly_name"];
const most = 100;

/** All objects of an account, by kind. */
export function objectsOf(account: Account): Html {
  const kinds = Object.entries(account).flatMap(([name, records]) =>
    isCollection(name) && isObject(records) ? [{ name, records: Object.entries(records) }] : [],
  );
  const empty = kinds.filter(({ records }) => records.length === 0);
  return html`<div class="kinds">${kinds
    .filter(({ records }) => records.length > 0)
    .map(({ name, records }) => kindOf(account.sid, name, records))}</div>
${empty.length > 0 && html`<p class="none">None: ${empty.map(({ name }) => titleOf(name)).join(", ")}</p>`}`;
}

function kindOf(accountSid: string, name: keyof Collections, records: [string, unknown][]): Html {
  return html`<details id="${accountSid}-${name}"><summary>${titleOf(name)} <span class="count">${records.length}</span></summary>
<ul>${records.slice(0, most).map(([sid, record]) => objectOf(sid, record, collections[name].facts))}
${records.length > most && html`<li>and ${records.length - most} more in GET /_emulator/state</li>`}</ul></details>`;
}

/** Whatever is shown goes the way of logged parameters, which lose their credentials. */
function objectOf(sid: string, record: unknown, paths: readonly string[]): Html {
  const { name, ...shown } = redactParams([
    ["name", names.map((path) => at(record, path)).find(Boolean) ?? sid],
    ...paths.map((path): [string, unknown] => [path.split(".").at(-1) ?? path, at(record, path)]),
  ]);
  return html`<li><b>${String(name)}</b> <code>${sid}</code> <span class="facts">${Object.entries(shown).map(
    ([fact, value]) => html`<span>${fact} <span class="value">${textOf(value)}</span></span> `,
  )}</span></li>`;
}

const textOf = (value: unknown) =>
  value === "" || value === null || value === undefined ? "–" : String(value);

/** The value at `a.b`; `-1` is the last item of a list. */
export function at(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((inside, key) => {
    if (Array.isArray(inside)) return inside.at(Number(key));
    return isObject(inside) ? inside[key] : undefined;
  }, value);
}

/** `taskrouterTaskQueues`: `TaskRouter task queues`. */
const titleOf = (collection: string) =>
  collection
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/^./, (letter) => letter.toUpperCase())
    .replace(/^Taskrouter/, "TaskRouter")
    .replace(/^Studio/, "Studio")
    .replace(/^Flex flows/, "Flex Flows");

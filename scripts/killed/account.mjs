/** The emulator as one account after another: reset, slowed down, and compared. */

/** @typedef {Record<string, unknown>} Fields */

const json = { "content-type": "application/json" };

/** An account as it is at the start, in which each request takes so long. */
export async function renew(/** @type {string} */ url, /** @type {number} */ delayMs) {
  const post = (/** @type {string} */ path, /** @type {object} */ body) =>
    fetch(`${url}/_emulator/${path}`, { method: "POST", headers: json, body: JSON.stringify(body) });
  await post("reset", {});
  await fetch(`${url}/_emulator/faults`, { method: "DELETE", headers: json });
  await fetch(`${url}/_emulator/requests`, { method: "DELETE", headers: json });
  await post("faults", { match: {}, effect: { delayMs } });
}

/** The writes so far, as they came in. @returns {Promise<{ time: string, operationId: string }[]>} */
export async function writes(/** @type {string} */ url) {
  const answer = await (await fetch(`${url}/_emulator/requests`)).json();
  return answer.requests.filter((/** @type {{ method: string }} */ { method }) => method !== "GET");
}

/**
 * What is in the account, in lines that are the same for accounts which are as declared alike: SIDs are called by what they
 * name, and times are left out.
 */
export async function contents(/** @type {string} */ url) {
  /** @type {{ accounts: Record<string, Record<string, unknown>> }} */
  const { accounts } = await (await fetch(`${url}/_emulator/state`)).json();
  const collections = Object.values(accounts).flatMap((account) => Object.entries(account));
  /** @type {Map<string, string>} */
  const names = new Map();
  for (const [kind, all] of collections)
    for (const [sid, one] of Object.entries(isCollection(all) ? all : {}))
      if (isFields(one)) names.set(sid, `${kind} ${nameOf(one)}`);
  const text = (/** @type {unknown} */ value) =>
    JSON.stringify(value, (key, inner) => (/^date_|_(on|at)$/.test(key) ? undefined : inner)).replace(
      /[A-Z]{2}[0-9a-f]{32}/g,
      (sid) => names.get(sid) ?? sid.slice(0, 2),
    );
  return collections
    .flatMap(([kind, all]) =>
      isCollection(all)
        ? Object.values(all).map((one) => `${kind}: ${text(one ?? null)}`)
        : [`${kind}: ${text(all ?? null)}`],
    )
    .sort();
}

/** What of these lines is only in one of both. */
export function differences(/** @type {string[]} */ expected, /** @type {string[]} */ found) {
  const rest = [...found];
  const missing = expected.filter((line) => {
    const at = rest.indexOf(line);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return [...missing.map((line) => `missing  ${line}`), ...rest.map((line) => `besides  ${line}`)];
}

const nameOf = (/** @type {Fields} */ one) =>
  [one.unique_name, one.friendly_name, one.phone_number, one.contact_identity].find((name) => name) ?? "";

/** Objects by their SIDs. @returns {value is Fields} */
function isCollection(/** @type {unknown} */ value) {
  return isFields(value) && Object.keys(value).every((key) => /^[A-Z]{2}[0-9a-f]{32}/.test(key));
}

/** @returns {value is Fields} */
function isFields(/** @type {unknown} */ value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// Keeps the page up to date, filters the log, and sends test messages. The page is whole without it.

const everyMs = 1000;
const partsOf = (root) => [...root.querySelectorAll("[data-part]")];
const byId = (id) => document.getElementById(id);
const hasRoute = (element, isIn) => JSON.parse(element.dataset.routes).some(isIn);

/** What the server last sent of each part, since here details are open and ways lit. */
const sent = new Map(partsOf(document).map((part) => [part.id, part.innerHTML]));
let tag;
let message;

async function refresh() {
  const answer = await fetch("/", { cache: "no-store", headers: tag ? { "If-None-Match": tag } : {} });
  const text = await answer.text();
  if (answer.status === 304) return;
  if (!answer.ok) throw new Error(`The page answers ${answer.status}`);
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const parts = partsOf(fresh);
  if (parts.some(isBeingRead)) return;
  tag = answer.headers.get("ETag");
  for (const part of parts) update(part);
  filter();
  light();
}

/** Text that somebody marks is not taken away from under the mouse. */
function isBeingRead({ id, innerHTML }) {
  const selection = getSelection();
  return innerHTML !== sent.get(id) && !selection.isCollapsed && selection.containsNode(byId(id), true);
}

function update({ id, innerHTML }) {
  const part = byId(id);
  if (!part || innerHTML === sent.get(id)) return;
  sent.set(id, innerHTML);
  const open = [...part.querySelectorAll("details[open]")].map((details) => details.id);
  const focused = part.contains(document.activeElement) && document.activeElement.closest("[id]").id;
  const scrolled = [...part.querySelectorAll(".scroll")].map(({ scrollLeft }) => scrollLeft);
  part.innerHTML = innerHTML;
  for (const [at, box] of part.querySelectorAll(".scroll").entries()) box.scrollLeft = scrolled[at] ?? 0;
  for (const details of open) byId(details)?.setAttribute("open", "");
  if (focused) (byId(focused)?.querySelector("summary") ?? byId(focused))?.focus({ preventScroll: true });
}

async function follow() {
  if (!document.hidden) {
    try {
      await refresh();
      byId("connection").hidden = true;
    } catch {
      byId("connection").hidden = false;
    }
  }
  setTimeout(follow, everyMs);
}

function filter() {
  const wanted = byId("filter").value.trim().toLowerCase();
  for (const row of document.querySelectorAll("#log tbody tr")) {
    row.hidden = !row.textContent.toLowerCase().includes(wanted);
  }
}

/** Dims what no message to the object under the mouse passes. */
function trace({ target }) {
  const box = target.closest(".box, .note");
  for (const svg of document.querySelectorAll("svg.map")) {
    const routes = box && svg.contains(box) ? JSON.parse(box.dataset.routes) : undefined;
    for (const element of svg.querySelectorAll("[data-routes]")) {
      element.classList.toggle(
        "dim",
        routes !== undefined && !hasRoute(element, (route) => routes.includes(route)),
      );
    }
  }
}

/** Lights the hops of the last message in the picture: what it made there has a SID by now, there it has none. */
function light() {
  for (const element of document.querySelectorAll(".lit")) element.classList.remove("lit");
  const svg = message && document.querySelector(`[data-account="${CSS.escape(message.accountSid)}"] svg.map`);
  if (!svg) return;
  const isOnRoute = (id) => id === `${message.channel} ${message.address}`;
  const boxes = [...svg.querySelectorAll("[data-id]")].filter((box) => hasRoute(box, isOnRoute));
  const boxOf = ({ kind, sid }) => {
    const ofKind = boxes.filter(({ dataset }) => dataset.kind === kind);
    return ofKind.find(({ dataset }) => dataset.sid === sid) ?? ofKind.find(({ dataset }) => !dataset.sid);
  };
  const agents = boxes.find((box) => box.matches(".agents"));
  const lit = message.ways.flatMap(({ hops, reaches }) => [
    ...hops.map(boxOf),
    reaches === "agents" && agents,
  ]);
  const ids = new Set();
  for (const box of lit.filter(Boolean)) {
    box.classList.add("lit");
    ids.add(box.dataset.id);
  }
  for (const line of svg.querySelectorAll(".line:not(.leader)")) {
    const { from, to } = line.dataset;
    line.classList.toggle("lit", ids.has(from) && ids.has(to) && hasRoute(line, isOnRoute));
  }
}

async function send(event) {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector("button");
  const body = JSON.stringify(Object.fromEntries(new FormData(form)));
  button.disabled = true;
  try {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch("/_emulator/inbound", { method: "POST", headers, body });
    const told = await answer.json();
    message = answer.ok ? told : undefined;
    byId("result").replaceChildren(answer.ok ? wayOf(told) : element("p", "problem error", told.message));
    await refresh();
    light();
  } catch {
    byId("result").replaceChildren(element("p", "problem error", "The emulator does not answer"));
  } finally {
    button.disabled = false;
  }
}

function element(name, className, ...content) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...content);
  return made;
}

const sentence = (text) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** The way of a sent message, in the form of the list of ways. */
function wayOf({ address, from, ways, problems }) {
  const { kinds, destinations } = byId("result").dataset;
  const ofHops = ways.flatMap(({ hops }) => hops.flatMap(({ problem }) => problem?.message ?? []));
  return element(
    "div",
    "route sent",
    element("p", "which", `From ${from} to ${address}`),
    ...ways.map((way) => drawn(way, JSON.parse(kinds), JSON.parse(destinations))),
    ...problems.filter((problem) => !ofHops.includes(problem.message)).map(problemOf),
  );
}

function drawn({ hops, reaches, end }, kinds, destinations) {
  const isBroken = hops.some(({ problem }) => problem);
  return element(
    "ol",
    "way",
    ...hops.map((hop) => hopOf(hop, kinds)),
    element(
      "li",
      `end ${isBroken ? "broken" : reaches}`,
      element("b", "", `It ${destinations[reaches]}`),
      ...(isBroken ? [] : [" ", element("span", "how", end)]),
    ),
  );
}

function hopOf({ kind, sid, name, how, problem }, kinds) {
  return element(
    "li",
    problem ? "hop broken" : "hop",
    element("b", "", name),
    " ",
    element("span", "kind", kinds[kind] ?? kind),
    " ",
    ...(sid && sid !== name ? [element("code", "", sid), " "] : []),
    element("span", "how", how),
    ...(problem ? [problemOf(problem)] : []),
  );
}

const problemOf = ({ severity, message, remedy }) =>
  element("p", `problem ${severity}`, `${sentence(message)} `, element("span", "remedy", sentence(remedy)));

/** An address from the list brings its channel along. */
function choose({ target }) {
  const known = [...byId("addresses").options].find(({ value }) => value === target.value);
  if (known) byId("channel").value = known.dataset.channel;
}

async function copy({ target }) {
  await navigator.clipboard.writeText(byId("connect").textContent);
  target.textContent = "Copied";
  setTimeout(() => {
    target.textContent = "Copy";
  }, 2000);
}

// Off loopback and without TLS a page may not write to the clipboard: the text can be marked as a whole.
if (navigator.clipboard) {
  byId("copy").addEventListener("click", copy);
  byId("copy").hidden = false;
}
byId("message").addEventListener("submit", send);
byId("message").querySelector("fieldset").disabled = false;
byId("unscripted").remove();
byId("to").addEventListener("input", choose);
byId("filter").addEventListener("input", filter);
byId("filter").closest("p").hidden = false;
document.addEventListener("pointerover", trace);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) refresh().catch(() => {});
});
setTimeout(follow, everyMs);

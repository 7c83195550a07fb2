import * as twilio from "../../provider/index";
import { resourceNamed } from "../../provider/life/define";
import { TwilioResource } from "../../provider/program/resource";
import { isRecord } from "../../provider/values/values";
import { emulatorCredentials, onStack } from "../stacks/onStack";
import { nameOf } from "../stacks/outcome";
import { everyClass as program } from "./program";

const stack = onStack({ needsEngine: true });

const classes = Object.values(twilio).flatMap((value) =>
  typeof value === "function" && value.prototype instanceof TwilioResource ? [value.name] : [],
);

/** All that is there, without what stays for ever: dates, revisions of flows, and accounts that are closed. */
function picture() {
  const open = Object.entries(stack.emulator.state.accounts).filter(([, { status }]) => status !== "closed");
  return JSON.parse(
    JSON.stringify(Object.fromEntries(open), (key, value) =>
      key.startsWith("date_") || key === "revisions" ? undefined : value,
    ),
  );
}

let before: unknown;
let between: unknown;
let asBefore: Record<string, object>;
let later: unknown;
let updated: string[];

test("the program has at least one of every class", async () => {
  before = picture();
  const done = await stack.tryUp(program());
  if (done.failed) throw new Error(done.output);
  const { resources } = await stack.stored();
  const made = new Set(resources.map(({ type }) => type.replace(/^.*:/, "")));
  expect(classes.filter((name) => !made.has(name))).toEqual([]);
  between = picture();
});

test("a second up asks nothing, and a refresh finds no difference", async () => {
  const again = await stack.tryUp(program());
  expect({ failed: again.failed, steps: again.steps, asked: again.asked }).toEqual({
    failed: false,
    steps: {},
    asked: [],
  });
  const refreshed = await stack.refresh();
  expect({ failed: refreshed.failed, diffs: refreshed.diffs }).toEqual({ failed: false, diffs: {} });
  expect(picture()).toEqual(between);
});

test("the same program in a second stack stops at what there can be only once, names it, and touches nothing of the first one's", async () => {
  const sids = sidsIn(between);
  const second = await stack.another({ ...emulatorCredentials, baseUrl: stack.emulator.url });
  const { failed, output } = await second.tryUp(program());
  expect(failed).toBe(true);
  expect(output).toMatch(/[A-Z]{2}[0-9a-f]{32} is there already; take it over with adopt/);
  expect(withOnly(sids, picture())).toEqual(withOnly(sids, between));
  const destroyed = await second.destroy();
  expect({ failed: destroyed.failed, output: destroyed.failed && destroyed.output }).toEqual({
    failed: false,
    output: false,
  });
  expect(picture()).toEqual(between);
});

/** Resources of several classes have one name. */
const listed = (steps: Record<string, string>): string[] =>
  Object.entries(steps)
    .flatMap(([name, all]) => all.split(", ").map((step) => `${name}: ${step}`))
    .sort();

/** Classes of which no argument can be updated, but for those that make no request. */
const fixed = [
  "ConversationsService",
  "MessagingServicePhoneNumber",
  "MessagingServiceShortCode",
  "MessagingServiceAlphaSender",
  "MessagingServiceChannelSender",
];

test("what is declared differently is updated in place, of every class", async () => {
  asBefore = structuredClone(stack.emulator.state.accounts);
  const { steps } = await stack.up(program(true));
  const { resources } = await stack.stored();
  const updatable = resources.filter(({ type }) => {
    const name = type.replace(/^.*:/, "");
    return classes.includes(name) && !fixed.includes(name);
  });
  const names = updatable.map(({ urn }) => nameOf(urn));
  expect(listed(steps)).toEqual(names.map((name) => `${name}: update`).sort());
  updated = listed(steps);
  later = picture();
});

test("somebody sets everything back: a refresh shows it, of every class, and the next up repairs it", async () => {
  for (const [sid, account] of Object.entries(stack.emulator.state.accounts)) setBack(account, asBefore[sid]);
  const { steps } = await stack.refresh();
  expect(listed(steps)).toEqual(updated);
  expect((await stack.up(program(true))).failed).toBe(false);
  expect(picture()).toEqual(later);
});

test("destroy leaves everything as it was before", async () => {
  const { failed, output } = await stack.destroy();
  expect({ failed, output: failed && output }).toEqual({ failed: false, output: false });
  expect(picture()).toEqual(before);
});

test("docs/coverage.md knows of every operation that was asked for", () => {
  const declared = new Set(
    classes.flatMap((name) => Object.values(resourceNamed(name).api.operations).flat()),
  );
  const asked = new Set(stack.emulator.requests.flatMap(({ operationId }) => operationId ?? []));
  expect([...asked].filter((operation) => !declared.has(operation))).toEqual([]);
});

/** Gives objects, and what is in them, the values they had. */
function setBack(now: object, before: object | undefined): void {
  for (const [key, value] of Object.entries(before ?? {})) {
    const current: unknown = Reflect.get(now, key);
    if (isRecord(current) && isRecord(value) && !Array.isArray(value)) setBack(current, value);
    else if (!key.startsWith("date_")) Reflect.set(now, key, value);
  }
}

/** The SIDs of objects that a picture shows. */
const sidsIn = (state: unknown) =>
  new Set([...JSON.stringify(state).matchAll(/"([A-Z]{2}[0-9a-f]{32})":/g)].map(([, sid = ""]) => sid));

/** A picture with no other objects than these. */
const withOnly = (sids: Set<string>, state: unknown) =>
  JSON.parse(
    JSON.stringify(state, (key, value) =>
      /^[A-Z]{2}[0-9a-f]{32}$/.test(key) && !sids.has(key) ? undefined : value,
    ),
  );

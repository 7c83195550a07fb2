import type { Messaging } from "../../provider/channels/destination";
import { type Child, declaredOf, type Kind, type LastState, planOf } from "../../provider/channels/plan";

const kinds = {
  /** SMS; WhatsApp with `senderSid`. */
  handler: { hasHandler: true, byProxy: true },
  /** WhatsApp without `senderSid`; Messenger; LINE. */
  proxy: { hasHandler: false, byProxy: true },
  /** Web chat; a custom channel. */
  direct: { hasHandler: false, byProxy: false },
} satisfies Record<string, Kind>;
const allMessaging: Messaging[] = ["conversations", "moving", "proxy"];

const wordsOf = (kind: Kind, messaging: Messaging, last: LastState): string => {
  const plan = planOf(kind, messaging, last);
  if (plan.refusal !== undefined) return "refused";
  const writes = plan.writes.map(({ does, child }) => `${does} ${child}`).join(", ");
  return plan.endsSessions ? `${writes}; ends sessions` : writes;
};

const nothing: LastState = { hasAddress: false, isFlexFlowEnabled: false };
const address: LastState = { hasAddress: true, isFlexFlowEnabled: false };
const flexFlow: LastState = { hasAddress: false, isFlexFlowEnabled: true };
const both: LastState = { hasAddress: true, isFlexFlowEnabled: true };

// A Flex Flow that is there, disabled, makes no difference: a run declares it or deletes it.
describe.each<[Messaging, LastState, Record<keyof typeof kinds, string>]>([
  [
    "conversations",
    nothing,
    { handler: "stop handler, start address", proxy: "start address", direct: "start address" },
  ],
  [
    "conversations",
    address,
    { handler: "stop handler, start address", proxy: "start address", direct: "start address" },
  ],
  ["conversations", flexFlow, { handler: "refused", proxy: "refused", direct: "refused" }],
  ["conversations", both, { handler: "refused", proxy: "refused", direct: "refused" }],
  [
    "moving",
    nothing,
    {
      handler: "stop handler, start address, stop flexFlow",
      proxy: "stop flexFlow, start address",
      direct: "stop flexFlow, start address",
    },
  ],
  [
    "moving",
    address,
    {
      handler: "stop handler, start address, stop flexFlow",
      proxy: "stop flexFlow, start address",
      direct: "stop flexFlow, start address",
    },
  ],
  [
    "moving",
    flexFlow,
    {
      handler: "stop handler, start address, stop flexFlow; ends sessions",
      proxy: "stop flexFlow, start address; ends sessions",
      direct: "stop flexFlow, start address",
    },
  ],
  [
    "moving",
    both,
    {
      handler: "stop handler, start address, stop flexFlow; ends sessions",
      proxy: "stop flexFlow, start address; ends sessions",
      direct: "stop flexFlow, start address",
    },
  ],
  [
    "proxy",
    nothing,
    { handler: "start flexFlow, start handler", proxy: "start flexFlow", direct: "start flexFlow" },
  ],
  [
    "proxy",
    address,
    {
      handler: "start flexFlow, leave address, start handler",
      proxy: "leave address, start flexFlow",
      direct: "leave address, start flexFlow",
    },
  ],
  [
    "proxy",
    flexFlow,
    { handler: "start flexFlow, start handler", proxy: "start flexFlow", direct: "start flexFlow" },
  ],
  [
    "proxy",
    both,
    {
      handler: "start flexFlow, leave address, start handler",
      proxy: "leave address, start flexFlow",
      direct: "leave address, start flexFlow",
    },
  ],
])("writes on %s, after a run that left %j", (messaging, last, expected) => {
  test("with a handler", () => expect(wordsOf(kinds.handler, messaging, last)).toBe(expected.handler));
  test("by Proxy", () => expect(wordsOf(kinds.proxy, messaging, last)).toBe(expected.proxy));
  test("directly", () => expect(wordsOf(kinds.direct, messaging, last)).toBe(expected.direct));
});

test("a refusal says the way out", () => {
  expect(planOf(kinds.handler, "conversations", flexFlow)).toEqual({
    refusal: expect.stringContaining('messaging: "moving" first'),
  });
});

test("what is declared is what is written where an earlier run has left an address", () => {
  for (const kind of Object.values(kinds))
    for (const messaging of allMessaging)
      expect(planOf(kind, messaging, address)).toMatchObject({ writes: declaredOf(kind, messaging) });
});

/** Which children there are, and whether they take messages; `former` is a handler that somebody has made before. */
type Account = Partial<Record<Child, boolean>> & { former?: boolean };

function takersOf({ hasHandler }: Kind, account: Account): string {
  const takers = [
    account.former && "former",
    account.flexFlow && (account.handler || !hasHandler) && "flexFlow",
    account.address && "address",
  ];
  return takers.filter(Boolean).join(" and ") || "nobody";
}

/** The account after a run, and what took messages after each of its writes, deletions last. Undefined where it is refused. */
function run(kind: Kind, messaging: Messaging, before: Account) {
  const last = { hasAddress: before.address !== undefined, isFlexFlowEnabled: before.flexFlow === true };
  const plan = planOf(kind, messaging, last);
  if (plan.refusal !== undefined) return undefined;
  const account = { ...before };
  const seen = plan.writes.map(({ child, does }) => {
    if (child === "handler") delete account.former;
    account[child] = does === "start";
    return takersOf(kind, account);
  });
  for (const child of ["address", "flexFlow"] as const) {
    if (account[child] === undefined || plan.writes.some((write) => write.child === child)) continue;
    delete account[child];
    seen.push(takersOf(kind, account));
  }
  return { account, seen };
}

/** Every way of three runs, from a number that somebody handles already, or from nothing. */
const ways = Object.entries(kinds).flatMap(([name, kind]) =>
  allMessaging.flatMap((first) =>
    allMessaging.flatMap((second) =>
      allMessaging.map((third): [string, string, Kind, Messaging[]] => {
        const way = [first, second, third];
        return [name, way.join(", "), kind, way];
      }),
    ),
  ),
);

test.each(ways)("%s: on %s each message is taken once, but for one moment", (_, __, kind, way) => {
  let account: Account = kind.hasHandler ? { former: true } : {};
  for (const messaging of way) {
    const done = run(kind, messaging, account);
    if (!done) continue;
    const taker = messaging === "proxy" ? "flexFlow" : "address";
    expect(done.seen.at(-1)).toBe(taker);
    expect(done.seen.filter((takers) => takers.includes(" and "))).toEqual([]);
    expect(done.seen.filter((takers) => takers === "nobody").length).toBeLessThanOrEqual(1);
    const again = run(kind, messaging, done.account);
    expect([...new Set(again?.seen)]).toEqual([taker]);
    account = done.account;
  }
});

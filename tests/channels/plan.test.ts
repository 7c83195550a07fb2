import type { Messaging } from "../../provider/channels/destination";
import {
  type Child,
  declaredOf,
  type Kind,
  type LastState,
  planOf,
  type Write,
} from "../../provider/channels/plan";

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

const left = (state: Partial<LastState>): LastState => ({
  hasAddress: false,
  isFlexFlowEnabled: false,
  keepsFlexFlow: false,
  ...state,
});
const nothing = left({});
const address = left({ hasAddress: true });
const flexFlow = left({ isFlexFlowEnabled: true });
const both = left({ hasAddress: true, isFlexFlowEnabled: true });
/** An adopted Flex Flow, disabled since the move. */
const kept = left({ hasAddress: true, keepsFlexFlow: true });

const toAddress = { handler: "start address, stop handler", proxy: "start address", direct: "start address" };
const toMoving = {
  handler: "start address, stop handler, stop flexFlow",
  proxy: "start address, stop flexFlow",
  direct: "start address, stop flexFlow",
};
const endingSessions = {
  handler: `${toMoving.handler}; ends sessions`,
  proxy: `${toMoving.proxy}; ends sessions`,
  direct: toMoving.direct,
};
const toFlexFlow = {
  handler: "start flexFlow, start handler",
  proxy: "start flexFlow",
  direct: "start flexFlow",
};
const backToFlexFlow = {
  handler: "start flexFlow, start handler, leave address",
  proxy: "start flexFlow, leave address",
  direct: "start flexFlow, leave address",
};
const refused = { handler: "refused", proxy: "refused", direct: "refused" };

// A Flex Flow that is there, disabled, makes a difference only where this stack may not delete it.
describe.each<[Messaging, LastState, Record<keyof typeof kinds, string>]>([
  ["conversations", nothing, toAddress],
  ["conversations", address, toAddress],
  ["conversations", flexFlow, refused],
  ["conversations", both, refused],
  [
    "conversations",
    kept,
    {
      handler: "start address, stop handler, leave flexFlow",
      proxy: "start address, leave flexFlow",
      direct: "start address, leave flexFlow",
    },
  ],
  ["moving", nothing, toMoving],
  ["moving", address, toMoving],
  ["moving", flexFlow, endingSessions],
  ["moving", both, endingSessions],
  ["moving", kept, toMoving],
  ["proxy", nothing, toFlexFlow],
  ["proxy", address, backToFlexFlow],
  ["proxy", flexFlow, toFlexFlow],
  ["proxy", both, backToFlexFlow],
  ["proxy", kept, backToFlexFlow],
])("writes on %s, after a run that left %j", (messaging, last, expected) => {
  test("with a handler", () => expect(wordsOf(kinds.handler, messaging, last)).toBe(expected.handler));
  test("by Proxy", () => expect(wordsOf(kinds.proxy, messaging, last)).toBe(expected.proxy));
  test("directly", () => expect(wordsOf(kinds.direct, messaging, last)).toBe(expected.direct));
});

test("a refusal says the reason and the way out", () => {
  const wayOut = 'messaging: "moving" first';
  expect(planOf(kinds.handler, "conversations", flexFlow).refusal).toMatch(/no way back.*/);
  expect(planOf(kinds.handler, "conversations", flexFlow).refusal).toContain(wayOut);
  expect(planOf(kinds.direct, "conversations", flexFlow).refusal).toMatch(/both .* would answer/);
  expect(planOf(kinds.direct, "conversations", flexFlow).refusal).toContain(wayOut);
});

test("what is declared is what is written where an earlier run has left both to leave", () => {
  for (const kind of Object.values(kinds))
    for (const messaging of allMessaging)
      expect(planOf(kind, messaging, kept)).toMatchObject({ writes: declaredOf(kind, messaging) });
});

/** Which children there are, and whether they take messages; `former` is a handler that somebody has made before. */
type Account = Partial<Record<Child, boolean>> & { former?: boolean };

function takersOf({ hasHandler }: Kind, account: Account): string[] {
  const takers = [
    account.former && "former",
    account.flexFlow && (account.handler || !hasHandler) && "flexFlow",
    account.address && "address",
  ];
  return takers.filter((taker) => typeof taker === "string");
}

interface Story {
  /** Whether somebody handles the number before the first run. */
  former: boolean;
  /** Whether the Flex Flow was adopted, and so stays at the step to conversations. */
  adopts: boolean;
}

/** The account after a run, and what took messages after each of its writes, deletions last. Undefined where it is refused. */
function run(kind: Kind, messaging: Messaging, before: Account, { adopts }: Story) {
  const last = {
    hasAddress: before.address !== undefined,
    isFlexFlowEnabled: before.flexFlow === true,
    keepsFlexFlow: adopts && before.flexFlow !== undefined,
  };
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
  return { account, writes: plan.writes, seen };
}

/** What took messages after each write of a destroy, which goes backwards through the writes of the last run. */
function destroy(kind: Kind, writes: Write[], before: Account, { former, adopts }: Story) {
  const account = { ...before };
  return [...writes].reverse().map(({ child }) => {
    delete account[child];
    if (child === "handler" && former) account.former = true;
    // An adopted one is enabled again; a number whose handler was given back led to it.
    if (child === "flexFlow" && adopts) account.flexFlow = true;
    if (child === "handler" && adopts) account.handler = true;
    return takersOf(kind, account);
  });
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

const stories: Story[] = [
  { former: false, adopts: false },
  { former: true, adopts: false },
  { former: false, adopts: true },
];

/** Once there is somebody there always is, and twice only between two adjacent writes. */
function expectNoGap(before: string[], seen: string[][]): void {
  const all = [before, ...seen];
  const firstAnswered = all.findIndex((takers) => takers.length > 0);
  expect(all.slice(Math.max(firstAnswered, 0)).filter((takers) => takers.length === 0)).toEqual([]);
  expect(all.filter((takers) => takers.length > 1).length).toBeLessThanOrEqual(1);
}

test.each(ways)("%s: on %s somebody always answers, and two only between two writes", (_, __, kind, way) => {
  for (const story of stories) {
    let account: Account = story.former && kind.hasHandler ? { former: true } : {};
    for (const messaging of way) {
      const done = run(kind, messaging, account, story);
      if (!done) continue;
      const taker = messaging === "proxy" ? "flexFlow" : "address";
      expect(done.seen.at(-1)).toEqual([taker]);
      expectNoGap(takersOf(kind, account), done.seen);
      const again = run(kind, messaging, done.account, story);
      expect(again?.seen.every((takers) => takers.join() === taker)).toBe(true);
      const gone = destroy(kind, again?.writes ?? [], done.account, story);
      const isGivenBack = story.adopts && done.account.flexFlow !== undefined;
      const isAnsweredAfterwards = (story.former && kind.hasHandler) || isGivenBack;
      if (isAnsweredAfterwards) expectNoGap([taker], gone);
      account = done.account;
    }
  }
});

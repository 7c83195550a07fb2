import fc from "fast-check";
import {
  channels,
  type Hop,
  type ObjectKind,
  type Problem,
  type Route,
  type Way,
} from "../../../provider/routing";

export const hop = (kind: ObjectKind, name: string, rest: Partial<Hop> = {}): Hop => ({
  ...{ kind, name, how: "It comes here", sid: `sid of ${name}`, problem: null },
  ...rest,
});
export const made = (kind: ObjectKind, name: string) => hop(kind, name, { sid: null });
export const wrong = (kind: ObjectKind, name: string, message: string): Problem => ({
  ...{ code: "disabled", severity: "error", message, remedy: "Switch it on" },
  object: { kind, name, sid: `sid of ${name}` },
});
export const broken = (kind: ObjectKind, name: string) =>
  hop(kind, name, { problem: wrong(kind, name, "It is off") });

export const way = (hops: Hop[], rest: Partial<Way> = {}): Way => ({
  ...{ by: "handler", hops, reaches: "agents", end: "It goes to an agent" },
  ...rest,
});
export const route = (address: string, ways: Way[], rest: Partial<Route> = {}): Route => ({
  ...{ channel: "sms", address, ways, problems: [] },
  ...rest,
});

/** From a number by way of the Proxy service to everyone. */
export const byProxy = (number: string, flow = `flow of ${number}`): Route =>
  route(number, [
    way([
      hop("phoneNumber", number),
      hop("proxyService", "Proxy"),
      hop("flexFlow", flow),
      made("chatChannel", "a new chat"),
      hop("taskRouterWorkflow", "Everyone"),
    ]),
  ]);

/** Up to the Proxy service, which is broken. */
export const stopped = (number: string): Route => {
  const last = broken("proxyService", "Proxy");
  return route(number, [way([hop("phoneNumber", number), last], { reaches: "nobody", end: "It is off" })], {
    problems: last.problem ? [last.problem] : [],
  });
};

export const hostile = `</svg></style>"]; click n0 "javascript:alert(1)" <script>alert(1)</script>&quot;#35;ﬂ°°60¶ß\`**x**\`\nend %% \u202e`;

const kinds: ObjectKind[] = [
  "messagingService",
  "proxyService",
  "address",
  "conversation",
  "studioFlow",
  "webhook",
];
const ends: Way["reaches"][] = ["agents", "studio", "webhook", "conversation", "nobody"];
const anyHop = fc
  .tuple(fc.constantFrom(...kinds), fc.integer({ min: 0, max: 3 }), fc.constantFrom(hop, made, broken))
  .map(([kind, number, hopOf]) => hopOf(kind, `${kind} ${number}`));
const anyWay = fc.record({
  hops: fc.array(anyHop, { maxLength: 6 }),
  reaches: fc.constantFrom(...ends),
  end: fc.string({ maxLength: 200 }),
});
const anyRoute = fc.tuple(fc.constantFrom(...channels), fc.array(anyWay, { minLength: 1, maxLength: 3 }));
export const anyRoutes = fc.array(anyRoute, { maxLength: 12 }).map((all) =>
  all.map(([channel, ways], at) => {
    const first = hop("phoneNumber", `+${at}`);
    return route(
      first.name,
      ways.map(({ hops, ...rest }) => way([first, ...hops], rest)),
      { channel },
    );
  }),
);

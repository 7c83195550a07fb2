import fc from "fast-check";
import { mapOf } from "../../../provider/routing/map/layout";
import { anyRoutes, broken, hop, made, route, byProxy as routeByProxy, way, wrong } from "./routes";

/** Two numbers, one Proxy service, a Flex Flow each, one workflow. */
const byProxy = ["+1", "+2"].map((number) => routeByProxy(number));

type Drawn = ReturnType<typeof mapOf>;
const textOf = (box: Drawn["boxes"][number] | undefined) =>
  box?.type === "object" ? box.object.name : box?.text;
const boxOf = ({ boxes }: Drawn, text: string) => boxes.find((box) => textOf(box) === text);
const linesTo = (map: Drawn, text: string) => map.lines.filter(({ to }) => to === boxOf(map, text)?.id);

test("what several ways share is drawn once, what a message makes is not shared", () => {
  const map = mapOf(byProxy);
  const step = ({ from, to }: { from: number; to: number }) =>
    [from, to].map((wanted) => textOf(map.boxes.find(({ id }) => id === wanted))).join(" > ");
  expect(map.lines.map(step).sort()).toEqual([
    "+1 > Proxy",
    "+2 > Proxy",
    "Everyone > Agents",
    "Proxy > flow of +1",
    "Proxy > flow of +2",
    "a new chat > Everyone",
    "a new chat > Everyone",
    "flow of +1 > a new chat",
    "flow of +2 > a new chat",
  ]);
  expect(map.boxes).toHaveLength(9);
});

test("each box and line knows the routes through it", () => {
  const map = mapOf(byProxy);
  expect(boxOf(map, "Proxy")?.routes).toEqual(["sms +1", "sms +2"]);
  expect(linesTo(map, "Proxy").map(({ routes }) => routes)).toEqual([["sms +1"], ["sms +2"]]);
});

test("kinds have their columns, from the customer to the agents; one that nothing is in takes no room", () => {
  const toProgram = way([hop("phoneNumber", "+3"), made("webhook", "program")], { reaches: "webhook" });
  const map = mapOf([...byProxy, route("+3", [toProgram])]);
  const lefts = ["+1", "Proxy", "flow of +1", "a new chat", "Everyone", "Agents"].map(
    (text) => boxOf(map, text)?.x ?? -1,
  );
  expect(lefts).toEqual([...new Set(lefts)].sort((a, b) => a - b));
  const steps = lefts.slice(1).map((left, at) => left - (lefts[at] ?? 0));
  expect(new Set(steps).size).toBe(1);
  expect(boxOf(map, "program")?.x).toBe(lefts.at(-1));
});

test("a hop is broken where it is so for every way; the reason stands where a way ends", () => {
  const hops = [hop("phoneNumber", "+3"), broken("proxyService", "Proxy")];
  const off = route("+3", [way(hops, { reaches: "nobody", end: "It is off" })]);
  const alone = mapOf([off]);
  expect(alone.boxes).toMatchObject([
    { tone: "fine" },
    { tone: "broken" },
    { type: "note", tone: "broken", text: "It is off", remedy: "Switch it on" },
  ]);
  expect(alone.lines).toMatchObject([
    { tone: "broken", isLeader: false },
    { tone: "broken", isLeader: true },
  ]);
  const beside = mapOf([...byProxy, off]);
  expect(boxOf(beside, "Proxy")).toMatchObject({ tone: "fine" });
  expect(linesTo(beside, "Proxy").map(({ tone }) => tone)).toEqual(["fine", "fine", "broken"]);
});

test("an address that nothing handles is quiet, with the reason", () => {
  const end = "Nothing is set up for it";
  const { boxes } = mapOf([route("+3", [way([hop("phoneNumber", "+3")], { reaches: "nobody", end })])]);
  expect(boxes).toMatchObject([{ tone: "quiet" }, { type: "note", tone: "quiet", text: end, remedy: null }]);
});

test("what is wrong with a route stands at its object, or at the address if no message gets there", () => {
  const problems = [
    wrong("flexFlow", "flow of +1", "It is old"),
    wrong("flexFlow", "another", "It is unreached"),
  ];
  const { boxes } = mapOf(byProxy.slice(0, 1).map((known) => ({ ...known, problems })));
  const marked = boxes.flatMap((box) =>
    box.type === "object" ? box.problems.map(({ message }) => [box.object.name, message]) : [],
  );
  expect(marked).toEqual([
    ["+1", "It is unreached"],
    ["flow of +1", "It is old"],
  ]);
});

test("each channel is named above the first of its addresses", () => {
  const chat = route("c", [way([hop("console", "c")])], { channel: "chat" });
  const { labels, boxes } = mapOf([...byProxy, chat]);
  expect(labels.map(({ channel }) => channel)).toEqual(["sms", "chat"]);
  for (const { y } of labels) {
    expect(boxes.filter((box) => box.x === 0 && box.y < y && box.y + box.height > y - 11)).toEqual([]);
  }
});

test("a number that takes messages and calls is one box, under the channel of its messages", () => {
  const toProgram = way([hop("phoneNumber", "+1"), made("webhook", "program")], { reaches: "webhook" });
  const { boxes, labels, lines } = mapOf([...byProxy, route("+1", [toProgram], { channel: "voice" })]);
  const numbers = boxes.filter((box) => box.type === "object" && box.object.name === "+1");
  expect(numbers.map(({ routes }) => routes)).toEqual([["sms +1", "voice +1"]]);
  expect(labels.map(({ channel }) => channel)).toEqual(["sms"]);
  expect(lines.filter(({ from }) => from === numbers[0]?.id)).toHaveLength(2);
});

test("no routes, no picture", () => {
  expect(mapOf([])).toEqual({ width: 0, height: 0, labels: [], boxes: [], lines: [] });
});

describe("whatever the routes", () => {
  /** Sums of fractions are never quite the same. */
  const hair = 0.001;

  test("boxes lie inside the picture and never on each other", () => {
    fc.assert(
      fc.property(anyRoutes, (routes) => {
        const { boxes, width, height } = mapOf(routes);
        const outside = boxes.filter(
          (box) => box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > height,
        );
        const onOthers = boxes.filter((one, at) =>
          boxes
            .slice(at + 1)
            .some(
              (other) =>
                other.x < one.x + one.width &&
                one.x < other.x + other.width &&
                other.y < one.y + one.height - hair &&
                one.y < other.y + other.height - hair,
            ),
        );
        expect({ outside, onOthers }).toEqual({ outside: [], onOthers: [] });
      }),
    );
  });

  test("lines run from one box to another, forward and through no third", () => {
    fc.assert(
      fc.property(anyRoutes, (routes) => {
        const { boxes, lines } = mapOf(routes);
        const bad = lines.filter(({ from, to, points }) => {
          const [first, last] = [from, to].map((wanted) => boxes.find(({ id }) => id === wanted));
          const isJoined =
            points.at(0)?.[0] === (first?.x ?? 0) + (first?.width ?? 0) && points.at(-1)?.[0] === last?.x;
          const isForward = points.every(([x], at) => x >= (points[at - 1]?.[0] ?? x));
          const isFree = points.every(([x, y], at) => {
            const [before] = points[at - 1] ?? [x];
            const isThrough = (box: (typeof boxes)[number]) =>
              box.x < x && before < box.x + box.width && box.y + hair < y && y < box.y + box.height - hair;
            return at % 2 === 1 || !boxes.some(isThrough);
          });
          return !isJoined || !isForward || !isFree;
        });
        expect(bad).toEqual([]);
      }),
    );
  });

  test("the same routes give the same picture", () => {
    fc.assert(
      fc.property(anyRoutes, (routes) => expect(mapOf(structuredClone(routes))).toEqual(mapOf(routes))),
    );
  });
});

import fc from "fast-check";
import { mermaid, mermaidOfChange } from "../../../provider/routing/map";
import { anyRoutes, byProxy, hop, hostile, route, stopped, way } from "./routes";

/** What stands within quotes: letters, digits and entities, so that nothing in it is Markdown, HTML or Mermaid. */
const label = `"(?:(?![ﬂß])[\\p{L}\\p{N} ]|\\+(?=\\p{N})|#\\d+;|<br>)+"`;
const colour = "(?:fill|stroke|color|stroke-width|stroke-dasharray):[#\\w ]+";
/** All that is written, which is all that is relied on. */
const statements = [
  new RegExp(`^ {2}n\\d+(?:\\(\\[${label}\\]\\)|\\[${label}\\]|\\{\\{${label}\\}\\})$`, "u"),
  /^ {2}n\d+ (?:-->|--x|---|-\.->|-\.-x|-\.-|==>|==x|===) n\d+$/,
  new RegExp(`^ {2}classDef [a-z]+ ${colour}(?:,${colour})*$`),
  /^ {2}class n\d+(?:,n\d+)* [a-z]+$/,
  new RegExp(`^ {2}linkStyle \\d+(?:,\\d+)* ${colour}$`),
];

/** The lines of the chart, each of which is a statement about nodes and links that there are, and what is below it. */
function parsed(markdown: string) {
  const [, chart = "", below = ""] = /^```mermaid\nflowchart LR\n([^`]*)```\n([^`]*)$/.exec(markdown) ?? [];
  const lines = chart.split("\n").slice(0, -1);
  expect(lines.filter((line) => !statements.some((statement) => statement.test(line)))).toEqual([]);
  const nodes = new Map(
    lines.flatMap((line) =>
      /^ {2}(n\d+)([[({].*)$/.exec(line) ? [[line.trim().split(/[[({]/)[0] ?? "", textOf(line)]] : [],
    ),
  );
  const links = lines.flatMap((line) => {
    const [, from, kind, to] = /^ {2}(n\d+) (\S+) (n\d+)$/.exec(line) ?? [];
    return from && kind && to ? [{ from, kind, to }] : [];
  });
  const named = lines.flatMap((line) => (/^ {2}class /.test(line) ? (line.match(/n\d+/g) ?? []) : []));
  const ends = links.flatMap(({ from, to }) => [from, to]);
  expect([...ends, ...named].filter((id) => !nodes.has(id))).toEqual([]);
  const styled = lines.flatMap((line) => /^ {2}linkStyle ([\d,]+)/.exec(line)?.[1]?.split(",") ?? []);
  expect(styled.filter((at) => Number(at) >= links.length)).toEqual([]);
  return {
    below,
    nodes: [...nodes.values()],
    links: links.map(({ from, kind, to }) => `${nodes.get(from)?.[0]} ${kind} ${nodes.get(to)?.[0]}`),
  };
}

const textOf = (line: string) =>
  (/"(.*)"/.exec(line)?.[1] ?? "")
    .replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .split("<br>");

test("a route from the customer to the agents", () => {
  const { nodes, links, below } = parsed(mermaid([byProxy("+15017122661")]));
  expect(nodes).toEqual([
    ["+15017122661", "Phone number, SMS"],
    ["Proxy", "Proxy service"],
    ["flow of +15017122661", "Flex Flow"],
    ["a new chat", "Chat channel"],
    ["Everyone", "Workflow"],
    ["Agents"],
  ]);
  expect(links).toEqual([
    "+15017122661 --> Proxy",
    "Proxy --> flow of +15017122661",
    "flow of +15017122661 --> a new chat",
    "a new chat --> Everyone",
    "Everyone --> Agents",
  ]);
  expect(below).toBe("");
});

test("what is broken has a cross, and says why and what to do", () => {
  const { nodes, links } = parsed(mermaid([stopped("+1")]));
  expect(nodes).toContainEqual(["It is off", "Switch it on"]);
  expect(links).toEqual(["+1 --x Proxy", "Proxy --- It is off"]);
});

test("what changes: plus and thick, minus and dotted; what stays is there once", () => {
  const { nodes, links } = parsed(
    mermaidOfChange([stopped("+1"), byProxy("+2")], [byProxy("+1"), byProxy("+2")]),
  );
  expect(nodes.map(([name]) => name)).toEqual([
    "+1",
    "~ Proxy",
    "− It is off",
    "+ flow of +1",
    "+ a new chat",
    "+ Everyone",
    "+ Agents",
  ]);
  expect(links).toEqual([
    "+1 --> ~ Proxy",
    "~ Proxy -.- − It is off",
    "~ Proxy ==> + flow of +1",
    "+ flow of +1 ==> + a new chat",
    "+ a new chat ==> + Everyone",
    "+ Everyone ==> + Agents",
  ]);
});

test("nothing to draw is said in words", () => {
  expect(mermaid([])).toBe(
    "No number, sender, address configuration or Flex Flow: customers cannot write to this account.\n",
  );
  expect(mermaidOfChange([byProxy("+1")], [byProxy("+1")])).toBe("No route changes: 1 route.\n");
});

test("names are text", () => {
  const hops = [hop("phoneNumber", hostile), hop("studioFlow", hostile)];
  const { nodes } = parsed(mermaid([route(hostile, [way(hops)])]));
  const name = hostile.replace(/[\s\u202e]+/g, " ");
  expect(nodes.slice(0, 2).map(([first]) => first)).toEqual([
    [...name].slice(0, 119).join("") + (name.length > 120 ? "…" : ""),
    nodes[1]?.[0],
  ]);
});

describe("several hundred addresses", () => {
  const numbers = Array.from({ length: 700 }, (_, at) => `+1202555${String(at).padStart(4, "0")}`);
  const routes = numbers.map((number, at) => (at === 650 ? stopped(number) : byProxy(number)));

  test("are drawn as far as there is room, those with problems first, and the rest is counted", () => {
    const text = mermaid(routes);
    const { nodes, below } = parsed(text);
    expect(text.length).toBeLessThanOrEqual(30_000);
    const starts = nodes.filter(([, what]) => what === "Phone number, SMS");
    expect(below).toBe(`\n${starts.length} of 700 routes are drawn, those with problems first.\n`);
    expect(starts.length).toBeGreaterThan(50);
    expect(starts.map(([name]) => name)).toContain(numbers[650]);
  });

  test("of changes those that end with an error first", () => {
    const before = numbers.map((number) => byProxy(number, "One flow"));
    const text = mermaidOfChange(before, routes, { most: 12_000 });
    const { nodes, below } = parsed(text);
    expect(text.length).toBeLessThanOrEqual(12_000);
    expect(nodes.map(([name]) => name)).toContain(numbers[650]);
    expect(below).toMatch(/^\n\d+ of 700 routes are drawn, those that end with an error first\.\n$/);
  });

  test("where there is room for none, the line alone is left", () => {
    expect(mermaid(routes, { most: 100 })).toBe("\n0 of 700 routes are drawn, those with problems first.\n");
  });

  test("Mermaid's own limits hold, whatever is asked for", () => {
    const { links } = parsed(mermaid(routes, { most: 1_000_000 }));
    expect(links.length).toBeLessThanOrEqual(500);
  });
});

test("whatever the routes, it is the grammar", () => {
  fc.assert(
    fc.property(anyRoutes, anyRoutes, (before, after) => {
      if (after.length > 0) parsed(mermaid(after));
      const change = mermaidOfChange(before, after);
      if (!change.startsWith("No route changes")) parsed(change);
    }),
  );
});

import { channelOf, type Route } from "..";
import { changesOf, comparedMaps, keyedLines, type RouteChange } from "./changes";
import { noRoutes } from "./document";
import type { Box, Change, Line, Note, RouteMap } from "./layout";
import { mapOf } from "./layout";
import { drawnName, drawnNote } from "./sizes";
import { channelNames, count, kindNames, labelOf } from "./words";

export interface MermaidOptions {
  /** Characters that the answer may have. @default 30_000, of the 65,536 that a comment may have */
  most?: number;
}

/** Mermaid itself draws no text with more than 50,000 characters, and no more than 500 lines. */
const mostCharacters = 48_000;
const mostLines = 450;

/** The map for Markdown: Mermaid's flowchart, as GitHub draws it, and a line that says what is left out. */
export function mermaid(routes: Route[], options: MermaidOptions = {}): string {
  if (routes.length === 0) return `${noRoutes}\n`;
  const withProblems = routes.filter(({ problems }) => problems.length > 0);
  const first = [...withProblems, ...routes.filter(({ problems }) => problems.length === 0)];
  const chart = (number: number) => {
    const shown = new Set(first.slice(0, number));
    return chartOf(mapOf(routes.filter((route) => shown.has(route))));
  };
  return fitted(first.length, chart, options, "those with problems first");
}

/** What becomes of the routes, in one map: what is new has a plus and thick lines, what is gone a minus and dotted ones. */
export function mermaidOfChange(before: Route[], after: Route[], options: MermaidOptions = {}): string {
  const { changed, same } = changesOf(before, after);
  if (changed.length === 0) return `No route changes: ${count(same.length, "route")}.\n`;
  const chart = (number: number) => chartOf(joined(changed.slice(0, number)));
  return fitted(changed.length, chart, options, "those that end with an error first");
}

interface Chart {
  text: string;
  lines: number;
}

/** Of the routes as many as there is room for. */
function fitted(
  all: number,
  chart: (routes: number) => Chart,
  { most = 30_000 }: MermaidOptions,
  order: string,
): string {
  const answer = (number: number): string => {
    const left =
      number < all
        ? `\n${number} of ${count(all, "route")} ${number === 1 ? "is" : "are"} drawn, ${order}.\n`
        : "";
    const { text, lines } = number === 0 ? { text: "", lines: 0 } : chart(number);
    const fenced = `${text && `\`\`\`mermaid\n${text}\`\`\`\n`}${left}`;
    return lines <= mostLines && text.length <= mostCharacters && fenced.length <= most ? fenced : "";
  };
  const whole = answer(all);
  if (whole) return whole;
  let [fits, tooMany] = [0, all];
  while (tooMany - fits > 1) {
    const number = Math.floor((fits + tooMany) / 2);
    if (answer(number)) fits = number;
    else tooMany = number;
  }
  return answer(fits);
}

/** Before and after in one: what is in both is there once, as it is after. */
function joined(changed: RouteChange[]): RouteMap {
  const { before, after } = comparedMaps(changed);
  const boxes = new Map([...before.boxes, ...after.boxes].map((box) => [box.key, box]));
  const lines = new Map([...keyedLines(before), ...keyedLines(after)]);
  const ids = new Map([...boxes.keys()].map((key, id) => [key, id]));
  const end = (key: string, which: 0 | 1): number => ids.get(JSON.parse(key)[which]) ?? 0;
  return {
    ...after,
    boxes: [...boxes.values()].map((box, id) => ({ ...box, id })),
    lines: [...lines].map(([key, line]) => ({ ...line, from: end(key, 0), to: end(key, 1) })),
  };
}

function chartOf({ boxes, lines }: RouteMap): Chart {
  const ordered = [...lines].sort((a, b) => a.from - b.from || a.to - b.to);
  const text = [
    "flowchart LR",
    ...boxes.map(nodeOf),
    ...ordered.map(linkOf),
    ...classes(boxes),
    ...styles(ordered),
  ];
  return {
    text: `${text.map((line, at) => (at === 0 ? line : `  ${line}`)).join("\n")}\n`,
    lines: lines.length,
  };
}

const signs: Record<Change, string> = { comes: "+ ", goes: "− ", changes: "~ " };

/** Customers and agents are round, reasons are hexagons, objects are boxes. */
function nodeOf(box: Box | Note): string {
  const sign = box.change ? signs[box.change] : "";
  if (box.type === "note") {
    const label = [`${sign}${drawnNote(box.text)}`, box.remedy ?? []].flat().map(escaped).join("<br>");
    return box.tone === "agents" ? `n${box.id}(["${label}"])` : `n${box.id}{{"${label}"}}`;
  }
  const { name, kind } = box.object;
  const isStart = box.x === 0;
  const channels = new Set(box.routes.flatMap((id) => channelOf(id.split(" ", 1)[0] ?? "") ?? []));
  const what = isStart
    ? `${kindNames[kind]}, ${[...channels].map((channel) => channelNames[channel]).join(" and ")}`
    : kindNames[kind];
  const problems = box.problems.map(({ severity, message }) => `${severity}: ${message}`);
  const label = [`${sign}${drawnName(labelOf(name))}`, what, ...problems].map(escaped).join("<br>");
  return isStart ? `n${box.id}(["${label}"])` : `n${box.id}["${label}"]`;
}

/** Thick where it is new, dotted where it is gone; with a cross at its end where it is broken; without an arrow to a reason. */
function linkOf({ from, to, tone, isLeader, change }: Line): string {
  const end = isLeader ? "-" : tone === "broken" ? "x" : ">";
  const links: Record<Change | "none", string> = {
    none: `--${end}`,
    changes: `--${end}`,
    goes: isLeader ? "-.-" : `-.-${end}`,
    comes: isLeader ? "===" : `==${end}`,
  };
  return `n${from} ${links[change ?? "none"]} n${to}`;
}

/** Of ground, edge and text, so that they can be read on a light and on a dark page. */
const colours = {
  broken: "fill:#fdf1f0,stroke:#b3261e,color:#8c1d17",
  agents: "fill:#eaf7f0,stroke:#13693f,color:#13693f",
  quiet: "fill:#f6f7f9,stroke:#8a93a3,color:#5a6371,stroke-dasharray:2 3",
  comes: "stroke:#1d5fd1,stroke-width:4px",
  goes: "stroke:#7a3ea8,stroke-width:2px,stroke-dasharray:7 4",
  changes: "stroke:#1d5fd1,stroke-width:2px",
} as const;

function classes(boxes: (Box | Note)[]): string[] {
  return Object.entries(colours).flatMap(([name, colour]) => {
    const those = boxes.filter(({ tone, change }) => tone === name || change === name);
    return those.length === 0
      ? []
      : [`classDef ${name} ${colour}`, `class ${those.map(({ id }) => `n${id}`).join(",")} ${name}`];
  });
}

function styles(lines: Line[]): string[] {
  const looks = [
    [({ tone }: Line) => tone === "broken", "stroke:#b3261e"],
    [({ tone, change }: Line) => tone !== "broken" && change === "goes", "stroke:#7a3ea8"],
    [({ tone, change }: Line) => tone !== "broken" && change !== "goes" && change, "stroke:#1d5fd1"],
  ] as const;
  return looks.flatMap(([isSo, look]) => {
    const those = lines.flatMap((line, at) => (isSo(line) ? [at] : []));
    return those.length === 0 ? [] : [`linkStyle ${those.join(",")} ${look}`];
  });
}

/**
 * A text within quotes. Mermaid takes Markdown, HTML and its own entities for what they are, in which a sign is its number:
 * here every sign is one. ﬂ and ß are how it writes entities to itself.
 */
const escaped = (text: string) =>
  text
    .replace(/[\s\p{C}]+/gu, " ")
    .replace(/[^\p{L}\p{N} +]|\+(?!\p{N})|[ﬂß]/gu, (sign) => `#${sign.codePointAt(0)};`) || "#8211;";

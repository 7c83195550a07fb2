// Where everything lies in the picture of an account's routes. Pure: routes go in, boxes and lines come out.
import type { Hop, ObjectKind, Problem, Reference, Route, Way } from "..";
import { drawnName, drawnNote, heightOfBox, heightOfNote } from "./sizes";
import { kindNames, labelOf } from "./words";

/** Columns from the customer to the end of the way. Those that nothing is in are left out. */
const columns: Record<ObjectKind, number> = {
  phoneNumber: 0,
  shortCode: 0,
  sender: 0,
  console: 0,
  messagingService: 1,
  application: 2,
  proxyService: 3,
  address: 4,
  flexFlow: 4,
  conversation: 5,
  chatChannel: 5,
  proxySession: 5,
  chatService: 5,
  studioFlow: 6,
  taskRouterWorkflow: 7,
  taskChannel: 7,
  webhook: 8,
  trunk: 8,
};
const lastColumn = 8;

const boxWidth = 134;
const endWidth = 216;
const laneHeight = 6;
const columnGap = 24;
const rowGap = 14;
const labelHeight = 26;

/** `broken`: messages do not get through here. `quiet`: nothing is meant to. */
type Tone = "fine" | "broken" | "quiet";

interface Placed {
  /** Its name in this map, for `from` and `to` of lines. */
  id: number;
  /** Its name in every map of the account, see `comparedMaps`. */
  key: string;
  x: number;
  y: number;
  width: number;
  height: number;
  /** Of the routes that lead through it, see `routeId`. */
  routes: string[];
  change?: Change;
}

/** What becomes of something that is drawn: it is there before only, after only, or is not the same after. */
export type Change = "goes" | "comes" | "changes";

/** An object of the account. */
export interface Box extends Placed {
  type: "object";
  object: Reference;
  tone: Tone;
  /** What is wrong with it that is not wrong with the way of one message only. */
  problems: Problem[];
}

/** Why a way ends, where it does not end at an object. */
export interface Note extends Placed {
  type: "note";
  tone: "agents" | "broken" | "quiet";
  text: string;
  remedy: string | null;
}

type Point = [x: number, y: number];

export interface Line {
  from: number;
  to: number;
  /** From the middle of the right side of a box to that of the left side of another: curve, straight, curve, … */
  points: Point[];
  tone: Tone;
  /** To a note, which is not a step of a message. */
  isLeader: boolean;
  by: Way["by"] | "both";
  routes: string[];
  change?: Change;
}

/** A channel, above the first of its addresses. */
interface Label {
  x: number;
  y: number;
  channel: Route["channel"];
}

export interface RouteMap {
  width: number;
  height: number;
  labels: Label[];
  boxes: (Box | Note)[];
  lines: Line[];
}

/** The name of a route within its account. */
export const routeId = ({ channel, address }: Pick<Route, "channel" | "address">) => `${channel} ${address}`;

/** What needs room in a column: a box, or the lane of a line that passes. */
interface Item {
  column: number;
  height: number;
  /** Room above it for the name of its channel. */
  above: number;
  before: Set<Item>;
  y: number;
}

interface Node extends Item {
  id: number;
  key: string;
  /** Its name among the nodes: an object may be in several columns. */
  place: string;
  content: Pick<Box, "type" | "object"> | Pick<Note, "type" | "tone" | "text" | "remedy">;
  channel: Route["channel"] | null;
  routes: Set<string>;
  /** Per way through it. */
  tones: Tone[];
  problems: Set<Problem>;
}

interface Link {
  from: Node;
  lanes: Item[];
  to: Node;
  routes: Set<string>;
  by: Set<Way["by"]>;
  tones: Tone[];
}

const width = (column: number) => (column === lastColumn ? endWidth : boxWidth);

export function mapOf(routes: Route[]): RouteMap {
  const graph = new Graph();
  for (const route of routes) for (const way of route.ways) graph.add(route, way);
  const nodes = [...graph.nodes.values()];
  const links = [...graph.links.values()];
  const used = [...new Set(nodes.map(({ column }) => column))].sort((a, b) => a - b);
  const lanes = links.flatMap((link) => lay(link, used));
  place([...nodes, ...lanes]);

  const left = (column: number) =>
    used.filter((at) => at < column).reduce((sum, at) => sum + width(at) + columnGap, 0);
  const right = (column: number) => left(column) + width(column);
  const middle = ({ y, height }: Item) => y + height / 2;
  const entry = (item: Item): Point => [left(item.column), middle(item)];
  const exit = (item: Item): Point => [right(item.column), middle(item)];

  return {
    width: Math.max(0, ...used.map(right)),
    height: Math.max(0, ...nodes.map(({ y, height }) => y + height), ...lanes.map(({ y }) => y + laneHeight)),
    labels: nodes.flatMap(({ channel, y }) => (channel ? [{ x: 0, y: y - 8, channel }] : [])),
    boxes: nodes.map(({ id, key, column, y, height, content, routes, tones, problems }) => {
      const placed = { id, key, x: left(column), y, width: width(column), height, routes: [...routes] };
      return content.type === "note"
        ? { ...placed, ...content }
        : { ...placed, ...content, tone: oneOf(tones), problems: [...problems] };
    }),
    lines: links.map(({ from, lanes, to, tones, by, routes }) => ({
      from: from.id,
      to: to.id,
      points: [exit(from), ...lanes.flatMap((lane) => [entry(lane), exit(lane)]), entry(to)],
      tone: oneOf(tones),
      isLeader: to.content.type === "note" && to.content.tone !== "agents",
      by: by.size > 1 ? "both" : ([...by][0] ?? "handler"),
      routes: [...routes],
    })),
  };
}

/** What several ways share is broken, or quiet, only where it is so for all of them. */
function oneOf(tones: Tone[]): Tone {
  const [first = "fine"] = tones;
  return tones.every((tone) => tone === first) ? first : "fine";
}

/** What the ways lead through, each object once. */
class Graph {
  readonly nodes = new Map<string, Node>();
  readonly links = new Map<string, Link>();
  private channel: Route["channel"] | null = null;

  add(route: Route, way: Way): void {
    const id = routeId(route);
    const isQuiet = way.reaches === "nobody" && !way.hops.some(({ problem }) => problem);
    let previous: Node | undefined;
    for (const [at, hop] of way.hops.entries()) {
      const { kind, sid, name, problem } = hop;
      const column = Math.max(columns[kind], (previous?.column ?? -1) + 1);
      const start = at === 0 ? this.startOf(route) : undefined;
      const key = start ?? keyOf(hop, previous?.key);
      const place = start ?? `${column} ${keyOf(hop, previous?.place)}`;
      const isNew = !this.nodes.has(place);
      const height = heightOfBox(drawnName(labelOf(name)), kindNames[kind], width(column));
      const node = this.node({ key, place, column, height }, { type: "object", object: { kind, sid, name } });
      if (at === 0 && isNew) this.label(node, route.channel);
      node.routes.add(id);
      node.tones.push(problem ? "broken" : at === 0 && isQuiet ? "quiet" : "fine");
      for (const problem of problemsAt(route, hop, at === 0)) node.problems.add(problem);
      if (previous) this.join(previous, node, id, way.by, problem ? "broken" : "fine");
      previous = node;
    }
    const end = endOf(way);
    if (!end || !previous) return;
    const column = Math.max(lastColumn, previous.column + 1);
    const key = `end ${end.text}`;
    const height = heightOfNote(drawnNote(end.text), end.remedy, width(column));
    const node = this.node({ key, place: `${column} ${key}`, column, height }, end);
    node.routes.add(id);
    this.join(previous, node, id, way.by, end.tone === "agents" ? "fine" : end.tone);
  }

  /** A number that takes messages and calls is one box. */
  private startOf({ channel, address }: Route): string {
    const messages = `start ${routeId({ channel: "sms", address })}`;
    return channel === "voice" && this.nodes.has(messages)
      ? messages
      : `start ${routeId({ channel, address })}`;
  }

  private node(named: Pick<Node, "key" | "place" | "column" | "height">, content: Node["content"]): Node {
    const node = this.nodes.get(named.place) ?? {
      ...{ ...named, id: this.nodes.size, content, above: 0, y: 0, channel: null },
      ...{ before: new Set(), routes: new Set(), tones: [], problems: new Set() },
    };
    this.nodes.set(named.place, node);
    return node;
  }

  /** Names the channel at the first of its addresses. */
  private label(node: Node, channel: Route["channel"]): void {
    if (channel === this.channel) return;
    this.channel = channel;
    node.channel = channel;
    node.above = labelHeight;
  }

  private join(from: Node, to: Node, route: string, by: Way["by"], tone: Tone): void {
    const key = `${from.id} ${to.id}`;
    const link = this.links.get(key) ?? { from, lanes: [], to, routes: new Set(), by: new Set(), tones: [] };
    this.links.set(key, link);
    link.routes.add(route);
    link.by.add(by);
    link.tones.push(tone);
  }
}

/** Gives a link a lane in each column that it passes. */
function lay({ from, to, lanes }: Link, used: number[]): Item[] {
  let before: Item = from;
  for (const column of used.filter((at) => at > from.column && at < to.column)) {
    const lane = { column, height: laneHeight, above: 0, before: new Set([before]), y: 0 };
    lanes.push(lane);
    before = lane;
  }
  to.before.add(before);
  return lanes;
}

/** What is made only when a message arrives has no SID: whatever leads to it makes its own. */
const keyOf = ({ kind, sid, name }: Hop, previous: string | undefined) =>
  sid === null && kind !== "webhook" ? `${kind} ${name} of ${previous}` : `${kind} ${sid ?? name}`;

/** Those of the route, at the object that is wrong, or at the address where no message gets to that object. */
function problemsAt({ ways, problems }: Route, hop: Hop, isAddress: boolean): Problem[] {
  const hops = ways.flatMap((way) => way.hops);
  const ofHops = hops.flatMap(({ problem }) => problem ?? []);
  const isSame = (object: Reference, other: Reference) =>
    object.kind === other.kind && object.sid === other.sid && object.name === other.name;
  return problems
    .filter((problem) => !ofHops.includes(problem))
    .filter(({ object }) => (hops.some((known) => isSame(known, object)) ? isSame(hop, object) : isAddress));
}

function endOf({ reaches, hops, end }: Way): Pick<Note, "type" | "tone" | "text" | "remedy"> | undefined {
  if (reaches === "webhook" || reaches === "trunk") return undefined;
  if (reaches === "agents") return { type: "note", tone: "agents", text: "Agents", remedy: null };
  const problem = hops.at(-1)?.problem;
  return problem
    ? { type: "note", tone: "broken", text: problem.message, remedy: problem.remedy }
    : { type: "note", tone: "quiet", text: end, remedy: null };
}

/** Column by column, each item as near as there is room to the middle of those that lead to it. */
function place(items: Item[]): void {
  for (let column = 0; column <= Math.max(...items.map((item) => item.column)); column++) {
    const inColumn = items.filter((item) => item.column === column);
    const wanted = (item: Item) => {
      const middles = [...item.before].map(({ y, height }) => y + height / 2);
      return middles.length === 0
        ? 0
        : middles.reduce((sum, y) => sum + y, 0) / middles.length - item.height / 2;
    };
    stack(inColumn.map((item) => ({ item, wanted: wanted(item) })));
  }
  const top = Math.min(...items.map(({ y, above }) => y - above));
  for (const item of items) item.y -= top;
}

/** Keeps the order that is wanted; those that would overlap move apart evenly. */
function stack(wishes: { item: Item; wanted: number }[]): void {
  const middle = ({ item, wanted }: (typeof wishes)[number]) => wanted + item.height / 2;
  wishes.sort((a, b) => middle(a) - middle(b));
  let offset = 0;
  const blocks: { items: { item: Item; offset: number }[]; sum: number }[] = [];
  const start = (block: (typeof blocks)[number]) => block.sum / block.items.length;
  for (const { item, wanted } of wishes) {
    offset += item.above;
    let block = { items: [{ item, offset }], sum: wanted - offset };
    for (let last = blocks.at(-1); last && start(last) > start(block); last = blocks.at(-1)) {
      block = { items: [...last.items, ...block.items], sum: last.sum + block.sum };
      blocks.pop();
    }
    blocks.push(block);
    offset += item.height + rowGap;
  }
  for (const block of blocks) for (const { item, offset } of block.items) item.y = start(block) + offset;
}

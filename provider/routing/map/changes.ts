import type { Route } from "..";
import type { Box, Change, Line, Note, RouteMap } from "./layout";
import { mapOf, routeId } from "./layout";

/** What becomes of messages to one address on one channel. It has a route before, or after, or both. */
export interface RouteChange {
  before: Route | undefined;
  after: Route | undefined;
}

export interface Changes {
  /** In the order of the routes after, then those that are gone. Those that end with an error come first. */
  changed: RouteChange[];
  same: Route[];
}

/** Which routes are not the same afterwards. */
export function changesOf(before: Route[], after: Route[]): Changes {
  const [earlier, later] = [before, after].map(
    (routes) => new Map(routes.map((route) => [routeId(route), route])),
  );
  const pairs = [...new Set([...after, ...before].map(routeId))].map((id) => ({
    before: earlier?.get(id),
    after: later?.get(id),
  }));
  const isSame = (pair: RouteChange) => JSON.stringify(pair.before) === JSON.stringify(pair.after);
  const changed = pairs.filter((pair) => !isSame(pair));
  return {
    changed: [...changed.filter(endsWrong), ...changed.filter((pair) => !endsWrong(pair))],
    same: pairs.filter(isSame).flatMap((pair) => pair.after ?? []),
  };
}

const endsWrong = ({ after }: RouteChange) =>
  after?.problems.some(({ severity }) => severity === "error") ?? true;

/** The maps before and after, in which each box and each line knows what becomes of it. */
export function comparedMaps(changed: RouteChange[]): { before: RouteMap; after: RouteMap } {
  const before = mapOf(changed.flatMap((pair) => pair.before ?? []));
  const after = mapOf(changed.flatMap((pair) => pair.after ?? []));
  return { before: marked(before, after, "goes"), after: marked(after, before, "comes") };
}

function marked(map: RouteMap, other: RouteMap, alone: Change): RouteMap {
  const boxes = new Map(other.boxes.map((box) => [box.key, lookOf(box)]));
  const lines = new Map(keyedLines(other).map(([key, line]) => [key, lookOfLine(line)]));
  const change = (there: string | undefined, here: string): { change?: Change } => {
    if (there === undefined) return { change: alone };
    return there === here ? {} : { change: "changes" };
  };
  return {
    ...map,
    boxes: map.boxes.map((box) => ({ ...box, ...change(boxes.get(box.key), lookOf(box)) })),
    lines: keyedLines(map).map(([key, line]) => ({ ...line, ...change(lines.get(key), lookOfLine(line)) })),
  };
}

/** The lines of a map by what they join. */
export function keyedLines({ boxes, lines }: RouteMap): [key: string, line: Line][] {
  const keys = new Map(boxes.map(({ id, key }) => [id, key]));
  return lines.map((line) => [JSON.stringify([keys.get(line.from), keys.get(line.to)]), line]);
}

const lookOf = (box: Box | Note) =>
  JSON.stringify(box.type === "note" ? [box.tone, box.remedy] : [box.tone, box.object.name, box.problems]);

const lookOfLine = ({ tone, by }: Line) => JSON.stringify([tone, by]);

import type { Problem, Reference } from "..";
import { type Html, html } from "./html";
import type { Box, Change, Line, Note, RouteMap } from "./layout";
import { drawnName, drawnNote } from "./sizes";
import { channelNames, kindNames, labelOf } from "./words";

const margin = 8;
/** How much wider than it needs to be the map may become, where there is room. */
const stretch = 0.7;

/** Where something lies: across in parts of the width, which may stretch, and down in pixels. */
interface Scale {
  across: (x: number) => string;
  wide: (width: number) => string;
  down: (y: number) => number;
}

/**
 * The map as SVG. Its text stays as large as it is while boxes and lines become wider with the room there is. It has no
 * text for screen readers: the list of ways says the same.
 */
export function pictureOf({ width, height, labels, boxes, lines }: RouteMap): Html {
  const [fullWidth, fullHeight] = [Math.ceil(width) + 2 * margin, Math.ceil(height) + 2 * margin];
  const wide = (pixels: number) => `${Math.round((pixels / fullWidth) * 1e5) / 1e3}%`;
  const scale: Scale = {
    across: (x) => wide(x + margin),
    wide,
    down: (y) => rounded(y + margin),
  };
  const size = (wide: number) => html`<svg width="${Math.ceil(wide)}" height="0" aria-hidden="true"></svg>`;
  // In one line the two spacers are as wide as the map may become; in two they are as wide as it has to be.
  return html`<div class="sheet"><div class="canvas"><svg class="map" width="100%" height="${fullHeight}" aria-hidden="true">
<svg width="100%" height="${fullHeight}" viewBox="${-margin} ${-margin} ${fullWidth} ${fullHeight}" preserveAspectRatio="none">
${[...lines].sort((a, b) => weight(a) - weight(b)).map(lineOf)}
</svg>
${labels.map(({ x, y, channel }) => html`<text class="channel" x="${scale.across(x)}" y="${scale.down(y)}">${channelNames[channel]}</text>`)}
${boxes.map((box) => (box.type === "note" ? noteOf(box, scale) : boxOf(box, scale)))}
${lines.filter(({ isLeader, tone }) => !isLeader && tone === "broken").map((line) => breakOf(line, scale))}
</svg><p class="room">${size(fullWidth)} ${size(fullWidth * stretch)}</p></div></div>`;
}

const rounded = (pixels: number) => Math.round(pixels * 100) / 100;

/** What is broken, and what changes, is drawn last, above the rest. */
const weight = ({ tone, change }: Line) => ["quiet", "fine", "broken"].indexOf(tone) + (change ? 2 : 0);

const routesOf = (routes: string[]) => JSON.stringify(routes);

function lineOf(line: Line): Html {
  const kind = line.isLeader ? "leader" : line.by;
  return html`<path class="line ${line.tone} ${kind}${classOf(line.change)}" data-from="${line.from}" data-to="${line.to}" data-routes="${routesOf(line.routes)}" d="${pathOf(line)}"/>`;
}

const classOf = (change: Change | undefined) => (change ? ` ${change}` : "");

/** Curves between columns, straight through them. */
function pathOf({ points }: Line): string {
  return points
    .map(([x, exactY], at) => {
      const [fromX, fromY] = points[at - 1] ?? [x, exactY];
      const y = rounded(exactY);
      if (at === 0) return `M${x} ${y}`;
      if (at % 2 === 0) return `H${x}`;
      const half = (fromX + x) / 2;
      return `C${half} ${rounded(fromY)} ${half} ${y} ${x} ${y}`;
    })
    .join("");
}

/** In the middle of the last curve. */
function breakOf({ points }: Line, { across, down }: Scale): Html {
  const [[fromX, fromY] = [0, 0], [toX, toY] = [0, 0]] = points.slice(-2);
  return html`<svg class="break" x="${across((fromX + toX) / 2)}" y="${down((fromY + toY) / 2)}"><circle r="6.5"/><path d="M-2.5 -2.5L2.5 2.5M2.5 -2.5L-2.5 2.5"/></svg>`;
}

function boxOf(box: Box, scale: Scale): Html {
  const { id, object, tone, problems, routes, change } = box;
  const { kind, sid, name } = object;
  const told = [
    change && changeWords[change],
    name,
    sid !== name && sid,
    ...problems.map(({ message }) => message),
  ].filter(Boolean);
  return html`<g class="box ${tone} ${kind}${worst(problems)}${isMade(object) && " made"}${classOf(change)}" data-routes="${routesOf(routes)}" data-id="${id}" data-kind="${kind}" data-sid="${sid}">
<title>${told.join("\n")}</title>
${framed(box, scale, html`<div class="object"><b>${drawnName(labelOf(name))}</b><span>${kindNames[kind]}</span></div>`)}
${problems.length > 0 && html`<svg class="mark" x="${scale.across(box.x + box.width - 3)}" y="${scale.down(box.y + 3)}"><circle r="8"/><path d="M0 -4V1M0 3.5V4"/></svg>`}
${change && signOf(box, change, scale)}
</g>`;
}

/** A frame with text in it. */
function framed({ x, y, width, height }: Box | Note, { across, wide, down }: Scale, text: Html): Html {
  const [left, top, breadth, high] = [across(x), down(y), wide(width), rounded(height)];
  return html`<rect x="${left}" y="${top}" width="${breadth}" height="${high}" rx="7"/>
<foreignObject x="${left}" y="${top}" width="${breadth}" height="${high}">${text}</foreignObject>`;
}

const changeWords: Record<Change, string> = {
  comes: "New",
  goes: "Gone afterwards",
  changes: "Not the same afterwards",
};

const signs: Record<Change, string> = {
  comes: "M-4 0H4M0 -4V4",
  goes: "M-4 0H4",
  changes: "M-4 1.5Q-2 -2.5 0 0T4 -1.5",
};

/** What becomes of it, by shape: a plus, a minus or a wave. */
const signOf = ({ x, y }: Box | Note, change: Change, { across, down }: Scale): Html =>
  html`<svg class="sign" x="${across(x)}" y="${down(y)}"><circle r="7.5"/><path d="${signs[change]}"/></svg>`;

/** Not there before a message arrives. */
const isMade = ({ kind, sid }: Reference) =>
  sid === null && ["conversation", "chatChannel", "proxySession"].includes(kind);

function worst(problems: Problem[]): string {
  if (problems.length === 0) return "";
  return problems.some(({ severity }) => severity === "error") ? " has-error" : " has-warning";
}

function noteOf(note: Note, scale: Scale): Html {
  const { id, tone, text, remedy, routes, change } = note;
  return html`<g class="note ${tone}${classOf(change)}" data-id="${id}" data-routes="${routesOf(routes)}">
<title>${remedy ? `${text}\n${remedy}` : text}</title>
${framed(note, scale, html`<div class="reason"><b>${drawnNote(text)}</b>${remedy && html`<span>${remedy}</span>`}</div>`)}
${change && signOf(note, change, scale)}
</g>`;
}

const ofMap = [
  ["conversations", "by Conversations"],
  ["handler", "by the messaging handler"],
  ["broken", "broken, with a cross"],
];
const ofChange = [
  ["comes", "new, with a plus"],
  ["goes", "gone afterwards, with a minus"],
  ["changes", "not the same afterwards, with a wave"],
];

/** What lines look like. */
export const legend = (isChange = false): Html =>
  html`<p class="legend" aria-hidden="true">${[...ofMap, ...(isChange ? ofChange : [])].map(
    ([name, words]) => html`<span class="by-${name}">${words}</span> `,
  )}</p>`;

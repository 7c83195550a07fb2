import type { Problem, Reference } from "../../provider/routing";
import { type Html, html } from "./html";
import type { Box, Line, Note, RouteMap } from "./map";
import { channelNames, kindNames } from "./words";

/** The map as SVG. It has no text for screen readers: the list of ways says the same. */
export function pictureOf({ width, height, labels, boxes, lines }: RouteMap): Html {
  const margin = 6;
  const [fullWidth, fullHeight] = [Math.ceil(width) + 2 * margin, Math.ceil(height) + 2 * margin];
  return html`<svg class="map" width="${fullWidth}" height="${fullHeight}" viewBox="${-margin} ${-margin} ${fullWidth} ${fullHeight}" aria-hidden="true">
${[...lines].sort((a, b) => weight(a) - weight(b)).map(lineOf)}
${labels.map(({ x, y, channel }) => html`<text class="channel" x="${x}" y="${y}">${channelNames[channel]}</text>`)}
${boxes.map((box) => (box.type === "note" ? noteOf(box) : boxOf(box)))}
${lines.filter(({ isLeader, tone }) => !isLeader && tone === "broken").map(breakOf)}
</svg>`;
}

/** What is broken is drawn last, above the rest. */
const weight = ({ tone }: Line) => ["quiet", "fine", "broken"].indexOf(tone);

const routesOf = (routes: string[]) => JSON.stringify(routes);

function lineOf(line: Line): Html {
  const kind = line.isLeader ? "leader" : line.by;
  return html`<path class="line ${line.tone} ${kind}" data-from="${line.from}" data-to="${line.to}" data-routes="${routesOf(line.routes)}" d="${pathOf(line)}"/>`;
}

/** Curves between columns, straight through them. */
function pathOf({ points }: Line): string {
  return points
    .map(([x, y], at) => {
      const [fromX, fromY] = points[at - 1] ?? [x, y];
      if (at === 0) return `M${x} ${y}`;
      if (at % 2 === 0) return `H${x}`;
      const half = (fromX + x) / 2;
      return `C${half} ${fromY} ${half} ${y} ${x} ${y}`;
    })
    .join("");
}

/** In the middle of the last curve. */
function breakOf({ points }: Line): Html {
  const [[fromX, fromY] = [0, 0], [toX, toY] = [0, 0]] = points.slice(-2);
  return html`<g class="break" transform="translate(${(fromX + toX) / 2} ${(fromY + toY) / 2})"><circle r="6.5"/><path d="M-2.5 -2.5L2.5 2.5M2.5 -2.5L-2.5 2.5"/></g>`;
}

function boxOf({ id, x, y, width, height, object, tone, problems, routes }: Box): Html {
  const { kind, sid, name } = object;
  const told = [name, sid !== name && sid, ...problems.map(({ message }) => message)].filter(Boolean);
  return html`<g class="box ${tone} ${kind}${worst(problems)}${isMade(object) && " made"}" data-routes="${routesOf(routes)}" data-id="${id}" data-kind="${kind}" data-sid="${sid}">
<title>${told.join("\n")}</title>
<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="7"/>
<foreignObject x="${x}" y="${y}" width="${width}" height="${height}"><div class="object"><b>${withoutChannel(name)}</b><span>${kindNames[kind]}</span></div></foreignObject>
${problems.length > 0 && html`<g class="mark" transform="translate(${x + width - 3} ${y + 3})"><circle r="8"/><path d="M0 -4V1M0 3.5V4"/></g>`}
</g>`;
}

/** The label above the address names the channel already. */
const withoutChannel = (name: string) => name.replace(/^(whatsapp|messenger|rcs):/, "");

/** Not there before a message arrives. */
const isMade = ({ kind, sid }: Reference) =>
  sid === null && ["conversation", "chatChannel", "proxySession"].includes(kind);

function worst(problems: Problem[]): string {
  if (problems.length === 0) return "";
  return problems.some(({ severity }) => severity === "error") ? " has-error" : " has-warning";
}

function noteOf({ id, x, y, width, height, tone, text, remedy, routes }: Note): Html {
  return html`<g class="note ${tone}" data-id="${id}" data-routes="${routesOf(routes)}">
<title>${remedy ? `${text}\n${remedy}` : text}</title>
<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="7"/>
<foreignObject x="${x}" y="${y}" width="${width}" height="${height}"><div class="reason"><b>${text}</b>${remedy && html`<span>${remedy}</span>`}</div></foreignObject>
</g>`;
}

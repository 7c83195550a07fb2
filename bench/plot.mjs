/** docs/performance.svg: seconds against the number of resources, a panel for each operation and a line for each program. */
import { programs } from "./life.mjs";
import { Figures, groupsIn } from "./page.mjs";

const shown = ["create", "no change", "refresh", "destroy"];
const colors = { floor: "#6e7781", ours: "#0969da", without: "#1a7f37", closure: "#bc4c00" };
const [panel, high, margin] = [210, 180, 45];

/** @param {import("./run.mjs").Results} results */
export function plot({ lives }) {
  const counts = groupsIn(lives).flatMap(({ resources, latency }) => (latency === 0 ? [resources] : []));
  const width = margin + shown.length * (panel + margin);
  const panels = shown.map((operation, index) => {
    const lines = Object.keys(programs).map((program) => ({
      program,
      points: counts.flatMap((resources) => {
        const seconds = new Figures(lives, program, resources, 0).seconds(operation);
        return seconds === undefined ? [] : [{ resources, seconds }];
      }),
    }));
    const top = Math.max(1, ...lines.flatMap(({ points }) => points.map(({ seconds }) => seconds)));
    const x = (/** @type {number} */ resources) => ((resources / Math.max(1, ...counts)) * panel).toFixed(1);
    const y = (/** @type {number} */ seconds) => (high - (seconds / top) * high).toFixed(1);
    const drawn = lines.map(
      ({ program, points }) =>
        `<g stroke="${colors[program]}" fill="${colors[program]}"><polyline fill="none" stroke-width="2" points="${points
          .map((point) => `${x(point.resources)},${y(point.seconds)}`)
          .join(" ")}"/>${points
          .map((point) => `<circle cx="${x(point.resources)}" cy="${y(point.seconds)}" r="2.5"/>`)
          .join("")}</g>`,
    );
    const ticks = counts.map(
      (resources) => `<text x="${x(resources)}" y="${high + 16}" text-anchor="middle">${resources}</text>`,
    );
    return `<g transform="translate(${margin + index * (panel + margin)} 40)"><text x="0" y="-12" font-weight="bold">${operation}</text><path d="M0 0V${high}H${panel}" stroke="#8c959f" fill="none"/><text x="-5" y="10" text-anchor="end">${top.toFixed(0)} s</text><text x="-5" y="${high}" text-anchor="end">0</text>${ticks.join("")}${drawn.join("")}</g>`;
  });
  const legend = Object.entries(programs).map(
    ([program, { title }], index) =>
      `<g transform="translate(${margin + index * 170} ${high + 80})"><rect y="-9" width="12" height="10" fill="${colors[program]}"/><text x="18">${title}</text></g>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${high + 95}" viewBox="0 0 ${width} ${high + 95}" font-family="sans-serif" font-size="12" fill="#24292f"><title>Seconds of create, no change, refresh and destroy</title><rect width="100%" height="100%" fill="#ffffff"/>${panels.join("")}${legend.join("")}</svg>\n`;
}

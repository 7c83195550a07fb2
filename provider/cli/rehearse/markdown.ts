import { mermaidOfChange } from "../../routing/map";
import { called, count } from "../report";
import type { FoundProblem, Rehearsal } from "./rehearsal";
import {
  backText,
  failureText,
  fromTo,
  gapText,
  headline,
  secondText,
  withoutMade,
  writeText,
} from "./report";
import { sidesOf } from "./routes";

/** Characters of the whole, so that a comment of 65,536 has room for as much beside it. */
export const mostCharacters = 32_000;

/** Characters that a part may have; the map has what is left. */
const rooms = { failures: 2_000, routes: 8_000, problems: 4_000, writes: 4_000, ends: 1_500, notes: 1_500 };

/** What is longer is cut, be it a name or a reason. */
const longest = 300;

/** A rehearsal for a comment on a pull request. */
export function rehearsalMarkdown(rehearsal: Rehearsal): string {
  const { failures, routes, problems, writes, gaps, second, back, notes } = rehearsal;
  const changed = routes.filter(({ change }) => change !== "same");
  const rows = changed.map(({ before, after, isWorse }) => {
    const route = after ?? before;
    return `| ${cell(route ? called(route) : "")} | ${cell(fromTo({ before, after }))} | ${isWorse ? "worse" : ""} |`;
  });
  const first = [
    `${heading}${cell(headline(rehearsal))}.`,
    items(
      failures.map((one) => `**failed:** ${cell(failureText(one))}`),
      rooms.failures,
    ),
    rows.length > 0
      ? ["| Address | What becomes of it | |", "| --- | --- | --- |", ...limited(rows, rooms.routes)].join(
          "\n",
        )
      : "",
  ];
  const last = [
    items(
      [
        ...problems.new.map((one) => `comes: ${problemLine(one)}`),
        ...problems.gone.map((one) => `goes: ${problemLine(one)}`),
      ],
      rooms.problems,
    ),
    stayText(problems.stayed.length),
    folded(
      count(writes.length, "write"),
      writes.map((one) => cell(writeText(one))),
      rooms.writes,
    ),
    ...[gapText(gaps), second && secondText(second), back && backText(back)].map((text) =>
      paragraph(text ?? ""),
    ),
    folded("Notes", notes.map(cell), rooms.notes),
  ];
  const room = mostCharacters - joined([...first, ...last]).length - 10;
  const { before, after } = sidesOf(rehearsal);
  const map = rows.length > 0 ? mermaidOfChange(before, after, { most: room }).trimEnd() : "";
  return `${withoutMade(joined([...first, map, ...last]), rehearsal.made)}\n`;
}

/** What a comment says where the program could not be rehearsed. */
export const notRehearsedMarkdown = (reason: string): string => `${heading}Not rehearsed: ${cell(reason)}\n`;

const heading = "### Rehearsal\n\n";

const joined = (sections: string[]): string => sections.filter(Boolean).join("\n\n");

const problemLine = ({ code, severity, message, ...route }: FoundProblem): string =>
  `${severity} \`${code}\`: ${cell(message)} (${cell(called(route))})`;

function stayText(problems: number): string {
  if (problems === 0) return "";
  return `${count(problems, "problem")} ${problems === 1 ? "stays as it is" : "stay as they are"}.`;
}

const items = (lines: string[], room: number): string =>
  limited(
    lines.map((line) => `- ${line}`),
    room,
  ).join("\n");

/** Text that came out of an account must neither end a cell nor become markup, a mention included. */
const cell = (text: string): string =>
  cut(text)
    .replace(/[\\`*_{}[\]<>|#!~&]/g, "\\$&")
    .replace(/@/g, "@\u200b")
    .replace(/\s*[\r\n\u2028\u2029]\s*/g, " ");

function cut(text: string): string {
  const characters = [...text];
  return characters.length > longest ? `${characters.slice(0, longest).join("")}…` : text;
}

const paragraph = (text: string): string =>
  limited(
    text.split("\n").map((line) => cell(line.trim())),
    rooms.ends,
  )
    .map((line) => line.trim())
    .join("<br>");

const folded = (title: string, lines: string[], room: number): string =>
  lines.length > 0
    ? `<details><summary>${title}</summary>\n\n${limited(
        lines.map((line) => `1. ${line}`),
        room,
      ).join("\n")}\n\n</details>`
    : "";

/** The first lines, as many as there is room for. */
function limited(lines: string[], room: number): string[] {
  let left = room;
  const fitting = lines.findIndex((line) => {
    left -= line.length + 1;
    return left < 0;
  });
  return fitting < 0 ? lines : [...lines.slice(0, fitting), `\n… and ${lines.length - fitting} more`];
}

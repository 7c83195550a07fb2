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

/** As many as a comment on a pull request has room for. */
const most = 100;

/** A rehearsal for a comment on a pull request. */
export function rehearsalMarkdown(rehearsal: Rehearsal): string {
  const { failures, routes, problems, writes, gaps, second, back, notes } = rehearsal;
  const changed = routes.filter(({ change }) => change !== "same");
  const rows = changed.map(({ before, after, isWorse }) => {
    const route = after ?? before;
    return `| ${cell(route ? called(route) : "")} | ${cell(fromTo({ before, after }))} | ${isWorse ? "worse" : ""} |`;
  });
  const sections = [
    `### Rehearsal\n\n${cell(headline(rehearsal))}.`,
    items(failures.map((one) => `**failed:** ${cell(failureText(one))}`)),
    rows.length > 0
      ? ["| Address | What becomes of it | |", "| --- | --- | --- |", ...limited(rows)].join("\n")
      : "",
    items([
      ...problems.new.map((one) => `comes: ${problemLine(one)}`),
      ...problems.gone.map((one) => `goes: ${problemLine(one)}`),
    ]),
    problems.stayed.length > 0 ? `${count(problems.stayed.length, "problem")} stay as they are.` : "",
    folded(
      count(writes.length, "write"),
      writes.map((one) => cell(writeText(one))),
    ),
    ...[gapText(gaps), second && secondText(second), back && backText(back)].map((text) =>
      paragraph(text ?? ""),
    ),
    folded("Notes", notes.map(cell)),
  ];
  return `${withoutMade(sections.filter(Boolean).join("\n\n"), rehearsal.made)}\n`;
}

const problemLine = ({ code, severity, message, ...route }: FoundProblem): string =>
  `${severity} \`${code}\`: ${cell(message)} (${cell(called(route))})`;

const items = (lines: string[]): string => limited(lines.map((line) => `- ${line}`)).join("\n");

/** Text that came out of an account must neither end a cell nor become markup. */
const cell = (text: string): string => text.replace(/[\\`*_{}[\]<>|#@!~]/g, "\\$&").replace(/\s*\n\s*/g, " ");

const paragraph = (text: string): string =>
  text
    .split("\n")
    .map((line) => cell(line.trim()))
    .join("<br>");

const folded = (title: string, lines: string[]): string =>
  lines.length > 0
    ? `<details><summary>${title}</summary>\n\n${limited(lines.map((line) => `1. ${line}`)).join("\n")}\n\n</details>`
    : "";

const limited = (lines: string[]): string[] =>
  lines.length > most ? [...lines.slice(0, most), `\n… and ${lines.length - most} more`] : lines;

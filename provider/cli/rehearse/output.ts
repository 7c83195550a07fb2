import { changeDocument, mermaidOfChange } from "../../routing/map";
import { refuseFile, writePicture } from "../picture";
import { paint, print } from "../terminal";
import { writeWhole } from "../wholeFile";
import { rehearsalMarkdown } from "./markdown";
import type { Rehearsal } from "./rehearsal";
import { failureText, headline, rehearsalText, withoutMade } from "./report";
import { sidesOf } from "./routes";

/** Where a rehearsal is printed and written. */
export interface OutputOptions {
  json?: boolean;
  /** Prints the map in place of the report. */
  mermaid?: boolean;
  /** File for a summary in Markdown. */
  md?: string;
  /** File for the map before and after, see `changeDocument`. */
  html?: string;
  /** Overwrites these files. */
  force?: boolean;
}

/** Before anything is read or run. */
export function refuseOutputs({ md, html, force }: OutputOptions): void {
  if (md !== undefined) refuseFile(md, "--md", force);
  if (html !== undefined) refuseFile(html, "--html", force);
}

/** Nothing in `shown` may be secret. */
export function output(shown: Rehearsal, { json, mermaid, md, html }: OutputOptions): void {
  if (md !== undefined) writeWhole(md, rehearsalMarkdown(shown));
  if (html !== undefined) writePicture(html, rehearsalDocument(shown));
  if (json) print(JSON.stringify(shown, null, 2));
  else if (mermaid) print(rehearsalMermaid(shown).trimEnd());
  else print(rehearsalText(shown, paint));
}

/** The map before beside after. */
export function rehearsalDocument(rehearsal: Rehearsal): string {
  const failures = rehearsal.failures.map((failure) => `failed: ${failureText(failure)}`);
  const document = changeDocument({
    title: `Rehearsal of the stack ${rehearsal.stack}`,
    about: [`As of ${new Date().toISOString()}: ${headline(rehearsal)}`, ...failures].join("; "),
    ...sidesOf(rehearsal),
  });
  return withoutMade(document, rehearsal.made);
}

function rehearsalMermaid(rehearsal: Rehearsal): string {
  const { before, after } = sidesOf(rehearsal);
  return withoutMade(mermaidOfChange(before, after), rehearsal.made);
}

import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sorted, toValues } from "../values/values";
import { writeWhole } from "./wholeFile";

/** As much of a name as every file system takes, with an ending, in any alphabet. */
const longest = 50;
/** What Windows takes for a device. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/**
 * A file name for each title, in their order: of titles that are alike, the first has the plain one. None differs from another
 * in case alone.
 */
export function fileNamesFor(titles: readonly string[]): string[] {
  const used = new Set<string>();
  return titles.map((title) => {
    const words =
      title
        .normalize("NFKC")
        .toLowerCase()
        .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
    const cut = [...words.join("-")].slice(0, longest).join("").replace(/-$/, "");
    const plain = cut === "" ? "flow" : device.test(cut) ? `flow-${cut}` : cut;
    let name = plain;
    for (let n = 2; used.has(name); n += 1) name = `${plain}-${n}`;
    used.add(name);
    return `${name}.json`;
  });
}

/** The same text for the same value, in whatever order its keys are: what is the same to `StudioFlow` is no difference to Git. */
export const canonical = (definition: object): string =>
  `${JSON.stringify(sorted(toValues(definition)), null, 2)}\n`;

/** Writes a file whole or not at all. False where it holds this text already. */
export function writeIfChanged(folder: string, name: string, text: string): boolean {
  const file = join(folder, name);
  mkdirSync(folder, { recursive: true });
  if (existsSync(file) && readFileSync(file, "utf8") === text) return false;
  writeWhole(file, text);
  return true;
}

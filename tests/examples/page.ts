/** What stands between `<!-- run: name -->` and the end of the block of text behind it. */
const blocks = /(?<=<!-- run: ([\w-]+) -->\n\n```text\n).*?(?=```\n)/gs;

/** The names of a page's blocks of output. */
export const blocksIn = (page: string): string[] => [...page.matchAll(blocks)].map(([, name = ""]) => name);

/** The page with what a run has printed. The engine does several things at once: other orders of lines are the same. */
export const withBlocks = (page: string, printed: ReadonlyMap<string, string>): string =>
  page.replace(blocks, (was, name) => {
    const now = printed.get(name) ?? "";
    return sorted(was) === sorted(now) ? was : now;
  });

const sorted = (text: string) => text.split("\n").sort().join("\n");

/** What is the same in each run: without the engine's progress, messages only under Diagnostics, each SID by its prefix. */
export const worthReading = (output: string): string =>
  output
    .replace(/^Updating \(.*/ms, "")
    .replace(/\b([A-Z]{2})[0-9a-f]{32}\b/g, "$1…")
    .split("\n")
    .map((line) => line.trimEnd())
    .filter(
      (line) =>
        !/^Previewing |pulumi:pulumi:Stack [\w-]+|^ {4}pulumi-nodejs:\S+ \S+ {2}(warning|info): /.test(line),
    )
    .map((line) => line.replace(/^( [ +~-]{2,3} pulumi-nodejs:\S+ \S+ \S+) (warning|info): .*/, "$1"))
    .join("\n")
    .replace(/^(?=(Diagnostics|Resources):$)/gm, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/^\n+|\n+$/g, "")
    .concat("\n");

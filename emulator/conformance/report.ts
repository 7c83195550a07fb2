import { reasons } from "./reasons";
import type { Deviation, Run } from "./run";

/** What is wrong with the reasons: deviations that none is given for, and reasons that nothing needs any more. */
export function problemsOf({ deviations }: Run): string[] {
  const unexplained = deviations.filter((deviation) => !reasons.some(({ holds }) => holds(deviation)));
  const idle = reasons.filter(({ holds }) => !deviations.some(holds));
  return [
    ...unexplained.map((deviation) => `no reason: ${describe(deviation)}`),
    ...idle.map(({ why }) => `no departure needs the reason "${why}"`),
  ];
}

const describe = ({ document, operationId, example, key, kind, theirs, ours }: Deviation) =>
  `${document} ${operationId} ${example}: ${key || "answer"}: ${kind}; example ${JSON.stringify(theirs)}, here ${JSON.stringify(ours)}`;

/** The deviations by reason, in Markdown. */
export function reportOf({ operations, examples, deviations }: Run): string {
  const departing = new Set(deviations.map(exampleOf)).size;
  const groups = reasons.map(({ why, holds }) => {
    const explained = deviations.filter(
      (deviation) => reasons.find((reason) => reason.holds(deviation))?.holds === holds,
    );
    return [why, "", ...linesOf(explained)];
  });
  return [
    `${examples} examples of ${operations} operations were sent; ${examples - departing} were answered as the documents show.`,
    "",
    "<details>",
    "<summary>Where the others depart from them, and why</summary>",
    ...groups.flatMap((lines) => ["", ...lines]),
    "",
    "</details>",
  ].join("\n");
}

const exampleOf = ({ document, operationId, example }: Deviation) => `${document} ${operationId} ${example}`;

/** One line for all operations of a document that depart in the same places. */
function linesOf(deviations: Deviation[]): string[] {
  const byOperation = groupedBy(deviations, ({ document, operationId }) => `${document} ${operationId}`);
  const operations = byOperation.map(([{ document, operationId }, all]) => {
    const places = [...new Set(all.map(placeOf))].sort().join(", ");
    return { document, operationId, places };
  });
  return groupedBy(operations, ({ document, places }) => `${document} ${places}`).map(
    ([{ document, places }, alike]) => {
      const ids = alike.map(({ operationId }) => `\`${operationId}\``).join(", ");
      return `- ${document}: ${ids}: ${places}`;
    },
  );
}

/** The first of each group, and all of it. */
function groupedBy<T>(items: T[], keyOf: (item: T) => string): [first: T, all: T[]][] {
  const groups = new Map<string, [T, T[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group[1].push(item);
    else groups.set(keyOf(item), [item, [item]]);
  }
  return [...groups.values()];
}

/** Of an object in a list as of the object alone. */
function placeOf({ operationId, kind, key, example }: Deviation): string {
  if (kind === "status") return `status of \`${example}\``;
  const isListed = operationId.startsWith("List") && !key.startsWith("meta.");
  return `\`${isListed ? key.replace(/^\w+\./, "") : key}\``;
}

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
    const places = new Map<string, Set<string>>();
    for (const deviation of deviations) {
      if (reasons.find((reason) => reason.holds(deviation))?.holds !== holds) continue;
      const operation = `\`${deviation.document} ${deviation.operationId}\``;
      const keys = places.get(operation) ?? new Set();
      places.set(
        operation,
        keys.add(deviation.key === "" ? `status of \`${deviation.example}\`` : `\`${deviation.key}\``),
      );
    }
    return [
      `${why}`,
      "",
      ...[...places].map(([operation, keys]) => `- ${operation}: ${[...keys].join(", ")}`),
    ];
  });
  return [
    `${examples} examples of ${operations} operations were sent; ${examples - departing} were answered as the documents show. The others depart from them`,
    "here:",
    ...groups.flatMap((lines) => ["", ...lines]),
  ].join("\n");
}

const exampleOf = ({ document, operationId, example }: Deviation) => `${document} ${operationId} ${example}`;

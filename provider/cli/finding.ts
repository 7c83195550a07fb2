/** One line of what was looked at. */
export interface Finding {
  /** `unknown`: it could not be found out. */
  level: "ok" | "warning" | "problem" | "unknown";
  about: string;
  /** What was found and, where it is not as it should be, what to do. */
  text: string;
}

const finding =
  (level: Finding["level"]) =>
  (about: string, text: string): Finding => ({ level, about, text });
export const ok = finding("ok");
export const warning = finding("warning");
export const problem = finding("problem");
export const unknown = finding("unknown");

const numbersIn = (version: string) =>
  version
    .replace(/^[^\d]+/, "")
    .split(".")
    .map(Number.parseFloat);

/** Whether a version is not below the lowest of a range such as `>=20` or `^3.216.0`. */
export function isAtLeast(version: string, range: string): boolean {
  const found = numbersIn(version);
  const lowest = numbersIn(range);
  const differing = lowest.findIndex((part, index) => part !== (found[index] ?? 0));
  return differing === -1 || (found[differing] ?? 0) > (lowest[differing] ?? 0);
}

export const isSameMajor = (version: string, range: string): boolean =>
  numbersIn(version)[0] === numbersIn(range)[0];

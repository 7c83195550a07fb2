import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** What a file that grows has got since it was last read. */
export interface Tail {
  /** Whole lines. */
  readonly lines: string[];
  /** Where the next line begins, in bytes. */
  readonly end: number;
}

/** The lines of a file from a place on, where a line begins. A line that is not written to its end is left for the next time. */
export function tailOf(path: string, start: number): Tail {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - start));
    const length = readSync(file, bytes, 0, bytes.length, start);
    const news = bytes.subarray(0, bytes.subarray(0, length).lastIndexOf("\n") + 1);
    return { lines: news.toString("utf8").split("\n").slice(0, -1), end: start + news.length };
  } finally {
    closeSync(file);
  }
}

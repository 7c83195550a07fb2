import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { isObject } from "../api/body";
import type { Json } from "../kinds/kind";

/** An answer that Twilio's documents show, and the request that it belongs to. */
export interface Example {
  /** As the documents call it: `create`, `readEmpty`. */
  name: string;
  /** Null where the documents show none. */
  request: Json | null;
  status: number;
  answer: Json;
}

/** Examples by document, then by operation id. */
export type Examples = Map<string, Record<string, Example[]>>;

/** In `dist`, below the sources when those run, or above the compiled code. */
const folders = [join(__dirname, "..", "dist", "examples"), join(__dirname, "..", "..", "examples")];

export function loadExamples(): Examples {
  const folder = folders.find((path) => existsSync(path));
  if (!folder)
    throw new Error("Twilio's examples are missing. Build them: npm run build --workspace emulator");
  return new Map(
    readdirSync(folder).map((file) => {
      const operations: Record<string, Example[]> = JSON.parse(
        withoutPlaceholders(readFileSync(join(folder, file), "utf8")),
      );
      for (const example of Object.values(operations).flat()) example.answer = withOwnSids(example.answer);
      return [basename(file, ".json"), operations];
    }),
  );
}

/** Some examples hold `XE` and 32 times `X`, or digits that are crossed out. Nothing can have such a SID or number. */
const withoutPlaceholders = (text: string) =>
  text
    .replace(/([A-Z]{2})X{32}/g, `$1${"a".repeat(32)}`)
    .replace(/(?<=\d)X+(?=")/g, (crossed) => "9".repeat(crossed.length));

/** Most lists show several objects with one SID. Of these there could be only one. */
const withOwnSids = (answer: Json): Json =>
  Object.fromEntries(
    Object.entries(answer).map(([key, value]) => [key, Array.isArray(value) ? value.map(withOwnSid) : value]),
  );

function withOwnSid(object: unknown, index: number, list: unknown[]): unknown {
  if (!isObject(object) || typeof object.sid !== "string") return object;
  const { sid } = object;
  const namesakes = list.slice(0, index).filter((other) => isObject(other) && other.sid === sid).length;
  if (namesakes === 0) return object;
  return JSON.parse(JSON.stringify(object).replaceAll(sid, `${sid.slice(0, -1)}${namesakes}`));
}

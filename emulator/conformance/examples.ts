import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

export type Json = Record<string, unknown>;

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
    readdirSync(folder).map((file) => [
      basename(file, ".json"),
      JSON.parse(withoutPlaceholders(readFileSync(join(folder, file), "utf8"))),
    ]),
  );
}

/** Some examples hold `XE` and 32 times `X`, or digits that are crossed out. Nothing can have such a SID or number. */
const withoutPlaceholders = (text: string) =>
  text
    .replace(/([A-Z]{2})X{32}/g, `$1${"a".repeat(32)}`)
    .replace(/(?<=\d)X+(?=")/g, (crossed) => "9".repeat(crossed.length));

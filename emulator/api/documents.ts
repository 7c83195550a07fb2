import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { OpenApiDocument } from "./openapi";
import { singlePatches } from "./patches";

/** In `dist`, above the compiled code, or below the sources when those run. */
const folders = [join(__dirname, "..", "..", "documents"), join(__dirname, "..", "dist", "documents")];

/** Twilio's documents by name, such as `flex_v1`, with the single patches applied. */
export function loadDocuments(): Map<string, OpenApiDocument> {
  const folder = folders.find((path) => existsSync(path));
  if (!folder) {
    throw new Error("Twilio's OpenAPI documents are missing. Build them: npm run build --workspace emulator");
  }
  const documents = new Map<string, OpenApiDocument>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
    documents.set(basename(file, ".json"), JSON.parse(readFileSync(join(folder, file), "utf8")));
  }
  for (const patch of singlePatches) {
    const document = documents.get(patch.document);
    if (document) patch.apply(document);
  }
  return documents;
}

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { singlePatches } from "./patches";

/** The keywords of JSON Schema that this code reads; Ajv reads the rest. */
export interface Schema {
  [keyword: string]: unknown;
  $ref?: string;
  type?: string;
  title?: string;
  format?: string;
  pattern?: string;
  nullable?: boolean;
  maximum?: number;
  enum?: unknown[];
  items?: Schema;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  schema: Schema;
}

export interface DocumentedOperation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

/** One of Twilio's documents, as `scripts/documents.mjs` writes it: no prose, no examples. */
export interface OpenApiDocument {
  server: string;
  paths: Record<string, Partial<Record<"get" | "post" | "put" | "delete", DocumentedOperation>>>;
  components: { schemas: Record<string, Schema> };
}

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

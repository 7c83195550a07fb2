/** One of Twilio's documents, as `scripts/documents.mjs` writes it: no prose, no examples. */
export interface OpenApiDocument {
  server: string;
  paths: Record<string, Partial<Record<"get" | "post" | "put" | "delete", DocumentedOperation>>>;
  components: { schemas: Record<string, Schema> };
  /** Further paths, by that of which they are another name. */
  aliases?: Record<string, string>;
}

/** The keywords of JSON Schema that this code reads; Ajv reads the rest. */
export interface Schema {
  [keyword: string]: unknown;
  $ref?: string;
  type?: string;
  title?: string;
  format?: string;
  pattern?: string;
  nullable?: boolean;
  /** Whether an answer may do without properties of this object. Not a keyword of JSON Schema: a patch sets it. */
  isPartial?: boolean;
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

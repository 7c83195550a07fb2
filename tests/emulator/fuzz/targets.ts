import type { OpenApiDocument, Parameter, Schema } from "../../../emulator/api/openapi";

/** One method of one path of one document. */
export interface Target {
  document: string;
  operationId: string;
  method: string;
  host: string;
  template: string;
  statuses: number[];
  parameters: Parameter[];
  body: Schema | undefined;
  isJson: boolean;
  schemas: Record<string, Schema>;
}

export function targetsOf(documents: Map<string, OpenApiDocument>): Target[] {
  return [...documents].flatMap(([document, { server, paths, components }]) =>
    Object.entries(paths).flatMap(([template, item]) =>
      Object.entries(item).map(([method, { operationId, parameters = [], requestBody, responses }]) => {
        const [mediaType, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
        return {
          document,
          operationId,
          method: method.toUpperCase(),
          host: new URL(server).host,
          template,
          statuses: Object.keys(responses).map(Number),
          parameters,
          body: content?.schema,
          isJson: mediaType === "application/json",
          schemas: components.schemas,
        };
      }),
    ),
  );
}

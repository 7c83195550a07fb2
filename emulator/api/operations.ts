import type { DocumentedOperation, OpenApiDocument } from "./openapi";

/** One method of one path of one of Twilio's documents. */
export interface Operation {
  /** Name of the document, such as `flex_v1`. Operation ids are unique within one document only. */
  document: string;
  operationId: string;
  method: string;
  /** Host of the API, such as `flex-api.twilio.com`. */
  host: string;
  template: string;
  documented: DocumentedOperation;
  successStatus: number;
}

interface Route {
  template: string;
  matcher: RegExp;
  names: string[];
  methods: Map<string, Operation>;
  /** Paths with fewer parameters win: `/Flows/Validate` before `/Flows/{Sid}`. */
  parameters: number;
}

export type Match =
  | { kind: "operation"; operation: Operation; path: Record<string, string> }
  | { kind: "method"; allowed: string[] }
  | { kind: "none" };

/** Finds the operation that a request means, by nothing but Twilio's documents. */
export class Router {
  private readonly routes = new Map<string, Route[]>();

  constructor(documents: Map<string, OpenApiDocument>) {
    for (const [name, document] of documents) this.add(name, document);
    for (const routes of this.routes.values()) routes.sort((a, b) => a.parameters - b.parameters);
  }

  get hosts(): string[] {
    return [...this.routes.keys()];
  }

  /** The first parts of a host's paths, none where there is no document of it. */
  versionsOf(host: string): string[] {
    const templates = [...(this.routes.get(host) ?? [])].map(({ template }) => template);
    return [...new Set(templates.map((template) => template.split("/")[1] ?? ""))];
  }

  /** `pathname` as sent, still percent-encoded. Throws a `URIError` where that encoding is malformed. */
  match(method: string, host: string, pathname: string): Match {
    const allowed = new Set<string>();
    for (const route of this.routes.get(host) ?? []) {
      const found = route.matcher.exec(pathname);
      if (!found) continue;
      const operation = route.methods.get(method);
      if (operation) {
        const values = found.slice(1).map((value) => decodeURIComponent(value));
        const path = Object.fromEntries(route.names.map((name, index) => [name, values[index] ?? ""]));
        return { kind: "operation", operation, path };
      }
      for (const other of route.methods.keys()) allowed.add(other);
    }
    return allowed.size > 0 ? { kind: "method", allowed: [...allowed] } : { kind: "none" };
  }

  private add(name: string, document: OpenApiDocument): void {
    const { host } = new URL(document.server);
    const routes = this.routes.get(host) ?? [];
    this.routes.set(host, routes);
    for (const [template, item] of Object.entries(document.paths)) {
      const methods = new Map<string, Operation>();
      for (const [verb, documented] of Object.entries(item)) {
        const method = verb.toUpperCase();
        const { operationId } = documented;
        const successStatus = successOf(documented);
        methods.set(method, {
          document: name,
          operationId,
          method,
          host,
          template,
          documented,
          successStatus,
        });
      }
      const names = [...template.matchAll(/\{([^}]+)\}/g)].flatMap(([, parameter]) => parameter ?? []);
      const alias = document.aliases?.[template];
      for (const path of [template, ...(alias === undefined ? [] : [alias])])
        routes.push({ template: path, matcher: matcherOf(path), names, methods, parameters: names.length });
    }
  }
}

/** Where the document leaves a choice, what is made is answered with 201. */
function successOf({ operationId, responses }: DocumentedOperation): number {
  const [first = 200, ...others] = Object.keys(responses)
    .map(Number)
    .filter((status) => status >= 200 && status < 300);
  return operationId.startsWith("Create") && others.includes(201) ? 201 : first;
}

function matcherOf(template: string): RegExp {
  const source = template
    .split(/\{[^}]+\}/)
    .map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("([^/]+?)");
  return new RegExp(`^${source}$`);
}

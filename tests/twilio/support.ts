import { readdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";

export interface Server {
  /** Origin, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** The requests that came, oldest first. */
  readonly requests: { path: string; authorization: string | undefined }[];
  /** How many requests were being answered at once, at most. */
  readonly atOnce: number;
  readonly close: () => Promise<void>;
}

/** A server that is not the emulator: it answers as it is told. */
export async function startServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
): Promise<Server> {
  const requests: Server["requests"] = [];
  let now = 0;
  let most = 0;
  const server = createServer(async (request, response) => {
    requests.push({ path: request.url ?? "", authorization: request.headers.authorization });
    now += 1;
    most = Math.max(most, now);
    response.once("close", () => {
      now -= 1;
    });
    await answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server does not listen");
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    get atOnce() {
      return most;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A page of Proxy services as Twilio sends it. */
export const page = (nextPageUrl: string | null = null, services: object[] = []): string =>
  JSON.stringify({ services, meta: { key: "services", next_page_url: nextPageUrl } });

/** All that is written in a folder, such as a stack's state and its history. `pulumi stack export` would decrypt it. */
export function textIn(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true, encoding: "utf8" });
  return files
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
}

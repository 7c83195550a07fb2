/** Nothing can be faster: answers `create`, `fetch` and `list` with the bytes in a file, whatever was sent. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

/** @type {Record<string, { status: number, text: string }>} */
const answers = JSON.parse(readFileSync(process.argv[2], "utf8"));

const server = createServer((request, response) => {
  request.resume().on("end", () => {
    const name = request.method === "POST" ? "create" : request.url?.includes("?") ? "list" : "fetch";
    const { status, text } = answers[name];
    const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) };
    response.writeHead(status, headers).end(text);
  });
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") process.stdout.write(`listening on http://127.0.0.1:${address?.port}\n`);
});

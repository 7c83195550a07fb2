import {
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
  STATUS_CODES,
} from "node:http";
import type { Duplex } from "node:stream";
import type { Clock } from "../api/clock";
import { headersTooLarge, malformedRequest, requestTimeout, type TwilioError } from "../api/errors";

/** Node's options for a server on which no client can hold a request open for longer than `timeoutMs`. */
export const patience = (timeoutMs: number): ServerOptions => ({
  headersTimeout: timeoutMs,
  requestTimeout: timeoutMs,
  connectionsCheckingInterval: Math.min(1000, timeoutMs),
});

/** Answers in Twilio's shape what Node cannot read as a request, and closes the connection. */
export function answerClientErrors(server: Server, clock: Clock, requestId: () => string): void {
  const latest = new WeakMap<Duplex, ServerResponse>();
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    latest.set(request.socket, response);
  });
  server.on("clientError", (error: Error & { code?: string }, socket: Duplex) => {
    // Whatever is written would be read as the answer to the request that still waits for one, or as a second one.
    const response = latest.get(socket);
    const isOwed = response === undefined || response.headersSent === response.req.complete;
    if (!isOwed || !socket.writable || error.code === "ECONNRESET") socket.destroy();
    else socket.end(rawAnswer(refusalOf(error.code), clock, requestId()), () => socket.destroy());
  });
  // Nothing that a client may expect needs an answer of its own: https://www.rfc-editor.org/rfc/rfc9110#field.expect
  server.on("checkExpectation", (request, response) => server.emit("request", request, response));
}

function refusalOf(code: string | undefined): TwilioError {
  switch (code) {
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return requestTimeout();
    case "HPE_HEADER_OVERFLOW":
      return headersTooLarge();
    default:
      return malformedRequest("this is no HTTP");
  }
}

function rawAnswer({ status, body }: TwilioError, clock: Clock, requestId: string): string {
  const text = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Date: ${clock().toUTCString()}`,
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(text)}`,
    `Twilio-Request-Id: ${requestId}`,
    "Connection: close",
  ];
  return `${head.join("\r\n")}\r\n\r\n${text}`;
}

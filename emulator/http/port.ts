import type { Server as HttpServer } from "node:http";
import { Server, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { createSecureContext, createServer as createTlsServer, type SecureContext } from "node:tls";
import { twilioHost } from "./addressing";
import { defaultFolder, openAuthority } from "./authority";
import { endOf, type Identity, newKey, newServerCertificate } from "./certificates";

const tlsHandshake = 0x16;
const dayMs = 86_400_000;
const contextsKept = 1000;

/** A port for `http` that can do TLS too, with the CA that is kept in `folder`; `ca` is the file that clients are to trust. */
export function securePort(http: HttpServer, folder = defaultFolder()): { port: Port; ca: string } {
  const authority = openAuthority(folder);
  return { port: new Port(http, authority), ca: authority.file };
}

/**
 * One TCP port that speaks HTTP, HTTPS and, to the Twilio hosts, CONNECT: what a proxy for HTTPS does, only that the
 * tunnel ends here. Nothing is ever passed on.
 */
export class Port extends Server {
  private readonly sockets = new Set<Socket>();
  private readonly tls;

  /** @param patienceMs how long a client may take for its first byte, and for a TLS handshake */
  constructor(
    http: HttpServer,
    authority: Identity,
    private readonly patienceMs = 10_000,
  ) {
    super({ allowHalfOpen: true, noDelay: true });
    const contextOf = serverContexts(authority);
    this.tls = createTlsServer({
      ALPNProtocols: ["http/1.1"],
      handshakeTimeout: patienceMs,
      // Without a context there is no certificate, and the client gets the alert that says so.
      SNICallback: (name, done) => done(null, contextOf(name)),
    });
    this.tls.on("secureConnection", (socket) => http.emit("connection", socket));
    this.tls.on("tlsClientError", (_, socket) => socket.destroy());
    http.on("connect", ({ url = "" }, socket, head) => this.tunnel(url, socket, head));

    this.on("connection", (socket) => {
      this.sockets.add(socket);
      socket.once("close", () => this.sockets.delete(socket));
      this.listenTo(socket, (byte) => (byte === tlsHandshake ? this.tls : http).emit("connection", socket));
    });
    // An HTTP server watches over slow requests from when it listens until it closes.
    this.once("listening", () => http.emit("listening"));
    this.once("close", () => http.close());
  }

  closeAllConnections(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private tunnel(authority: string, socket: Duplex, head: Buffer): void {
    const [host = "", port, ...rest] = authority.split(":");
    if (!twilioHost(host) || port !== "443" || rest.length > 0) {
      refuse(socket, `This emulator connects nowhere: it answers for port 443 of Twilio's hosts only.\n`);
      return;
    }
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    if (head.length > 0) socket.unshift(head);
    this.listenTo(socket, (byte) => {
      if (byte === tlsHandshake) this.tls.emit("connection", socket);
      else socket.destroy();
    });
  }

  /** Calls back with the first byte, which stays to be read. */
  private listenTo(socket: Duplex, onFirstByte: (byte: number) => void): void {
    const timer = setTimeout(() => socket.destroy(), this.patienceMs);
    const onReadable = () => {
      const chunk: unknown = socket.read();
      if (!Buffer.isBuffer(chunk)) return;
      forget();
      socket.unshift(chunk);
      onFirstByte(chunk.readUInt8());
    };
    const forget = () => {
      clearTimeout(timer);
      socket.off("readable", onReadable).off("end", onEnd).off("close", forget);
    };
    const onEnd = () => socket.destroy();
    socket.on("error", () => socket.destroy());
    socket.on("readable", onReadable).once("end", onEnd).once("close", forget);
  }
}

function refuse(socket: Duplex, reason: string): void {
  const head = `HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: ${reason.length}\r\nConnection: close`;
  socket.on("error", () => socket.destroy());
  // What it still sends is read, so that the answer is not lost in a reset; a client that stays is not waited for.
  socket.resume();
  socket.end(`${head}\r\n\r\n${reason}`);
  setTimeout(() => socket.destroy(), 1000).unref();
}

/** What the server shows to a client that asks for a name: each Twilio host has a certificate of its own. */
function serverContexts(authority: Identity): (name: string) => SecureContext | undefined {
  const key = newKey();
  const keyText = key.export({ type: "pkcs8", format: "pem" });
  const made = new Map<string, { context: SecureContext; renewAt: number }>();
  return (name) => {
    const host = twilioHost(name)?.givenHost;
    if (host === undefined) return undefined;
    const found = made.get(host);
    if (found && found.renewAt > Date.now()) return found.context;
    const certificate = newServerCertificate(authority, host, key);
    const context = createSecureContext({ key: keyText, cert: certificate.toString() });
    if (made.size >= contextsKept) made.clear();
    made.set(host, { context, renewAt: endOf(certificate) - dayMs });
    return context;
  };
}

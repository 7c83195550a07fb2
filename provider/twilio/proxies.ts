import { readFileSync } from "node:fs";
import { request as requestHttp } from "node:http";
import { Agent, type AgentOptions, request as requestHttps } from "node:https";
import { Duplex } from "node:stream";
import { Refusal } from "../values/errors";
import { isLoopback, variable } from "./settings";

/** As long as the SDK waits for an answer. */
const timeoutMs = 30_000;

/**
 * The agents that HTTPS requests go through: `HTTPS_PROXY` and `NO_PROXY`, in lower case too, and `HTTP_PROXY`, which is the
 * only one that Twilio's SDK heeds, where there is no other. Nothing on this machine is asked through a proxy.
 */
export class Proxies {
  readonly #agents = new Map<string, Agent>();

  agentFor(uri: string): Agent {
    const proxy = proxyFor(uri, variable);
    const key = proxy?.href ?? "";
    const agent = this.#agents.get(key) ?? newAgent(proxy);
    this.#agents.set(key, agent);
    return agent;
  }
}

export function proxyFor(uri: string, variableNamed: (name: string) => string | undefined): URL | undefined {
  const { hostname, port, protocol } = new URL(uri);
  const either = (name: string) => variableNamed(name.toLowerCase()) ?? variableNamed(name);
  const name = ["HTTPS_PROXY", "HTTP_PROXY"].find((candidate) => either(candidate) !== undefined);
  if (name === undefined || protocol !== "https:" || isLoopback(hostname)) return undefined;
  const exceptions = (either("NO_PROXY") ?? "").split(/[\s,]+/).filter(Boolean);
  if (exceptions.some((exception) => isExcepted(exception.toLowerCase(), hostname, port || "443")))
    return undefined;
  const given = either(name) ?? "";
  const text = given.includes("://") ? given : `http://${given}`;
  const proxy = URL.canParse(text) ? new URL(text) : undefined;
  if (!proxy || !/^https?:$/.test(proxy.protocol))
    throw new Refusal(
      `${name} in the environment must be the URL of an HTTP proxy, such as http://proxy:3128`,
    );
  return proxy;
}

/** A host stands for what is under it too, as curl has it: https://curl.se/docs/manpage.html#NOPROXY */
function isExcepted(exception: string, hostname: string, port: string): boolean {
  const [, host = "", only] = /^(.*?)(?::(\d+))?$/.exec(exception.replace(/^\*?\.(?=.)/, "")) ?? [];
  if (only !== undefined && only !== port) return false;
  return host === "*" || hostname === host || hostname.endsWith(`.${host}`);
}

function newAgent(proxy: URL | undefined): Agent {
  const bundle = variable("TWILIO_CA_BUNDLE");
  const options: AgentOptions = {
    keepAlive: true,
    timeout: timeoutMs,
    ...(bundle !== undefined && { ca: readFileSync(bundle) }),
  };
  return proxy ? new Tunnels(proxy, options) : new Agent(options);
}

/** Connects through a proxy, which is told the host and sees nothing else. */
class Tunnels extends Agent {
  constructor(
    private readonly proxy: URL,
    options: AgentOptions,
  ) {
    super(options);
  }

  override createConnection(
    ...[options, callback = () => {}]: Parameters<Agent["createConnection"]>
  ): undefined {
    const { proxy } = this;
    const target = `${options.host}:${options.port}`;
    // Node calls back either with an error or with a stream, and is typed as if there were always one.
    const fail = (error: Error) => callback(error, new Duplex());
    const connecting = (proxy.protocol === "https:" ? requestHttps : requestHttp)({
      host: proxy.hostname.replace(/^\[|\]$/g, ""),
      port: proxy.port || (proxy.protocol === "https:" ? 443 : 80),
      method: "CONNECT",
      path: target,
      headers: { Host: target, ...loginTo(proxy) },
      agent: false,
      timeout: timeoutMs,
    });
    connecting.once("connect", ({ statusCode = 0 }, socket) => {
      if (statusCode === 200) {
        const secured = { ...options, socket };
        callback(null, super.createConnection(secured) ?? socket);
        return;
      }
      socket.destroy();
      const said = `the proxy ${proxy.origin} answers HTTP ${statusCode} when asked for ${target}`;
      // What is wrong with the proxy itself, or with its way on, may pass.
      if (statusCode >= 500) fail(new Error(said));
      else fail(new Refusal(`${said}. Check HTTPS_PROXY, or except the host with NO_PROXY`));
    });
    connecting.once("timeout", () =>
      connecting.destroy(new Error(`the proxy ${proxy.origin} does not answer`)),
    );
    connecting.once("error", (error) =>
      fail(new Error(`the proxy ${proxy.origin}: ${error.message || "the connection failed"}`)),
    );
    connecting.end();
    return undefined;
  }
}

const loginTo = ({ username, password }: URL) =>
  username === ""
    ? {}
    : {
        "Proxy-Authorization": `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64")}`,
      };

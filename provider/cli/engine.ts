import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer, type Socket } from "node:net";
import { delimiter, dirname, join } from "node:path";
import { packageFrom } from "../program/copies";
import { variable } from "../twilio/settings";
import { type Finding, isAtLeast, isSameMajor, ok, problem, warning } from "./finding";

const page = "https://www.pulumi.com/docs/install/";
const hostName = "pulumi-language-nodejs";
const answersWithinMs = 10_000;

/** The Pulumi CLI that a shell in this folder runs, and the host by which it starts programs. `wanted`: the SDK's range. */
export async function engine(wanted: string, folder: string): Promise<Finding[]> {
  const cli = onPath("pulumi");
  if (cli === undefined) {
    return [problem("Pulumi CLI", `not found on PATH; install it: ${page}`)];
  }
  const host = onPath(hostName) ?? beside(cli, hostName);
  return [cliAt(cli, wanted), await hostAt(host, folder)];
}

function cliAt(path: string, wanted: string): Finding {
  const about = "Pulumi CLI";
  const version = versionOf(path);
  if (version === undefined)
    return problem(about, `${path} does not tell its version; install it anew: ${page}`);
  const needed = `${version} is not the ${wanted} that @pulumi/pulumi has to be; install a newer one: ${page}`;
  if (!isSameMajor(version, wanted)) return problem(about, needed);
  return isAtLeast(version, wanted) ? ok(about, version) : warning(about, needed);
}

function versionOf(path: string): string | undefined {
  try {
    const said = execFileSync(path, ["version"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 60_000,
    });
    return /\d+\.\d+\.\d+\S*/.exec(said)?.[0];
  } catch {
    return undefined;
  }
}

async function hostAt(path: string | undefined, folder: string): Promise<Finding> {
  const about = "Pulumi language host";
  if (path === undefined) {
    return problem(about, `${hostName} is neither on PATH nor beside pulumi; install Pulumi anew: ${page}`);
  }
  const version = await hostVersion(path, folder);
  return ok(about, version?.replace(/^v/, "") ?? `${path}, which does not tell its version`);
}

/** What of the SDK's untyped protocol files is used here. */
interface Protocol {
  LanguageRuntimeClient: new (
    address: string,
    credentials: unknown,
  ) => {
    getPluginInfo: (
      request: unknown,
      answer: (error: unknown, info?: { getVersion: () => string }) => void,
    ) => void;
    close: () => void;
  };
}

/** Starts the host as the engine does and asks it. Undefined where the program's folder has no SDK to ask with. */
async function hostVersion(path: string, folder: string): Promise<string | undefined> {
  const sdk = packageFrom("@pulumi/pulumi", folder);
  if (!sdk) return undefined;
  const load = createRequire(join(sdk.folder, "index.js"));
  // The host looks whether its engine is there, and gives up where nobody listens.
  const silent = createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  const address = silent.address();
  const engineAt = typeof address === "object" && address ? `127.0.0.1:${address.port}` : "";
  const sockets = new Set<Socket>();
  silent.on("connection", (socket) => sockets.add(socket.on("error", () => {})));
  const child = spawn(path, [engineAt], { cwd: folder, stdio: ["pipe", "pipe", "ignore"] });
  try {
    return await new Promise((resolve) => {
      const unknown = () => resolve(undefined);
      setTimeout(unknown, answersWithinMs).unref();
      child.on("error", unknown).on("close", unknown);
      child.stdout.once("data", (port: Buffer) => {
        try {
          resolve(askVersion(load, `127.0.0.1:${port.toString().trim()}`));
        } catch {
          unknown();
        }
      });
    });
  } finally {
    child.kill();
    for (const socket of sockets) socket.destroy();
    silent.close();
  }
}

function askVersion(load: NodeJS.Require, address: string): Promise<string | undefined> {
  const { LanguageRuntimeClient }: Protocol = load("./proto/language_grpc_pb.js");
  const { credentials } = load("@grpc/grpc-js");
  const { Empty } = load("google-protobuf/google/protobuf/empty_pb.js");
  const client = new LanguageRuntimeClient(address, credentials.createInsecure());
  return new Promise((resolve) =>
    client.getPluginInfo(new Empty(), (_, info) => {
      client.close();
      resolve(info?.getVersion() || undefined);
    }),
  );
}

const ending = process.platform === "win32" ? ".exe" : "";

const onPath = (name: string): string | undefined =>
  fileAmong((variable("PATH") ?? "").split(delimiter).filter(Boolean), name);

const beside = (path: string, name: string) => fileAmong([dirname(realpathSync(path))], name);

const fileAmong = (folders: string[], name: string) =>
  folders.map((folder) => join(folder, name + ending)).find((path) => existsSync(path));

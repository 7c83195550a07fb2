import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  CheckRequest,
  type CheckResponse,
  ConfigureRequest,
  CreateRequest,
  type CreateResponse,
  DeleteRequest,
  DiffRequest,
  DiffResponse,
  ErrorResourceInitFailed,
  ReadRequest,
  type ReadResponse,
  UpdateRequest,
  type UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { pointer } from "../../provider/program/resource";

/** What the SDK itself depends on, found from there. */
const sdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));
const { credentials }: { credentials: { createInsecure(): Credentials } } = sdk("@grpc/grpc-js");
const { Struct }: { Struct: { fromJavaScript(record: object): Message } } = sdk(
  "google-protobuf/google/protobuf/struct_pb.js",
);
type Credentials = ConstructorParameters<typeof ResourceProviderClient>[1];
type Message = NonNullable<ReturnType<CreateRequest["getProperties"]>>;

const root = join(__dirname, "../..");

export type Properties = Record<string, unknown>;
export type HostProcess = Awaited<ReturnType<typeof startHost>>;

/** What the stand-in for the engine asks, of a process or in this one. */
export type ProviderHost = Omit<HostProcess, "pid" | "used">;

/** How the host says no: a gRPC status, and the object it leaves half made, if any. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly half?: { id: string; properties: Properties; reasons: string[] },
  ) {
    super(message);
  }
}

/** What the engine sends for a value that a preview cannot know yet. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** How many runs share a process. It keeps the providers of all of them, some 4 MB a run. */
const runsOfProcess = 100;

async function startProcess(environment: Record<string, string>) {
  const inherited = Object.entries(process.env).filter(([key]) => !key.startsWith("TWILIO_"));
  const child = spawn(
    process.execPath,
    [
      "--require",
      join(__dirname, "renew.js"),
      require.resolve("@pulumi/pulumi/cmd/dynamic-provider/index.js"),
      "127.0.0.1:1",
    ],
    {
      cwd: root,
      env: { ...Object.fromEntries(inherited), ...environment },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    },
  );
  if (!child.stdout || !child.stderr) throw new Error("the host prints nothing");
  const { stdout, stderr } = child;
  let printed = "";
  const port = await new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`the host ended with ${code}: ${printed}`)));
    stderr.on("data", (chunk) => {
      printed += chunk;
    });
    stdout.on("data", (chunk) => {
      printed += chunk;
      const [, line] = /^(\d+)\n/.exec(printed) ?? [];
      if (line !== undefined) resolve(line);
    });
  });
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  return {
    client,
    pid: child.pid,
    used: (): Promise<number> => {
      child.send("used");
      return new Promise((resolve) => child.once("message", (bytes) => resolve(Number(bytes))));
    },
    printed: () => printed,
    /** Ends a run, and resolves to what was printed in it. */
    renew: async (mark: string): Promise<string> => {
      child.send(mark);
      while (!printed.includes(mark)) await new Promise((resolve) => stdout.once("data", resolve));
      const [before = ""] = printed.split(mark);
      printed = "";
      return before;
    },
    stop: (signal: NodeJS.Signals = "SIGTERM") => {
      client.close();
      child.kill(signal);
    },
  };
}

/** The dynamic provider host of `@pulumi/pulumi`, started as the engine starts it and asked as the engine asks it. */
export async function startHost(environment: Record<string, string> = {}) {
  // What provider processes of one engine share is in a file there.
  const shared = mkdtempSync(join(tmpdir(), "host-"));
  const start = () => startProcess({ TMPDIR: shared, PULUMI_HOME: join(shared, "home"), ...environment });
  let host = await start();
  let run = 0;
  const pointed = (type: string, properties: Properties): Properties => ({
    ...properties,
    // The host keeps the provider of each text, so that each run has another one.
    __provider: `${storedPointer(properties) ?? pointer(type)}${run === 0 ? "" : `//${run}`}`,
  });

  return {
    get pid() {
      return host.pid;
    },

    /** What it holds in memory, in bytes, without what only waits to be collected. */
    used: () => host.used(),

    /** Everything it wrote to stdout and stderr. */
    printed: () => host.printed(),

    /** Ends a run: from here on the host is as if it had just been started. Resolves to what it printed in the run. */
    renew: async (): Promise<string> => {
      run += 1;
      const before = await host.renew(`end of run ${run}`);
      for (const name of readdirSync(shared)) rmSync(join(shared, name), { recursive: true });
      if (run % runsOfProcess === 0) {
        host.stop();
        host = await start();
      }
      return before;
    },

    configure: async (config: Record<string, string>) => {
      const request = new ConfigureRequest().setArgs(struct(prefixed(config)));
      await answer((done) => host.client.configure(request, done));
    },

    check: async (type: string, was: Properties, given: Properties) => {
      const request = new CheckRequest().setOlds(struct(was)).setNews(struct(pointed(type, given)));
      const response = await answer<CheckResponse>((done) => host.client.check(request, done));
      const failures = response.getFailuresList();
      return {
        inputs: plain(response.getInputs()),
        reasons: failures.map((failure) => failure.getReason()),
        properties: failures.map((failure) => failure.getProperty()),
      };
    },

    diff: async (type: string, id: string, state: Properties, inputs: Properties) => {
      const request = new DiffRequest()
        .setId(id)
        .setOlds(struct(pointed(type, state)))
        .setNews(struct(pointed(type, inputs)));
      const response = await answer<DiffResponse>((done) => host.client.diff(request, done));
      const names = Object.entries(DiffResponse.DiffChanges);
      return {
        changes: names.find(([, value]) => value === response.getChanges())?.[0],
        replaces: response.getReplacesList(),
        deletesFirst: response.getDeletebeforereplace() || undefined,
      };
    },

    create: async (type: string, inputs: Properties) => {
      const request = new CreateRequest().setProperties(struct(pointed(type, inputs)));
      const response = await answer<CreateResponse>((done) => host.client.create(request, done));
      return { id: response.getId(), state: plain(response.getProperties()) };
    },

    read: async (type: string, id: string, state: Properties) => {
      const request = new ReadRequest().setId(id).setProperties(struct(pointed(type, state)));
      const response = await answer<ReadResponse>((done) => host.client.read(request, done));
      return {
        id: response.getId(),
        state: plain(response.getProperties()),
        inputs: plain(response.getInputs()),
      };
    },

    update: async (type: string, id: string, state: Properties, inputs: Properties) => {
      const request = new UpdateRequest()
        .setId(id)
        .setOlds(struct(pointed(type, state)))
        .setNews(struct(pointed(type, inputs)));
      const response = await answer<UpdateResponse>((done) => host.client.update(request, done));
      return { state: plain(response.getProperties()) };
    },

    delete: async (type: string, id: string, state: Properties) => {
      const request = new DeleteRequest().setId(id).setProperties(struct(pointed(type, state)));
      await answer((done) => host.client.delete(request, done));
    },

    stop: (signal?: NodeJS.Signals) => {
      host.stop(signal);
      rmSync(shared, { recursive: true, force: true });
    },
  };
}

/** The provider that a state names, which another version of the package may have written. */
const storedPointer = ({ __provider }: Properties): string | undefined =>
  typeof __provider === "string" ? __provider : undefined;

type Failure = { code: number; details: string; metadata: { get(key: string): (string | Buffer)[] } };

/** Waits for an answer, but not for ever: a host that never answers is one of the faults to find. */
function answer<Response>(
  ask: (done: (error: Failure | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("the host did not answer")), 15_000);
    ask((error, response) => {
      clearTimeout(late);
      if (error) reject(refusedBy(error));
      else resolve(response);
    });
  });
}

function refusedBy({ code, details, metadata }: Failure): Refused {
  const [packed] = metadata.get("grpc-status-details-bin");
  if (packed === undefined || typeof packed === "string") return new Refused(code, details);
  const [detail] = Status.deserializeBinary(packed).getDetailsList();
  const half = ErrorResourceInitFailed.deserializeBinary(detail?.getValue_asU8() ?? new Uint8Array());
  const properties = plain(half.getProperties());
  return new Refused(code, details, { id: half.getId(), properties, reasons: half.getReasonsList() });
}

const prefixed = (config: Record<string, string>) =>
  Object.fromEntries(Object.entries(config).map(([key, value]) => [`twilio:${key}`, value]));

export const struct = (record: object): Message => Struct.fromJavaScript(record);

/** Without the mark by which runs are told apart, which the engine would not see. */
export const plain = (message: Message | undefined): Properties => {
  const { __provider, ...properties }: Properties = { ...message?.toJavaScript() };
  if (typeof __provider !== "string") return properties;
  return { ...properties, __provider: __provider.replace(/\/\/\d+$/, "") };
};

import { createRequire } from "node:module";
import type { PulumiFn } from "@pulumi/pulumi/automation";

/** What the SDK itself depends on, found from there. */
const sdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));

interface Server {
  addService(definition: unknown, handlers: object): void;
  bindAsync(address: string, credentials: unknown, bound: (error: Error | null, port: number) => void): void;
  forceShutdown(): void;
}
const {
  Server: GrpcServer,
  ServerCredentials,
  status,
}: {
  Server: new (options: object) => Server;
  ServerCredentials: { createInsecure(): unknown };
  status: { UNAVAILABLE: number };
} = sdk("@grpc/grpc-js");

/** Runs an inline program for the engine, as Automation API does. */
export interface Language {
  run(call: { request: object }, callback: (error: Error | undefined, answer: unknown) => void): unknown;
  /** Throws where the program left promises behind. */
  onPulumiExit(hasError: boolean): void;
}
const { LanguageServer }: { LanguageServer: new (program: PulumiFn) => Language } =
  require("@pulumi/pulumi/automation/server.js");

/** Takes back what the last run has left in this process. */
let forget = () => {};

/**
 * An inline program, which may run several times. While it runs, the SDK listens to what nobody catches; a program that fails does
 * not end, so that it would listen for good. It does so until the next run, of whatever program.
 */
export class InlineProgram extends LanguageServer {
  override run(...args: Parameters<Language["run"]>): unknown {
    forget();
    const exceptions = process.listeners("uncaughtException");
    const rejections = process.listeners("unhandledRejection");
    const running = super.run(...args);
    const newExceptions = process.listeners("uncaughtException").filter((one) => !exceptions.includes(one));
    const newRejections = process.listeners("unhandledRejection").filter((one) => !rejections.includes(one));
    forget = () => {
      for (const listener of newExceptions) process.off("uncaughtException", listener);
      for (const listener of newRejections) process.off("unhandledRejection", listener);
    };
    return running;
  }
}

export const { Empty }: { Empty: new () => object } = sdk("google-protobuf/google/protobuf/empty_pb.js");

/** How the engine says that it is ending; the SDK then stops without a word. */
export const isEnding = (): Error => Object.assign(new Error("ending"), { code: status.UNAVAILABLE });

/**
 * A client of a program that failed stays, and when it reaches nobody any more, the library holds its port for dead: no later
 * client of the same port is served for a while, whoever listens there. So no port is served twice.
 */
const served = new Set<number>();

/** Serves one or more gRPC services on a port of this machine. */
export async function serve(
  ...services: [definition: unknown, handlers: object][]
): Promise<{ address: string; close: () => void }> {
  const anySize = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
  const server = new GrpcServer(anySize);
  for (const [definition, handlers] of services) server.addService(definition, handlers);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  if (served.has(port)) {
    server.forceShutdown();
    return serve(...services);
  }
  served.add(port);
  // What a program that failed still has on its way is answered: nobody waits for it, nor handles its failure.
  const close = () => void setTimeout(() => server.forceShutdown(), 2000).unref();
  return { address: `127.0.0.1:${port}`, close };
}

/**
 * What a plugin of Pulumi's engine is made of: a gRPC service that tells its port on stdout. The protocol files are those
 * of the program's `@pulumi/pulumi`, so this file works from wherever it has been copied to.
 */
import { createRequire } from "node:module";
import { join } from "node:path";

/** The engine starts a plugin in the program's folder. */
export const sdk = requireFrom(process.cwd());

const insideSdk = createRequire(sdk.resolve("@pulumi/pulumi/package.json"));
const grpc = insideSdk("@grpc/grpc-js");
export const { Empty } = insideSdk("google-protobuf/google/protobuf/empty_pb.js");
export const { Struct } = insideSdk("google-protobuf/google/protobuf/struct_pb.js");

/**
 * One call of a method. The SDK's protocol files come without types: each handler names what it reads of its request.
 *
 * @typedef {object} ServerCall
 * @property {never} request
 * @property {(event: "cancelled", listener: () => void) => void} on
 */
/** @typedef {(error: { code: number, message: string } | null, response?: unknown) => void} Reply */
/** @typedef {(request: never, call: ServerCall) => unknown} Handle returns the answer or throws */
/** @typedef {{ toJavaScript: () => Record<string, unknown> }} ProtocolStruct */

/**
 * Answers the engine until it is gone. A method without a handler is answered with UNIMPLEMENTED.
 *
 * @param {unknown} service
 * @param {Record<string, Handle>} handlers
 * @param {() => void} [onStop]
 */
export function serve(service, handlers, onStop) {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  const answers = Object.entries(handlers).map(([method, handle]) => [method, answer(handle)]);
  server.addService(service, Object.fromEntries(answers));
  server.bindAsync(
    "127.0.0.1:0",
    grpc.ServerCredentials.createInsecure(),
    (/** @type {Error | null} */ error, /** @type {number} */ port) => {
      if (error) throw error;
      process.stdout.write(`${port}\n`);
    },
  );

  const stop = () => {
    onStop?.();
    process.exit(0);
  };
  // The engine holds the other end of stdin: it closes when the engine is gone, however it went.
  process.stdin.on("end", stop).on("error", stop).resume();
  process.on("SIGINT", stop).on("SIGTERM", stop);
}

/** Makes a gRPC handler of a function that returns the answer or throws. */
function answer(/** @type {Handle} */ handle) {
  return async (/** @type {ServerCall} */ call, /** @type {Reply} */ callback) => {
    try {
      callback(null, await handle(call.request, call));
    } catch (error) {
      callback({
        code: grpc.status.UNKNOWN,
        message: error instanceof Error ? error.message : String(error),
      });
    }
  };
}

/** `require` as a program in that folder has it. */
export function requireFrom(/** @type {string} */ folder) {
  const require = createRequire(join(folder, "package.json"));
  try {
    require.resolve("@pulumi/pulumi/package.json");
  } catch {
    process.stderr.write(
      `@pulumi/pulumi is not installed for the program in ${folder}: run \`npm install\` there.\n`,
    );
    process.exit(1);
  }
  return require;
}

import * as pulumi from "@pulumi/pulumi";

/**
 * An error of the program, which Pulumi prints as one line. It bears no stack, since people need none, and since
 * Pulumi inspects what does, with all that hangs from it: on Node 20 this can run for ever
 * (https://github.com/nodejs/node/issues/64011).
 */
export const programError = (message: string): pulumi.RunError =>
  Object.assign(new pulumi.RunError(message), { stack: "" });

/**
 * Fails the program once, with this error alone. Inside an output it would come out of every resource that uses the
 * result, each time with the names of more properties before it, and on Node 20 printing that can take for ever.
 */
export function endProgram(error: unknown): Promise<never> {
  void Promise.reject(error);
  return new Promise(() => {});
}

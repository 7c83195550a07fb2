import * as pulumi from "@pulumi/pulumi";

/**
 * An error of the program, which Pulumi prints as one line. It bears no stack, since people need none, and since
 * Pulumi inspects what does, with all that hangs from it: on Node 20 this can run for ever
 * (https://github.com/nodejs/node/issues/64011).
 */
export const programError = (message: string): pulumi.RunError =>
  Object.assign(new pulumi.RunError(message), { stack: "" });

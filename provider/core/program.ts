import * as pulumi from "@pulumi/pulumi";

/**
 * An error of the program, which Pulumi prints as one line. It bears no stack: people need none, and Node 20 can loop
 * for ever over the stack of an error that it prints in colour (https://github.com/nodejs/node/issues/64011).
 */
export const programError = (message: string): pulumi.RunError =>
  Object.assign(new pulumi.RunError(message), { stack: message });

import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

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

/** An output's value without what the output depends on. It never comes where it is not known in this preview. */
export const valueIn = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => output.apply(resolve));

/** Undefined where the value will be known only after this preview. Pulumi's types do not show `isKnown`. */
export async function ifKnown<T>(output: pulumi.Output<T>): Promise<T | undefined> {
  const isKnown: unknown = await Reflect.get(output, "isKnown");
  return isKnown === false ? undefined : valueIn(output);
}

/** Whether the program runs with Pulumi's mocks, where there is no account to ask. */
export const isUnitTest = (): boolean => pulumi.runtime.getMonitor() instanceof MockMonitor;

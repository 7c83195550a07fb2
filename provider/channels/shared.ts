import type * as pulumi from "@pulumi/pulumi";
import { getFlexConfigurationOutput } from "../lookups/getFlexConfiguration";
import { getFlexProxyServiceOutput } from "../lookups/getFlexProxyService";
import { ownerAt } from "../lookups/lookup";
import type { LookupOptions } from "../lookups/options";

/** The Flex Configuration, which all channels of a run that have the same account share. */
export const flexConfiguration = once((opts) => getFlexConfigurationOutput({}, opts));

/** The Proxy service of Flex, likewise. */
export const flexProxyService = once((opts) => getFlexProxyServiceOutput({}, opts));

/** Asks once for all channels that share an account. */
function once<Answer>(ask: (opts: LookupOptions) => pulumi.Output<Answer>) {
  const answers = new WeakMap<object, pulumi.Output<Answer>>();
  return (parent: pulumi.Resource): pulumi.Output<Answer> => {
    const owner = ownerAt(parent);
    const answer = answers.get(owner) ?? ask({ parent });
    answers.set(owner, answer);
    return answer;
  };
}

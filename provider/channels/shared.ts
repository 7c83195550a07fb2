import * as pulumi from "@pulumi/pulumi";
import { getFlexConfigurationOutput } from "../lookups/getFlexConfiguration";
import { getFlexProxyServiceOutput } from "../lookups/getFlexProxyService";
import type { LookupOptions } from "../lookups/options";

/** The Flex Configuration, which all channels of a run that have the same account share. */
export const flexConfiguration = once((opts) => getFlexConfigurationOutput({}, opts));

/** The Proxy service of Flex, likewise. */
export const flexProxyService = once((opts) => getFlexProxyServiceOutput({}, opts));

/** Asks once for each provider, or else for each run of a program, of which each has its own monitor. */
function once<Answer>(ask: (opts: LookupOptions) => pulumi.Output<Answer>) {
  const answers = new WeakMap<object, pulumi.Output<Answer>>();
  return (parent: pulumi.Resource): pulumi.Output<Answer> => {
    const provider = parent.getProvider("pulumi-nodejs:dynamic/twilio-flex:Lookup");
    const owner = provider ?? pulumi.runtime.getMonitor() ?? parent;
    const answer = answers.get(owner) ?? ask({ parent });
    answers.set(owner, answer);
    return answer;
  };
}

import * as pulumi from "@pulumi/pulumi";
import type { TwilioResource } from "../program/resource";

/** One of our resources, or the SID of one. */
export type SidOf<Resource extends TwilioResource> = Resource | pulumi.Input<string>;

export const sidOf = (given: SidOf<TwilioResource>): pulumi.Input<string> =>
  pulumi.CustomResource.isInstance(given) ? given.sid : given;

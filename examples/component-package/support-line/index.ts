import * as pulumi from "@pulumi/pulumi";
import { getFlexConfigurationOutput, SmsChannel, studioFlowToFlex } from "pulumi-twilio-flex";

export interface SupportLineArgs {
  /** Number of the account in E.164 form. */
  phoneNumber: pulumi.Input<string>;
  /** Who answers, as reports and agents see it on each task. */
  team: pulumi.Input<string>;
  /** SID of the workflow (WW…) that finds an agent. Default: that of Flex. */
  workflowSid?: pulumi.Input<string>;
}

/** SMS to a number, as all teams have it: a Studio flow of its own that makes tasks with the team's name. */
export class SupportLine extends pulumi.ComponentResource {
  readonly sms: SmsChannel;
  /** The hops of a message, in words. */
  readonly route: pulumi.Output<string>;

  constructor(name: string, args: SupportLineArgs, opts?: pulumi.ComponentResourceOptions) {
    super("example:support:SupportLine", name, {}, opts);
    const own = { parent: this };
    const flex = getFlexConfigurationOutput({}, own);
    const definition = studioFlowToFlex(
      { workflowSid: args.workflowSid, attributes: { team: args.team } },
      own,
    );
    this.sms = new SmsChannel(
      name,
      {
        phoneNumber: args.phoneNumber,
        destination: { kind: "studio", definition },
        conversationsServiceSid: flex.flexServiceInstanceSid,
      },
      own,
    );
    this.route = this.sms.route;
    this.registerOutputs({ route: this.route });
  }
}

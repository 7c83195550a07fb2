import * as pulumi from "@pulumi/pulumi";
import { SupportLine } from "example-support-line";

const config = new pulumi.Config();

const orders = new SupportLine("orders", {
  phoneNumber: config.get("smsNumber") ?? "+15017122661",
  team: "orders",
});

export const route = orders.route;

import type * as pulumi from "@pulumi/pulumi";

/** How Twilio calls the webhooks of a sender. */
export type SenderMethod = "POST" | "PUT";

export const verticals = [
  "Alcohol",
  "Automotive",
  "Beauty, Spa and Salon",
  "Clothing and Apparel",
  "Education",
  "Entertainment",
  "Event Planning and Service",
  "Finance and Banking",
  "Food and Grocery",
  "Hotel and Lodging",
  "Matrimony Service",
  "Medical and Health",
  "Non-profit",
  "Online Gambling",
  "OTC Drugs",
  "Other",
  "Physical Gambling",
  "Professional Services",
  "Public Service",
  "Restaurant",
  "Shopping and Retail",
  "Travel and Transportation",
] as const;

/** Where messages to the sender go. What is not given is blank. */
export interface SenderWebhook {
  /** Absolute URL that messages are posted to, such as `messageWebhookUrl` of a `ProxyService`. Default: none. */
  callbackUrl?: pulumi.Input<string>;
  /** POST or PUT. Default POST. */
  callbackMethod?: pulumi.Input<SenderMethod>;
  /** Absolute URL that is called when `callbackUrl` fails. Default: none. */
  fallbackUrl?: pulumi.Input<string>;
  /** POST or PUT. Default POST. */
  fallbackMethod?: pulumi.Input<SenderMethod>;
  /** Absolute URL that is told how the delivery of messages goes. Default: none. */
  statusCallbackUrl?: pulumi.Input<string>;
  /** POST or PUT. Default POST. */
  statusCallbackMethod?: pulumi.Input<SenderMethod>;
}

/** What customers see of the sender. What is not given is not touched. */
export interface SenderProfile {
  /**
   * Name of the sender. It is sent when the declaration changes and never again: Meta reviews it, allows few changes in
   * 30 days, and shows the old name until then. While another one is in use, `up` and refresh say so.
   */
  name?: pulumi.Input<string>;
  /** A line about the sender, 1 to 139 characters. */
  about?: pulumi.Input<string>;
  /** Postal address, 1 to 256 characters. */
  address?: pulumi.Input<string>;
  /** What the business does, 1 to 512 characters. */
  description?: pulumi.Input<string>;
  /** Absolute URL of the picture. */
  logoUrl?: pulumi.Input<string>;
  /** Absolute URL of the picture at the top. Meant for RCS; that WhatsApp takes it is not verified. */
  bannerUrl?: pulumi.Input<string>;
  /** Absolute URL of the privacy policy. Meant for RCS; that WhatsApp takes it is not verified. */
  privacyUrl?: pulumi.Input<string>;
  /** Absolute URL of the terms of service. Meant for RCS; that WhatsApp takes it is not verified. */
  termsOfServiceUrl?: pulumi.Input<string>;
  /** Colour, such as `#0A7B83`. Meant for RCS; that WhatsApp takes it is not verified. */
  accentColor?: pulumi.Input<string>;
  /** Kind of business, such as `Professional Services`. */
  vertical?: pulumi.Input<(typeof verticals)[number]>;
  /** Websites, in this order. */
  websites?: pulumi.Input<
    pulumi.Input<{
      /** Absolute URL. */
      website: pulumi.Input<string>;
      /** Its name, such as `Website`. */
      label: pulumi.Input<string>;
    }>[]
  >;
  /** Addresses for e-mail, in this order. */
  emails?: pulumi.Input<
    pulumi.Input<{
      /** Such as `help@example.com`. */
      email: pulumi.Input<string>;
      /** Its name, such as `Email`. */
      label: pulumi.Input<string>;
    }>[]
  >;
  /** Numbers to call, in this order. Meant for RCS; that WhatsApp takes them is not verified. */
  phoneNumbers?: pulumi.Input<
    pulumi.Input<{
      /** The number in E.164 form. */
      phoneNumber: pulumi.Input<string>;
      /** Its name, such as `Support`. */
      label: pulumi.Input<string>;
    }>[]
  >;
}

import type * as pulumi from "@pulumi/pulumi";

export const numberTypes = ["local", "tollFree", "mobile"] as const;

/** What a number has to be. Of the numbers for sale that are so, the lowest is bought. */
export interface PhoneNumberSearch {
  /** Country as ISO 3166 writes it, in two letters, such as US. */
  country: pulumi.Input<string>;
  /** local, tollFree or mobile; not every country has each of them. Default local. */
  type?: pulumi.Input<(typeof numberTypes)[number]>;
  /** Area code, in the US and Canada. */
  areaCode?: pulumi.Input<string>;
  /** Pattern of 2 to 16 characters: digits, letters as on a telephone, `*` for one digit, `%` for any, `+` before, `$` behind. */
  contains?: pulumi.Input<string>;
  /** State or province, such as CA; in the US and Canada. */
  inRegion?: pulumi.Input<string>;
  /** City. */
  inLocality?: pulumi.Input<string>;
  /** Postal code; in the US and Canada. */
  inPostalCode?: pulumi.Input<string>;
  /** Whether it takes text messages. */
  smsEnabled?: pulumi.Input<boolean>;
  /** Whether it takes messages with media. */
  mmsEnabled?: pulumi.Input<boolean>;
  /** Whether it takes calls. */
  voiceEnabled?: pulumi.Input<boolean>;
  /** Leaves out numbers that need an address of any kind. */
  excludeAllAddressRequired?: pulumi.Input<boolean>;
  /** Leaves out numbers that need an address in their country. */
  excludeLocalAddressRequired?: pulumi.Input<boolean>;
  /** Leaves out numbers that need an address outside their country. */
  excludeForeignAddressRequired?: pulumi.Input<boolean>;
  /** Whether numbers that are new to Twilio count. Default true. */
  beta?: pulumi.Input<boolean>;
}

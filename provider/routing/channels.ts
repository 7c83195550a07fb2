/**
 * How customers write, and at last how they call. The names are those of Conversations addresses; `web`, `line` and
 * `custom` are known to Flex Flows only, and `facebook` there is `messenger` here.
 */
export const channels = [
  "sms",
  "whatsapp",
  "messenger",
  "rcs",
  "apple",
  "gbm",
  "email",
  "chat",
  "web",
  "line",
  "custom",
  "voice",
] as const;

export type Channel = (typeof channels)[number];

/** A channel by any of its names, in any case. */
export function channelOf(name: string): Channel | undefined {
  const wanted = name.toLowerCase();
  return wanted === "facebook" ? "messenger" : channels.find((channel) => channel === wanted);
}

/** Channels whose addresses bear the channel's name. */
const prefixed: readonly Channel[] = ["whatsapp", "messenger", "rcs"];

/** An address in the one form in which addresses are compared: `whatsapp:+15017122661` also where only the number is given. */
export function addressOn(channel: Channel, address: string): string {
  const prefix = `${channel}:`;
  return !prefixed.includes(channel) || address.startsWith(prefix) ? address : prefix + address;
}

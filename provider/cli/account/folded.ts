import type { Args } from "../../values/values";
import type { Item } from "./inventory";

/** A Conversations address or a Flex Flow that is as a channel of `InboundChannels` would declare it. */
export interface Folded {
  readonly item: Item;
  /** The number's handler that the channel declares, too, and what of it stays a resource of its own. */
  readonly handler?: { readonly item: Item; readonly rest?: Item };
  /** Its name among the channels. */
  readonly key: string;
  /** The arguments of the channel, without its destination. */
  readonly args: Args;
  readonly destination: Args;
}

/** What is declared besides the channels. */
export const besides = (declared: readonly Item[], channels: readonly Folded[]): Item[] =>
  declared.flatMap((item) => {
    if (channels.some((channel) => channel.item === item)) return [];
    const handler = channels.find((channel) => channel.handler?.item === item)?.handler;
    if (!handler) return [item];
    return handler.rest ? [handler.rest] : [];
  });

/** All that a channel takes the place of. */
export const foldedInto = ({ item, handler }: Folded): Item[] =>
  handler && !handler.rest ? [item, handler.item] : [item];

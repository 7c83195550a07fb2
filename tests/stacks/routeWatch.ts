import type { Account, Clock } from "../../emulator/index";
import { snapshotOf } from "../../emulator/messages/snapshot";
import { type AccountSnapshot, channelOf, type Route, routeOf, routesOf } from "../../provider/routing";

/**
 * Watches what takes messages to each line, whenever a request comes in and once it is carried out: the emulator asks its
 * clock then. A line is what one channel of ours serves; it can have two addresses, as a web chat is `web shop` to a Flex
 * Flow and `chat shop` to Conversations.
 */
export class RouteWatch {
  private account: (() => Account) | undefined;
  private known: Record<string, string> = {};
  private notes: Record<string, string[]> = {};
  private before = "";
  /** Whether a route of an address that is on no line was seen to change. */
  othersChanged = false;

  constructor(private readonly lines: Record<string, string[]>) {}

  /** The emulator's `clock`. */
  readonly clock: Clock = () => {
    if (this.account) this.look(snapshotOf(this.account()));
    return new Date();
  };

  /** Looks from here on. */
  start(account: () => Account): void {
    this.account = account;
    this.look(snapshotOf(account()));
    this.before = this.others(snapshotOf(account()));
    this.seen();
  }

  /** What took messages to each line after each write that was for it, since the last time. */
  seen(): Record<string, string[]> {
    const { notes } = this;
    this.notes = Object.fromEntries(Object.keys(this.lines).map((line) => [line, []]));
    return notes;
  }

  routes(line: string, account: AccountSnapshot): Route[] {
    return (this.lines[line] ?? []).map((name) => {
      const [channel = "", address = ""] = name.split(" ");
      const known = channelOf(channel);
      if (!known) throw new Error(`${name}: no such channel`);
      return routeOf(account, known, address);
    });
  }

  /** What takes messages to a line now. */
  takers(line: string): string {
    if (!this.account) throw new Error("start comes first");
    return this.takersOf(line, snapshotOf(this.account()));
  }

  private takersOf(line: string, account: AccountSnapshot): string {
    const takers = this.routes(line, account)
      .flatMap(({ ways }) => ways)
      .filter(({ reaches }) => reaches !== "nobody");
    return (
      takers
        .map(({ by }) => by)
        .sort()
        .join(" and ") || "nobody"
    );
  }

  private look(account: AccountSnapshot): void {
    for (const [line, names] of Object.entries(this.lines)) {
      const now = JSON.stringify(ownOf(account, new Set(names.map((name) => name.split(" ")[1]))));
      if (now === this.known[line]) continue;
      this.known[line] = now;
      this.notes[line]?.push(this.takersOf(line, account));
    }
    if (this.before) this.othersChanged ||= this.others(account) !== this.before;
  }

  private others(account: AccountSnapshot): string {
    const ours = new Set(Object.values(this.lines).flat());
    return JSON.stringify(
      routesOf(account).filter(({ channel, address }) => !ours.has(`${channel} ${address}`)),
    );
  }
}

/** All that writes for these addresses change. */
const ownOf = (account: AccountSnapshot, addresses: Set<string | null | undefined>) => [
  account.phoneNumbers.filter(({ phoneNumber }) => addresses.has(phoneNumber)),
  account.senders.filter(({ senderId }) => addresses.has(senderId)),
  account.addresses.filter(({ address }) => addresses.has(address)),
  account.flexFlows.filter(({ contactIdentity }) => addresses.has(contactIdentity)),
];

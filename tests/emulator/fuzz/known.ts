/** What earlier answers told of: it makes later requests meet objects that are there, or were. */
export class Known {
  private readonly sids = new Map<string, string[]>();
  private readonly texts = new Map<string, string[]>();
  /** Paths of objects and lists by their shape, which has `*` for each SID. */
  private readonly addresses = new Map<string, string[]>();
  /** SIDs by the SID of what they are in and their own prefix. */
  private readonly within = new Map<string, string[]>();
  private readonly tokens: string[] = [];

  learn(value: unknown, key = ""): void {
    if (typeof value === "string") this.learnText(value, key);
    else if (typeof value === "object" && value !== null) {
      for (const [inner, item] of Object.entries(value)) this.learn(item, Array.isArray(value) ? key : inner);
    }
  }

  /** An address that answers no more. */
  forget(host: string, path: string): void {
    remove(this.addresses.get(shapeOf(host, path)), path);
    const [sid = ""] = path.match(/[A-Z]{2}[0-9a-f]{32}(?=(\.json)?$)/) ?? [];
    remove(this.sids.get(sid.slice(0, 2)), sid);
  }

  /** Mostly of what is beside or below the object that the path names first. */
  sid(prefix: string, pick: number, path = ""): string {
    const [parent = ""] =
      path.replace(/^\/2010-04-01\/Accounts\/\w+/, "").match(/[A-Z]{2}[0-9a-f]{32}/) ?? [];
    const near = pick % 5 === 0 ? undefined : this.within.get(parent + prefix);
    const all = prefix ? this.sids.get(prefix) : [...this.sids.values()].flat();
    return chosen(near, pick) ?? chosen(all, pick) ?? `${prefix || "XX"}${"0".repeat(32)}`;
  }

  /** A text that some answer had under this key, or under any. */
  text(key: string, pick: number): string {
    return chosen(this.texts.get(key) ?? [...this.texts.values()].flat(), pick) ?? "name";
  }

  /** A path that the template stands for. */
  address(host: string, template: string, pick: number): string | undefined {
    return chosen(this.addresses.get(shapeOf(host, template)), pick);
  }

  token(pick: number): string {
    return chosen(this.tokens, pick) ?? "PA";
  }

  private learnText(text: string, key: string): void {
    const { pathname, host, searchParams } = locate(text);
    const token = searchParams.get("PageToken");
    if (token) this.tokens.push(token);
    if (pathname) {
      note(this.addresses, shapeOf(host, pathname), pathname);
      const [parent, child] = pathname.match(/[A-Z]{2}[0-9a-f]{32}/g) ?? [];
      if (parent && child) note(this.within, parent + child.slice(0, 2), child);
    } else if (isSid.test(text)) note(this.sids, text.slice(0, 2), text);
    else if (/(name|address|number|sender|sender_id|identity|short_code)$/.test(key) && text.length < 100) {
      note(this.texts, key, text);
    }
  }
}

const isSid = /^[A-Z]{2}[0-9a-f]{32}$/;

const nowhere = { pathname: "", host: "", searchParams: new URLSearchParams() };

function locate(text: string): Pick<URL, "pathname" | "host" | "searchParams"> {
  const isAddress = text.startsWith("/2010-04-01/") || /^https:\/\/[a-z-]+\.twilio\.com\/v\d/.test(text);
  return isAddress && URL.canParse(text, "https://api.twilio.com")
    ? new URL(text, "https://api.twilio.com")
    : nowhere;
}

const shapeOf = (host: string, path: string) =>
  `${host}${path.replace(/(?<=\/)[A-Z]{2}[0-9a-f]{32}(?=\/|\.json|$)|\{\w+\}/g, "*")}`;

function note(lists: Map<string, string[]>, key: string, text: string): void {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  if (!list.includes(text)) list.push(text);
}

function remove(list: string[] | undefined, text: string): void {
  const index = list?.indexOf(text) ?? -1;
  if (index !== -1) list?.splice(index, 1);
}

/** Every other pick is among the latest. */
function chosen(list: readonly string[] = [], pick = 0): string | undefined {
  const among = pick % 2 === 0 ? list.slice(-8) : list;
  return among[(pick >> 1) % Math.max(1, among.length)];
}

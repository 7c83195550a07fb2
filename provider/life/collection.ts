import type { Twilio } from "twilio";
import { ApiError, messageOf } from "../values/errors";
import type { Args } from "../values/values";
import { parentIn } from "./frame";
import type { Session } from "./life";
import { type Page, Reads } from "./reads";
import type { Run } from "./run";

/** The requests by which the objects of one kind are found. */
export interface Listing<Answer> {
  /** How messages call such an object. */
  readonly label: string;
  /** The first two letters of its SID, where arguments of other resources may hold it. */
  readonly prefix?: string;
  /** A SID, or `parent/child` with the ids of both. */
  readonly id: (answer: Answer) => string;
  /** All objects of this kind, or all in this parent, or the first of pages as large as the API gives. */
  readonly list: (twilio: Twilio, parent: string) => Promise<Answer[] | Page<Answer>>;
  /** Whether lists leave out what a read shows, or may do so: then each object is read by itself. */
  readonly listsInPart?: true;
  readonly read: (twilio: Twilio, id: string) => Promise<Answer>;
  /** What people know the object by besides its SID. */
  readonly called?: (answer: Answer) => string;
  /** The arguments by which other resources name it, of which they give one. */
  readonly names?: (answer: Answer) => Args;
}

/** A collection to those who know nothing of its answers. */
export interface Directory {
  readonly label: string;
  /** What is there, as the run has seen it first. Undefined where the account's API does not say. */
  readonly entries: (session: Session, parent: string, how: How) => Promise<Entry[] | undefined>;
  /** Asks for the object itself. In doubt it is there. */
  readonly isThere: (session: Session, id: string) => Promise<boolean>;
}

/** As the run has seen it first, or as it is now. */
export type How = "seen" | "fresh";

interface Entry {
  readonly id: string;
  readonly called: string;
  readonly names: Args;
}

/** The objects of one kind in an account, or in one parent. Each list that a check looks at is asked for once a run. */
export class Collection<Answer> implements Directory {
  readonly #seen = new WeakMap<Run, Map<string, Promise<Answer[] | undefined>>>();
  /** By how long what a list has shown may be believed. */
  readonly #reads = new WeakMap<object, Map<string, Reads<Answer>>>();

  constructor(readonly listing: Listing<Answer>) {}

  get label(): string {
    return this.listing.label;
  }

  /** As it is now. For writes, which must not decide by what was there a while ago. */
  async fresh(session: Session, parent: string): Promise<Answer[]> {
    const answers: Answer[] = [];
    let page: Page<Answer> | undefined = await this.#firstPage(session, parent);
    for (; page; page = await page.nextPage()) answers.push(...page.instances);
    return answers;
  }

  /**
   * One object, by its own read or, where many are read, by a list that shows all of it. A refresh believes a list as long as
   * this process is asked for nothing else, a preview for as long as the run.
   */
  async read(session: Session, id: string, by: "refresh" | "preview"): Promise<Answer> {
    const { listsInPart, read } = this.listing;
    const listed = listsInPart ? undefined : await this.#reading(session, parentOf(id), by).find(id);
    return listed !== undefined && isWhole(listed, session.account) ? listed : read(session.api, id);
  }

  #reading(session: Session, parent: string, by: "refresh" | "preview"): Reads<Answer> {
    const span = by === "refresh" ? session.run.refresh : session.run;
    const all = this.#reads.get(span) ?? new Map<string, Reads<Answer>>();
    this.#reads.set(span, all);
    const key = `${session.account} ${parent}`;
    const reads = all.get(key) ?? new Reads(() => this.#firstPage(session, parent), this.listing.id);
    all.set(key, reads);
    return reads;
  }

  async #firstPage(session: Session, parent: string): Promise<Page<Answer>> {
    const list = await this.listing.list(session.api, parent);
    return Array.isArray(list) ? { instances: list, nextPage: () => undefined } : list;
  }

  /** As the run has seen it first. Undefined where the account's API does not say. */
  seen(session: Session, parent: string): Promise<Answer[] | undefined> {
    const lists = this.#seen.get(session.run) ?? new Map<string, Promise<Answer[] | undefined>>();
    this.#seen.set(session.run, lists);
    const key = `${session.account} ${parent}`;
    const list = lists.get(key) ?? unlessSilent(session, this.label, this.fresh(session, parent));
    lists.set(key, list);
    return list;
  }

  async entries(session: Session, parent: string, how: How): Promise<Entry[] | undefined> {
    const { id, called, names } = this.listing;
    const answers = how === "fresh" ? await this.fresh(session, parent) : await this.seen(session, parent);
    return answers?.map((answer) => ({
      id: id(answer),
      called: called?.(answer) ?? "",
      names: names?.(answer) ?? {},
    }));
  }

  async isThere(session: Session, id: string): Promise<boolean> {
    try {
      await this.listing.read(session.api, id);
      return true;
    } catch (error) {
      return !(error instanceof ApiError) || !error.gone;
    }
  }
}

/**
 * A product that is closed to the account, or to the key, says nothing of what exists, and neither does one that does not
 * answer: then the write decides, as it does where previews do not look.
 */
async function unlessSilent<Answer>(
  session: Session,
  label: string,
  list: Promise<Answer[]>,
): Promise<Answer[] | undefined> {
  try {
    return await list;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status === 401) throw error;
    if (error.lost) session.warn(`could not look at what exists (${label}): ${messageOf(error)}`);
    return undefined;
  }
}

const parentOf = (id: string): string => (id.includes("/") ? parentIn(id) : "");

/** Whether an answer leaves nothing out, and is of this account. */
const isWhole = (answer: unknown, account: string): boolean =>
  Object.entries(Object(answer)).every(
    ([key, value]) =>
      key.startsWith("_") || (value !== undefined && (key !== "accountSid" || value === account)),
  );

/** Kinds of objects that arguments of other resources name, by the first letters of their SIDs. */
const directories = new Map<string, readonly Kept[]>();

interface Kept {
  readonly directory: Directory;
  /** Whether they are told by the workspace and their own SID. */
  readonly isInWorkspace: boolean;
}

export function registerDirectory(prefix: string, directory: Directory, isInWorkspace: boolean): void {
  const known = directoriesOf(prefix);
  if (known.some((one) => one.directory.label === directory.label)) return;
  directories.set(prefix, [{ directory, isInWorkspace }, ...known]);
}

/** One object may be of several kinds: a service of Chat and of Conversations. */
export const directoriesOf = (prefix: string): readonly Kept[] => directories.get(prefix) ?? [];

import { ApiError } from "../values/errors";
import { type Args, isRecord, omit, type Wire } from "../values/values";
import { type Directory, directoriesOf, type How } from "./collection";
import type { Mention } from "./definition";
import type { Kind } from "./frame";
import type { Session } from "./life";

/** The SIDs among arguments, each with its place and the workspace that is named beside it. */
interface Reference {
  readonly path: string;
  readonly sid: string;
  readonly workspaceSid: string | undefined;
}

const sidForm = /^[A-Z]{2}[0-9a-f]{32}$/;
const sidsInText = /\b[A-Z]{2}[0-9a-f]{32}\b/g;

/**
 * What is wrong with the objects that arguments name: one that is not there cannot be used. What they named `before` is
 * not looked for again.
 */
export async function missingReferences(
  session: Session,
  kind: Kind,
  args: Args,
  before: Args,
  passedOver: readonly string[] = [],
): Promise<string[]> {
  const old = referencesIn(before, kind.json);
  const isOld = ({ sid, workspaceSid }: Reference) =>
    old.some((other) => other.sid === sid && other.workspaceSid === workspaceSid);
  const found = referencesIn(omit(args, passedOver), kind.json).filter((reference) => !isOld(reference));
  const missing = await Promise.all(
    found.map(async (reference) => ((await isMissing(session, reference)) ? [reference] : [])),
  );
  return missing.flat().map(({ path, sid, workspaceSid }) => {
    const place = isScoped(sid) ? `workspace ${workspaceSid}` : `account ${session.account}`;
    return `${path}: ${sid} is not in ${place}; check the SID and whose credentials these are`;
  });
}

/**
 * What is wrong with the objects that free-form JSON mentions, for which no workspace is named: one that is in none of the
 * account's. What it mentioned `before` is not looked for again.
 */
export async function missingMentions(
  session: Session,
  mentioned: readonly Mention[],
  before: readonly Mention[],
): Promise<string[]> {
  const isOld = ({ sid }: Mention) => before.some((other) => other.sid === sid);
  const found = mentioned.filter((mention) => !isOld(mention) && !session.run.looks.isMade(mention.sid));
  const sids = [...new Set(found.map(({ sid }) => sid))];
  const nowhere = new Set(
    (await Promise.all(sids.map(async (sid) => ((await isNowhere(session, sid)) ? [sid] : [])))).flat(),
  );
  return found
    .filter(({ sid }) => nowhere.has(sid))
    .map(
      ({ path, sid }) =>
        `${path}: ${sid} is not in account ${session.account}; check the SID and whose credentials these are`,
    );
}

/** In doubt it is somewhere: what it belongs to decides when it runs. */
async function isNowhere(session: Session, sid: string): Promise<boolean> {
  const places = directoriesOf(sid.slice(0, 2));
  if (places.length === 0) return false;
  const missing = await Promise.all(
    places.map(async ({ directory, isInWorkspace }) => {
      for (const how of ["seen", "fresh"] as const) {
        const parents = isInWorkspace ? await workspacesIn(session, how) : [""];
        const ids = await idsIn(session, directory, parents, how);
        if (!ids || ids.some((id) => id.endsWith(sid))) return false;
      }
      return true;
    }),
  );
  return missing.every(Boolean);
}

async function workspacesIn(session: Session, how: How): Promise<string[] | undefined> {
  const lists = directoriesOf("WS").map(({ directory }) => idsIn(session, directory, [""], how));
  return (await Promise.all(lists))[0];
}

/** Undefined where the account's API does not say, or does not say it to this key. */
async function idsIn(
  session: Session,
  directory: Directory,
  parents: readonly string[] | undefined,
  how: How,
): Promise<string[] | undefined> {
  if (!parents) return undefined;
  try {
    const lists = await Promise.all(parents.map((parent) => directory.entries(session, parent, how)));
    return lists.every((list) => list !== undefined) ? lists.flat().map(({ id }) => id) : undefined;
  } catch (error) {
    // What was there a moment ago may be gone by now, and a key may be refused what the account is not.
    if (error instanceof ApiError && (how === "fresh" || (session.isApiKey && error.status === 401)))
      return undefined;
    throw error;
  }
}

/**
 * The objects that values name, at any depth and also in URLs, and that are gone. One of which nobody can tell counts as
 * there. `parent` is the SID of what the values belong to, which may be the workspace of what they name.
 */
export async function goneAmong(session: Session, values: Wire, parent: string): Promise<string[]> {
  const named = [...new Set(JSON.stringify(values).match(sidsInText))];
  const workspaces = [parent, ...named].filter((sid) => sid.startsWith("WS"));
  const isThere = async (sid: string): Promise<boolean> => {
    const places = directoriesOf(sid.slice(0, 2)).flatMap(({ directory, isInWorkspace }) =>
      (isInWorkspace ? workspaces.map((workspace) => `${workspace}/${sid}`) : [sid]).map((id) =>
        directory.isThere(session, id),
      ),
    );
    return places.length === 0 || (await Promise.all(places)).some(Boolean);
  };
  const there = await Promise.all(named.map(isThere));
  return named.filter((_, index) => there[index] === false);
}

const isScoped = (sid: string): boolean =>
  directoriesOf(sid.slice(0, 2)).some(({ isInWorkspace }) => isInWorkspace);

/** In doubt it is there: the write decides. */
async function isMissing(session: Session, { sid, workspaceSid }: Reference): Promise<boolean> {
  const { looks } = session.run;
  if (looks.isMade(sid) || (workspaceSid !== undefined && looks.isMade(workspaceSid))) return false;
  let isMissing = false;
  for (const { directory, isInWorkspace } of directoriesOf(sid.slice(0, 2))) {
    if (isInWorkspace && workspaceSid === undefined) continue;
    const id = isInWorkspace ? `${workspaceSid}/${sid}` : sid;
    const entries = await directory.entries(session, isInWorkspace ? String(workspaceSid) : "", "seen");
    if (entries === undefined) continue;
    // It may have been made since the list was asked for.
    if (entries.some((entry) => entry.id === id) || (await directory.isThere(session, id))) return false;
    isMissing = true;
  }
  return isMissing;
}

function referencesIn(args: Args, json: readonly string[]): Reference[] {
  const walk = (value: unknown, path: string, workspaceSid: string | undefined): Reference[] => {
    if (json.includes(path)) return [];
    if (typeof value === "string") return sidForm.test(value) ? [{ path, sid: value, workspaceSid }] : [];
    if (Array.isArray(value))
      return value.flatMap((item, index) => walk(item, `${path}[${index}]`, workspaceSid));
    if (!isRecord(value)) return [];
    const beside = typeof value.workspaceSid === "string" ? value.workspaceSid : workspaceSid;
    return Object.entries(value).flatMap(([key, item]) => walk(item, path ? `${path}.${key}` : key, beside));
  };
  return walk(args, "", undefined).map((reference) => ({
    ...reference,
    workspaceSid: sidForm.test(reference.workspaceSid ?? "") ? reference.workspaceSid : undefined,
  }));
}

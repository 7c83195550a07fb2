import { join } from "node:path";
import type { FlowInstance } from "twilio/lib/rest/studio/v2/flow";
import type { Session } from "../life/life";
import { candidates } from "../lookups/findOne";
import { keysOf } from "../lookups/names";
import { endedWidgets } from "../routing";
import { isSid, kindOf, mentionsIn, type Nameable, type Place, portable, sidsIn } from "../studio/portable";
import { Refusal, unlessGone } from "../values/errors";
import { inexactNumbers } from "../values/jsonText";
import { masked } from "../values/secrets";
import { written } from "../values/validate";
import { isRecord, type Path } from "../values/values";
import { canonical, fileNamesFor, writeIfChanged } from "./flowFiles";
import { type ExitCode, exitCodes, print, reasonOf, say, withProgress } from "./terminal";

export interface PullOptions {
  out?: string;
  draft?: boolean;
  portable?: boolean;
}

/** Writes Studio flows as JSON: all, or those that are wanted, by SID or name. */
export async function pull(account: Session, wanted: string[], options: PullOptions): Promise<ExitCode> {
  const { out } = options;
  const flows = byAge(await account.api.studio.v2.flows.list({ pageSize: 1000 }));
  const fileNames = fileNamesFor(flows.map(({ friendlyName }) => friendlyName));
  const chosen =
    wanted.length === 0 ? flows : [...new Set(wanted.map((name) => flowCalled(account, flows, name)))];
  if (out === undefined && chosen.length > 1) throw new Refusal(several(chosen.length));
  if (chosen.length === 0) say(`${account.account} has no Studio flows`);

  const all = await withProgress(
    (steps) => `reading the account ${account.account}: ${steps} flows and lists so far`,
    async (step) => {
      const read = await Promise.all(chosen.map((flow) => readFlow(account, flow, options).finally(step)));
      return options.portable ? withNames(account, read, step) : read;
    },
  );
  // Nothing is written before everything is read.
  for (const { flow, definition, remarks } of all) {
    for (const remark of remarks) say(`${titled(flow)}: ${remark}`);
    if (definition === undefined) continue;
    if (out === undefined) print(canonical(definition).trimEnd());
    else save(out, fileNames[flows.indexOf(flow)] ?? "", flow, definition);
  }
  if (all.some(({ isFailed }) => isFailed)) return exitCodes.notFoundOut;
  return wanted.length > 0 && all.some(({ definition }) => definition === undefined)
    ? exitCodes.problem
    : exitCodes.ok;
}

/** A flow as it was read, and what a person has to know of it. */
interface Pulled {
  readonly flow: FlowInstance;
  readonly definition?: object;
  readonly remarks: readonly string[];
  readonly isFailed?: boolean;
}

const several = (count: number): string =>
  `these are ${count} flows; name one to have it on stdout, or give --out <folder>`;

const titled = ({ friendlyName, sid }: FlowInstance): string => `${JSON.stringify(friendlyName)} (${sid})`;

/** The oldest first, so that a new flow of the same name takes no older one's file. Lists begin with the newest. */
const byAge = (flows: FlowInstance[]): FlowInstance[] =>
  flows.reverse().sort((a, b) => a.dateCreated.getTime() - b.dateCreated.getTime());

function flowCalled({ account }: Session, flows: FlowInstance[], wanted: string): FlowInstance {
  const isMeant = ({ sid, friendlyName }: FlowInstance) =>
    isSid(wanted) ? sid === wanted : friendlyName === wanted;
  const found = flows.filter(isMeant);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const named = (some: FlowInstance[]) =>
    candidates(some, { sid: ({ sid }) => sid, called: ({ friendlyName }) => friendlyName });
  if (only !== undefined) {
    throw new Refusal(
      `${found.length} Studio flows of ${account} are called ${JSON.stringify(wanted)}: ${named(found)}. Give the SID of one`,
    );
  }
  const rest = flows.length > 0 ? `It has ${named(flows)}` : "It has no Studio flows at all";
  throw new Refusal(`${account} has no Studio flow ${JSON.stringify(wanted)}. ${rest}`);
}

/** What runs is the latest published revision, also while a later one is a draft. */
async function readFlow(account: Session, flow: FlowInstance, options: PullOptions): Promise<Pulled> {
  const { draft } = options;
  const { api } = account;
  const context = api.studio.v2.flows(flow.sid);
  try {
    const request: Promise<{ definition: unknown }> = draft
      ? context.fetch()
      : context.revisions("LatestPublished").fetch();
    const revision = await unlessGone(request);
    if (revision === undefined) return { flow, remarks: [draft ? gone : neverPublished] };
    const { definition } = revision;
    if (!isRecord(definition)) return { flow, remarks: ["its definition is no object"], isFailed: true };
    const isBehind = !draft && flow.status === "draft";
    return {
      flow,
      definition,
      remarks: [...(isBehind ? [laterDraft] : []), ...cautions(definition, options)],
    };
  } catch (error) {
    return { flow, remarks: [`it could not be read: ${reasonOf(error, account)}`], isFailed: true };
  }
}

const gone = "it has been deleted meanwhile";
const neverPublished = "left out, since it was never published; --draft pulls the draft";
const laterDraft = "its latest revision is a draft, which is not what runs; --draft pulls that one";

/** What is not to be seen at a glance. */
function cautions(definition: object, { portable: hasNames }: PullOptions): string[] {
  const literal = hasNames ? [] : mentionsIn(definition);
  return [
    ...endedWidgets(definition).map(
      ({ path, widget, what }) => `definition.${path}: the widget ${widget} hands on to ${what}`,
    ),
    ...secretsIn(definition, masked(definition)).map(
      (path) => `${placeOf(path)} may hold a credential: think before you commit it`,
    ),
    ...literal.map(
      ({ path, key }) => `${placeOf(path)}: flowFromFile takes sid:${key} for a name; --portable marks it`,
    ),
    ...inexactNumbers(definition).map(({ path, reason }) => `${placeOf(path)}: ${reason}`),
  ];
}

/** Where a value is that may not be shown as it is. */
function secretsIn(value: unknown, shown: unknown, path: Path = []): Path[] {
  if (Array.isArray(value) && Array.isArray(shown))
    return value.flatMap((item, index) => secretsIn(item, shown[index], [...path, index]));
  if (isRecord(value) && isRecord(shown))
    return Object.entries(value).flatMap(([key, item]) => secretsIn(item, shown[key], [...path, key]));
  return value === shown ? [] : [path];
}

const placeOf = (path: Path): string => written(["definition", ...path]);

/** With names in place of SIDs, as far as they have one. */
async function withNames(account: Session, read: Pulled[], step: () => void): Promise<Pulled[]> {
  const places = read.flatMap(({ definition }) => sidsIn(definition).filter(({ isWhole }) => isWhole));
  const kinds = new Set(places.flatMap(({ sid }) => kindOf(sid) ?? []));
  const lists = await Promise.all([...kinds].map((kind) => namesOf(account, kind).finally(step)));
  const keyBySid = new Map(lists.flatMap((list) => [...list.keyBySid]));
  return read.map(({ flow, definition, remarks, ...rest }) => {
    if (definition === undefined) return { flow, remarks, ...rest };
    const stays = sidsIn(definition).filter(({ sid, isWhole }) => !isWhole || !keyBySid.has(sid));
    const named = portable(definition, keyBySid);
    return {
      ...rest,
      flow,
      definition: isRecord(named) ? named : definition,
      remarks: [...remarks, ...stays.map((place) => whyItStays(place, lists))],
      isFailed: stays.some(({ sid }) => lists.some(({ kind, failure }) => failure && kind === kindOf(sid))),
    };
  });
}

interface Names {
  readonly kind: Nameable;
  readonly keyBySid: ReadonlyMap<string, string>;
  readonly withoutKey: ReadonlyMap<string, string>;
  readonly failure?: string;
}

async function namesOf(account: Session, kind: Nameable): Promise<Names> {
  try {
    return { kind, ...(await keysOf(account, kind)) };
  } catch (error) {
    const failure = reasonOf(error, account);
    return { kind, keyBySid: new Map(), withoutKey: new Map(), failure };
  }
}

function whyItStays({ path, sid, isWhole }: Place, lists: readonly Names[]): string {
  const list = lists.find(({ kind }) => kind === kindOf(sid));
  const stays = `${placeOf(path)}: ${sid} stays`;
  if (!isWhole) return `${stays}, as a part of a longer text`;
  if (list === undefined) return `${stays}, as its kind has no names here`;
  if (list.failure) return `${stays}, as the names could not be read: ${list.failure}`;
  const name = list.withoutKey.get(sid);
  if (name === undefined) return `${stays}, as the account has no such ${list.kind}`;
  return name === ""
    ? `${stays}, as it has no name`
    : `${stays}, as ${JSON.stringify(name)} does not mean it alone among all of its kind`;
}

function save(folder: string, name: string, flow: FlowInstance, definition: object): void {
  const isNew = writeIfChanged(folder, name, canonical(definition));
  say(`${isNew ? "wrote" : "unchanged:"} ${join(folder, name)}, the flow ${titled(flow)}`);
}

import { setImmediate as nextTurn } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { tokenOf } from "../values/token";
import { isRecord } from "../values/values";
import { valueIn } from "./program";
import { lastState } from "./succession";

/** What the last state has of the same type and `friendlyName`, each by account and id. */
interface Namesakes {
  /** Of resources that the program still declares. */
  readonly declared: string[];
  /** Of resources that it has not declared so far. */
  readonly others: string[];
  /** How many it still declares of which the state does not say the id, since an older version wrote it. */
  readonly unknown: number;
}

/** A resource that the program has constructed, and the names under which the last state may have it. */
interface Constructed {
  readonly token: string;
  readonly names: readonly string[];
}

/** By the run of a program, which has a monitor of its own. */
const constructed = new WeakMap<object, Constructed[]>();

/**
 * Objects that no create may take for what an earlier run of its own has left, since other resources have them: the provider
 * may be asked about those only later. Undefined where the state has none.
 */
export function namesakes(
  type: string,
  name: string,
  friendlyName: pulumi.Input<unknown>,
  { parent, aliases = [] }: pulumi.CustomResourceOptions,
): pulumi.Output<Namesakes | undefined> | undefined {
  const run = pulumi.runtime.getMonitor();
  if (run === undefined) return undefined;
  const token = tokenOf(type);
  const all = constructed.get(run) ?? [];
  constructed.set(run, all);
  const own = { token, names: [name, ...(Array.isArray(aliases) ? aliases : []).flatMap(nameIn)] };
  all.push(own);
  const ownUrn = valueIn(pulumi.createUrn(name, token, parent));
  return pulumi.all([friendlyName]).apply(async ([given]) => {
    const state = await lastState();
    // So that what the program constructs beside this one is known.
    await nextTurn();
    const urn = await ownUrn;
    const alike = formersIn(state ?? {}).get(keyOf(token, given || name)) ?? [];
    if (alike.length === 0) return undefined;
    const isDeclared = (former: Former) =>
      former.urn === urn ||
      all.some((one) => one !== own && one.token === token && one.names.includes(nameOf(former.urn)));
    const declared = alike.filter(isDeclared);
    return {
      declared: claimsOf(declared),
      others: claimsOf(alike.filter((former) => !isDeclared(former))),
      unknown: declared.filter(({ claim }) => claim === undefined).length,
    };
  });
}

/** A resource of the last state. */
interface Former {
  readonly urn: string;
  readonly claim: string | undefined;
}

/** By type and `friendlyName`, of each state that was read. */
const formers = new WeakMap<object, Map<string, Former[]>>();

function formersIn(state: Record<string, unknown>): Map<string, Former[]> {
  const known = formers.get(state);
  if (known) return known;
  const all = new Map<string, Former[]>();
  for (const [urn, resource] of Object.entries(state)) {
    if (!isRecord(resource) || !isRecord(resource.outputs)) continue;
    const { friendlyName, accountSid, __id: id } = resource.outputs;
    const key = keyOf(urn.split("::")[2]?.split("$").at(-1) ?? "", friendlyName);
    const alike = all.get(key) ?? [];
    all.set(key, alike);
    alike.push({ urn, claim: typeof id === "string" ? `${accountSid} ${id}` : undefined });
  }
  formers.set(state, all);
  return all;
}

const keyOf = (token: string, friendlyName: unknown): string => `${token} ${friendlyName}`;

const claimsOf = (some: Former[]): string[] => some.flatMap(({ claim }) => claim ?? []);

const nameOf = (urn: string): string => urn.slice(urn.lastIndexOf("::") + "::".length);

/** The name in an alias, as far as it is known at once. */
function nameIn(alias: unknown): string[] {
  if (typeof alias === "string") return [nameOf(alias)];
  return isRecord(alias) && typeof alias.name === "string" ? [alias.name] : [];
}

import * as pulumi from "@pulumi/pulumi";
import { tokenOf } from "../values/token";
import { isRecord } from "../values/values";
import { valueIn } from "./program";

/**
 * A rename without alias is, to the engine, a new resource and the deletion of an old one, in this order, and the new
 * one is never told of the old. What the old one remembers (how the number was set before) would go with it. So the
 * new one looks into the state that this run starts from.
 */
const states = new WeakMap<object, Promise<Record<string, unknown> | undefined>>();

/** The resources that this run of the program starts from, by URN. Asked for once a run. Undefined where they cannot be read. */
export function lastState(): Promise<Record<string, unknown> | undefined> {
  const run = pulumi.runtime.getMonitor();
  if (run === undefined) return Promise.resolve({});
  const state = states.get(run) ?? readState();
  states.set(run, state);
  return state;
}

/**
 * The states of resources of this stack which `name` may take the place of: same type, other URN, and one of these
 * targets where there can be several. Targets are what the old resource was named by.
 */
export function inherited(
  type: string,
  name: string,
  parent: pulumi.Resource | undefined,
  targets?: pulumi.Input<unknown>[],
): pulumi.Output<unknown> | undefined {
  if (pulumi.runtime.getMonitor() === undefined) return undefined;
  const token = tokenOf(type);
  // The value alone: the URN also depends on the parent, and so on all that is in it, which would wait for itself.
  const own = valueIn(pulumi.createUrn(name, token, parent));
  return pulumi
    .all([own, pulumi.output(lastState()), pulumi.all(targets ?? [])])
    .apply(([urn, resources = {}, wanted]) => {
      if (urn in resources) return undefined;
      const found = outputsOf(resources, token).filter((outputs) => !targets || isTarget(outputs, wanted));
      return found.length > 0 ? pulumi.secret(found) : undefined;
    });
}

/**
 * Whether the state that this run starts from has the resource, under its name or an alias, which the check of a forced
 * replacement is not told. Undefined where it has not, "unknown" where that cannot be read.
 */
export async function isInState(
  type: string,
  name: string,
  opts: pulumi.CustomResourceOptions,
): Promise<true | "unknown" | undefined> {
  if (pulumi.runtime.getMonitor() === undefined) return undefined;
  const urn = valueIn(pulumi.createUrn(name, tokenOf(type), opts.parent));
  const [resources, own, former] = await Promise.all([lastState(), urn, formerUrns(type, name, opts)]);
  if (resources === undefined) return "unknown";
  return [own, ...former].some((one) => one in resources) ? true : undefined;
}

/** The URNs that the aliases of a resource, and of its parent, stand for. */
async function formerUrns(
  type: string,
  name: string,
  { parent, aliases }: pulumi.CustomResourceOptions,
): Promise<string[]> {
  const token = tokenOf(type);
  const given = Array.isArray(aliases) ? aliases : [];
  if (parent !== undefined) {
    const [parentName = ""] = (await valueIn(parent.urn)).split("::").slice(-1);
    return Promise.all(pulumi.allAliases(given, name, token, parent, parentName).map(valueIn));
  }
  const former = (alias: pulumi.Unwrap<(typeof given)[number]>) =>
    typeof alias === "string"
      ? pulumi.output(alias)
      : pulumi.createUrn(alias.name ?? name, alias.type ?? token, alias.parent);
  return Promise.all(given.map((alias) => valueIn(pulumi.output(alias).apply(former))));
}

/** What the URN of a resource begins with: stack, project and the types of its parents, without those that it shares. */
export async function placeOf(
  type: string,
  name: string,
  parent: pulumi.Resource | undefined,
): Promise<string | undefined> {
  if (pulumi.runtime.getMonitor() === undefined) return undefined;
  const urn = await valueIn(pulumi.createUrn(name, tokenOf(type), parent));
  return urn.slice("urn:pulumi:".length, urn.length - `${tokenOf(type)}::${name}`.length);
}

const outputsOf = (resources: Record<string, unknown>, token: string): Record<string, unknown>[] =>
  Object.entries(resources)
    .filter(([urn]) => urn.split("::")[2]?.endsWith(token))
    .flatMap(([, resource]) => (isRecord(resource) && isRecord(resource.outputs) ? [resource.outputs] : []));

const isTarget = (outputs: Record<string, unknown>, wanted: unknown[]): boolean =>
  wanted.some((target) => target !== undefined && Object.values(outputs).includes(target));

async function readState(): Promise<Record<string, unknown> | undefined> {
  try {
    const stackName = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
    const result: unknown = await pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", {
      stackName,
    });
    return isRecord(result) && isRecord(result.outputs) ? result.outputs : {};
  } catch {
    // Not every backend can be asked, and a unit test with mocks has no organization.
    return undefined;
  }
}

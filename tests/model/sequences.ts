import fc from "fast-check";
import { components, type Slot, slots } from "./slots";
import {
  argsOf,
  type Declared,
  duringMishap,
  type Kind,
  linesOf,
  nameIn,
  type Program,
  pictureOf,
  seen,
  type World,
} from "./world";

type Change =
  | { does: "set"; slot: number; more: boolean[] }
  | { does: "remove"; slot: number }
  | { does: "rename"; slot: number; withAlias: boolean }
  | { does: "move"; slot: number; component: number; withAlias: boolean }
  | { does: "provide"; slot: number; isExplicit: boolean }
  | { does: "force"; slot: number; byTaint: boolean }
  | { does: "undo"; slot: number };

/** What goes wrong, and with which write of what. */
interface Strike {
  kind: Kind;
  slot: number;
  write: number;
}

interface Step {
  changes: Change[];
  fault: Strike | undefined;
  /** Whether the stack is destroyed after a fault, instead of the run being repeated. */
  isGivenUp: boolean;
  /** Whether the stack is refreshed after a fault. */
  isRefreshed: boolean;
  /** Whether the program goes back after a fault to what it declared before. */
  isReverted: boolean;
}

export interface Sequence {
  /** What somebody else has made before. */
  theirs: { slot: number; more: boolean[] }[];
  steps: Step[];
  /** Of the last destroy, which is repeated. */
  last: Strike;
}

const adoptable = slots.filter(({ isAdoptable }) => isAdoptable);
const index = fc.nat({ max: slots.length - 1 });
const more = fc.array(fc.boolean(), { minLength: 6, maxLength: 6 });

/** Few slots, so that most changes are of something that is declared. */
export const sequences: fc.Arbitrary<Sequence> = fc
  .uniqueArray(index, { minLength: 1, maxLength: 6 })
  .chain((some) => {
    const slot = fc.constantFrom(...some);
    const set = fc.record({ does: fc.constant("set" as const), slot, more });
    const change = fc.oneof(
      { arbitrary: set, weight: 6 },
      { arbitrary: fc.record({ does: fc.constant("remove" as const), slot }), weight: 1 },
      {
        arbitrary: fc.record({ does: fc.constant("rename" as const), slot, withAlias: fc.boolean() }),
        weight: 3,
      },
      {
        arbitrary: fc.record({
          does: fc.constant("move" as const),
          slot,
          component: fc.nat({ max: components }),
          withAlias: fc.boolean(),
        }),
        weight: 3,
      },
      {
        arbitrary: fc.record({ does: fc.constant("provide" as const), slot, isExplicit: fc.boolean() }),
        weight: 2,
      },
      {
        arbitrary: fc.record({ does: fc.constant("force" as const), slot, byTaint: fc.boolean() }),
        weight: 1,
      },
      { arbitrary: fc.record({ does: fc.constant("undo" as const), slot }), weight: 1 },
    );
    const fault = fc.record({
      kind: fc.constantFrom<Kind>("refused", "failing", "lost", "spoilt", "dropped", "away"),
      slot,
      write: fc.nat({ max: 5 }),
    });
    return fc.record({
      last: fault,
      theirs: fc.uniqueArray(fc.record({ slot: fc.constantFrom(...some), more }), {
        maxLength: 2,
        selector: (one) => one.slot,
      }),
      steps: fc.array(
        fc.record({
          changes: fc.array(change, { minLength: 1, maxLength: 4 }),
          fault: fc.option(fault, { nil: undefined, freq: 3 }),
          isGivenUp: fc.boolean(),
          isRefreshed: fc.boolean(),
          isReverted: fc.boolean(),
        }),
        { minLength: 1, maxLength: 6 },
      ),
    });
  });

function writeOf({ slot, write }: Strike): string | undefined {
  const { writes = [] } = slots[slot] ?? {};
  return writes[write % writes.length];
}

/** Where a sequence does not end as it should. */
class Finding extends Error {}

function compare(what: string, found: string[], wanted: string[]): void {
  const only = (some: string[], others: string[]) => {
    const left = [...others];
    return some.filter((line) => {
      const at = left.indexOf(line);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  const [extra, missing] = [only(found, wanted), only(wanted, found)];
  if (extra.length + missing.length === 0) return;
  const lines = [...extra.map((line) => `  found  ${line}`), ...missing.map((line) => `  wanted ${line}`)];
  throw new Finding(`${what}:\n${lines.slice(0, 12).join("\n")}`);
}

export interface Counts {
  sequences: number;
  ups: number;
  faults: number;
}

export async function runSequence(world: World, sequence: Sequence, counts: Counts): Promise<void> {
  const theirs = new Map(
    sequence.theirs.flatMap(({ slot, more }): [Slot, boolean[]][] => {
      const found = slots[slot];
      return found && adoptable.includes(found) ? [[found, more]] : [];
    }),
  );
  const sids = await world.ours.begin(theirs);
  const start = linesOf(pictureOf(world.ours.emulator));
  let program: Program = new Map();
  const story: string[] = [];
  counts.sequences += 1;

  const refreshed = async () => {
    const { failed, output } = await world.ours.refresh();
    story.push("refresh");
    if (failed) throw new Finding(`refresh: ${output}`);
  };
  const destroyed = async (mishap?: { operationId: string; kind: Kind }) => {
    if (mishap) {
      const { emulator } = world.ours;
      const { operationId, kind } = mishap;
      const { result, isStruck } = await duringMishap(emulator, operationId, kind, world.ours.destroy);
      if (isStruck)
        story.push(`destroy, ${operationId} ${kind}: ${result.failed ? result.output : "went on"}`);
    }
    const done = await world.ours.destroy();
    if (done.failed) throw new Finding(`destroy: ${done.output}`);
    compare("destroy", linesOf(pictureOf(world.ours.emulator)), start);
  };

  try {
    for (const [slot, more] of theirs) story.push(`there ${slot.type} ${JSON.stringify(argsOf(slot, more))}`);
    for (const step of sequence.steps) {
      const { next, undone, forced, said } = applied(program, step.changes, theirs, sids);
      story.push(...said);
      for (const slot of undone) {
        const one = program.get(slot);
        if (one && (await world.undo(slot, one))) {
          story.push(`undone ${slot.type}`);
        }
      }
      if (undone.length > 0) await refreshed();
      const before = program;
      program = next;
      const names = new Map(
        forced.flatMap(({ slot, byTaint }): [string, boolean][] => {
          const one = program.get(slot);
          return one ? [[nameIn(slot, one.name), byTaint]] : [];
        }),
      );
      for (const [name, byTaint] of names) if (byTaint) await world.ours.taint(name);
      let replaced = [...names].flatMap(([name, byTaint]) => (byTaint ? [] : [name]));
      const operationId = step.fault && writeOf(step.fault);
      if (step.fault && operationId) {
        const { kind } = step.fault;
        const { result, isStruck } = await duringMishap(world.ours.emulator, operationId, kind, () =>
          world.ours.up(program, replaced),
        );
        counts.ups += 1;
        if (!isStruck) story.push(`up, ${operationId} not asked for`);
        else
          story.push(`up, ${operationId} ${kind}: ${result.failed ? `failed ${result.output}` : "went on"}`);
        counts.faults += 1;
        if (step.isGivenUp) {
          await destroyed();
          story.push("destroyed");
          program = new Map();
          continue;
        }
        if (step.isRefreshed) await refreshed();
        if (step.isReverted) {
          story.push("reverted");
          program = reverted(before, program);
          replaced = [];
        }
      }
      const done = await world.ours.up(program, replaced);
      counts.ups += 1;
      story.push(`up ${JSON.stringify(done.steps)}`);
      if (done.failed) throw new Finding(`up: ${done.output}`);
      const again = await world.ours.up(program);
      counts.ups += 1;
      const looksUp = [...program.keys()].some(({ isChannel }) => isChannel);
      const asked = again.requests.filter((request) => !looksUp || !/^(Fetch|List)/.test(request));
      if (again.failed || Object.keys(again.steps).length > 0 || asked.length > 0)
        throw new Finding(
          `the next up: ${JSON.stringify({ steps: again.steps, diffs: again.diffs, requests: again.requests, output: again.output })}`,
        );
      const [found, wanted] = [seen(world.ours.emulator), await world.asDeclared(theirs, program)];
      compare("as declared", found.values, wanted.values);
      if (found.objects !== wanted.objects)
        throw new Finding("as declared: the values are there, of other objects");
    }
    const operationId = writeOf(sequence.last);
    await destroyed(operationId === undefined ? undefined : { operationId, kind: sequence.last.kind });
    story.push("destroyed");
  } catch (error) {
    world.ours.emulator.clearFaults();
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${story.join("\n")}\n${message}`);
  }
}

/** A program that declares again what it did before, where it is by now. What would be reset by that stays declared. */
function reverted(before: Program, after: Program): Program {
  return new Map(
    [...before].map(([slot, was]) => {
      const now = after.get(slot);
      const stays = (index: number) =>
        (was.adopt !== undefined || isName(slot, index)) && now?.more[index] === true;
      return [slot, { ...(now ?? was), more: was.more.map((one, index) => one || stays(index)) }];
    }),
  );
}

const isName = (slot: Slot, index: number): boolean => "friendlyName" in (slot.more[index] ?? {});

/** A number of a Messaging Service can be in no Proxy service. */
const cannotJoin = (slot: Slot, other: Slot): boolean =>
  slot.type === "ProxyPhoneNumber" && other.type === "MessagingServicePhoneNumber";

const placeOf = ({ name, component }: Declared) => ({ name, component });

/** The program after the changes, what is replaced by force, and what somebody undoes before. */
function applied(before: Program, changes: Change[], theirs: Map<Slot, boolean[]>, sids: Map<Slot, string>) {
  const next: Program = new Map(before);
  const undone: Slot[] = [];
  const forced: { slot: Slot; byTaint: boolean }[] = [];
  const said: string[] = [];
  for (const change of changes) {
    const slot = slots[change.slot];
    if (!slot) continue;
    const was = next.get(slot);
    if (change.does === "set") {
      const rivals = [...next.keys()].filter(({ about }) => about === slot.about);
      const isFree = slot.about === undefined || rivals.every((other) => other === slot);
      if (!isFree || [...theirs.keys()].some((other) => cannotJoin(slot, other))) continue;
      const adopt = sids.get(slot);
      // What is taken away from an adopted object is reset, so that the account depends on what was declared before.
      const kept = adopt === undefined ? [] : [theirs.get(slot), was?.more];
      // A name that is taken away stays as it is.
      const last = was ?? before.get(slot);
      const stays = (index: number) => isName(slot, index) && last?.more[index];
      const more = change.more.map(
        (one, index) => one || stays(index) || kept.some((some) => some?.[index]) || false,
      );
      next.set(slot, {
        name: 0,
        component: 0,
        isExplicit: false,
        aliases: [],
        // What cannot be renamed without an alias comes back where it was.
        ...(was ?? (slot.isRenamed ? undefined : before.get(slot))),
        more,
        ...(adopt !== undefined && { adopt }),
      });
      said.push(
        `${was ? "change" : "add"} ${slot.type} ${JSON.stringify(argsOf(slot, more))}${adopt ? " adopt" : ""}`,
      );
    } else if (!was) continue;
    else if (change.does === "remove") {
      next.delete(slot);
      said.push(`remove ${slot.type}`);
    } else if (change.does === "rename") {
      if (!change.withAlias && !slot.isRenamed) continue;
      const name = was.name + 1;
      next.set(slot, { ...was, name, aliases: change.withAlias ? [...was.aliases, placeOf(was)] : [] });
      said.push(`rename ${slot.type} to ${nameIn(slot, name)}${change.withAlias ? " with alias" : ""}`);
    } else if (change.does === "move") {
      if ((!change.withAlias && !slot.isRenamed) || change.component === was.component) continue;
      const { component, withAlias } = change;
      next.set(slot, { ...was, component, aliases: withAlias ? [...was.aliases, placeOf(was)] : [] });
      said.push(`move ${slot.type} to component ${component}${withAlias ? " with alias" : ""}`);
    } else if (change.does === "provide") {
      if (change.isExplicit === was.isExplicit) continue;
      next.set(slot, { ...was, isExplicit: change.isExplicit });
      said.push(`${slot.type} to ${change.isExplicit ? "an explicit" : "the default"} provider`);
    } else if (change.does === "force") {
      if (slot.isChannel) continue;
      forced.push({ slot, byTaint: change.byTaint });
      said.push(`${change.byTaint ? "taint" : "replace"} ${slot.type}`);
    } else if (before.has(slot) && !undone.includes(slot)) undone.push(slot);
  }
  return { next, undone, forced, said };
}

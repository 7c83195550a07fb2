import { Refusal } from "../../values/errors";
import type { Planned } from "./copy";
import { isOurs, ourTypes, urnName } from "./stack";

/** What an operation is to be limited to, so that nothing of other providers is touched. */
export interface Targets {
  args: string[];
  /** Resources of other providers, which are left alone. */
  others: string[];
}

const ours = `**${ourTypes}*::**`;

/** Refuses a program in which resources of ours wait for others' that the state does not have. */
export function targetsFor(planned: readonly Planned[]): Targets {
  const others = planned.filter(isOthers);
  if (others.length === 0) return { args: [], others: [] };
  const missing = new Set(others.filter(({ op }) => /create|replace/.test(op)).map(({ urn }) => urn));
  const waiting = planned.flatMap(({ urn, type, needs }) =>
    isOurs(type)
      ? needs.filter((one) => missing.has(one)).map((one) => `${urnName(urn)} for ${urnName(one)}`)
      : [],
  );
  if (waiting.length > 0) throw new Refusal(waits([...new Set(waiting)]));
  // New components are made only where they are targets, too.
  const components = planned
    .filter(({ type, isCustom }) => !isCustom && !type.startsWith("pulumi:"))
    .map(({ urn }) => urn);
  const args = [ours, ...new Set(components)].flatMap((urn) => ["--target", urn]);
  return { args, others: others.map(({ urn }) => urnName(urn)) };
}

/** For `destroy`, where the state has something of other providers. */
export const targetsOfDestroy = ({ others }: Targets): string[] =>
  others.length > 0 ? ["--target", ours] : [];

const isOthers = ({ type, isCustom }: Planned): boolean =>
  isCustom && !isOurs(type) && !type.startsWith("pulumi:");

const waits = (waiting: string[]): string =>
  `resources of Twilio wait for ones of other providers, which a rehearsal does not make, and of which the state has no value: ${waiting.join(", ")}`;

import { sidIn } from "../../life/frame";
import type { Session } from "../../life/life";
import { keysOf } from "../../lookups/names";
import { kindOf, portable, sidsIn } from "../../studio/portable";
import { ApiError } from "../../values/errors";
import { masked } from "../../values/secrets";
import { same } from "../../values/values";
import { canonical, fileNamesFor } from "../flowFiles";
import type { Item } from "./inventory";

/** How the flows of an account are written, each into a file of its own. */
export interface FlowFiles {
  /** The name of a flow's file, the same that `pull` gives it. Undefined where its definition may hold a credential. */
  readonly fileOf: (flow: Item) => string | undefined;
  /** The text of a file: with names in place of SIDs, as far as they have one. */
  readonly textOf: (definition: unknown) => string;
  /** What `sids` of `flowFromFile` calls each object that a definition refers to, by its SID. */
  readonly keysIn: (definition: unknown) => readonly { readonly sid: string; readonly key: string }[];
}

const isFlow = ({ type }: Item) => type === "StudioFlow";

/** `step` counts the lists that are read for the names. */
export async function flowFilesOf(
  account: Session,
  items: readonly Item[],
  step: () => void,
): Promise<FlowFiles> {
  const flows = items.filter(isFlow);
  const files = fileNamesFor(flows.map(({ args }) => String(args.friendlyName ?? "")));
  const places = flows.flatMap(({ args }) => sidsIn(args.definition));
  const kinds = [...new Set(places.flatMap(({ sid, isWhole }) => (isWhole && kindOf(sid)) || []))];
  const lists = await Promise.all(
    kinds.map(async (kind) => {
      try {
        return [...(await keysOf(account, kind)).keyBySid];
      } catch (error) {
        // What cannot be read is told where its kind is read; its SIDs stay.
        if (!(error instanceof ApiError)) throw error;
        return [];
      } finally {
        step();
      }
    }),
  );
  const keyBySid = new Map(lists.flat());
  return {
    fileOf: (flow) =>
      same(flow.args.definition, masked(flow.args.definition)) ? files[flows.indexOf(flow)] : undefined,
    textOf: (definition) => canonical(Object(portable(definition, keyBySid))),
    keysIn: (definition) => {
      const found = sidsIn(definition).map(({ sid, isWhole }) => ({
        sid,
        key: (isWhole && keyBySid.get(sid)) || sid,
      }));
      return [...new Map(found.map((one) => [one.key, one])).values()];
    },
  };
}

/** Flows that others run as subflows come before them, as far as they do not run each other. */
export function subflowsFirst(items: readonly Item[]): Item[] {
  const flows = new Map(items.filter(isFlow).map((flow) => [sidIn(flow.id), flow]));
  const ordered = new Set<Item>();
  const passed = new Set<Item>();
  const place = (item: Item) => {
    if (passed.has(item)) return;
    passed.add(item);
    if (isFlow(item))
      for (const { sid } of sidsIn(item.args.definition)) {
        const before = flows.get(sid);
        if (before) place(before);
      }
    ordered.add(item);
  };
  for (const item of items) place(item);
  return [...ordered];
}

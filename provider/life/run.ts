import { setTimeout as wait } from "node:timers/promises";
import type { Values, Wire } from "../values/values";
import { Looks } from "./looks";
import { Turns } from "./turns";

/**
 * What lives for one run of a provider process, for all resources and accounts of it: who has taken, set and lost
 * what. Keys name an account and an object or a facet of one.
 */
export class Run {
  /**
   * Which resource holds what, by its claim. After a rename, a move or a forced replace the new resource has taken
   * over what the old one is asked to delete or to give back; the old one must then leave it alone. What the state says
   * of resources that stay is noted as well, so that a run after one that was killed knows it too.
   */
  readonly holders: Map<string, string>;
  /** Objects that are to be replaced in this run: what is beside their successor for a while is not a second one. */
  readonly leaving = new Set<string>();
  /**
   * Replacements that the program has said may lose data. The old object is deleted by what its state holds, which was
   * written before; `check`, which runs for the new one, knows what the program says now.
   */
  readonly mayLose = new Set<string>();
  /** What was chosen for objects on their way: resources are created side by side, and must not choose the same. */
  readonly chosen = new Set<string>();
  readonly turns = new Turns();
  readonly looks = new Looks();
  /** What the program declares, by the checks of this run: a forced replacement deletes what it then declares anew. */
  readonly declared: Declared[] = [];
  /** Adopted objects of which a forced replacement has let go: its create takes them over as they were. */
  readonly handedOver = new Map<string, { readonly id: string; readonly state: Values }>();
  /** What facets were given back in this run, for a resource that takes them again after a forced replacement. */
  readonly givenBack = new Map<string, Wire>();

  /** Objects that a resource of the stack has, as far as this run knows: none of them can be one that was lost. */
  readonly owned = new Set<string>();
  /** Objects that the last state has of resources which the program has not declared so far, as after a rename. */
  readonly undeclared = new Set<string>();
  /** Resources beside which the last state has others of the same name, without saying which objects these have. */
  readonly withUnknownNamesakes = new Set<string>();

  #refresh: object = {};

  constructor(
    holders: Map<string, string> = new Map(),
    /** Waits for so many milliseconds. */
    readonly pause: (milliseconds: number) => Promise<void> = wait,
  ) {
    this.holders = holders;
  }

  /** Stands for the time since this process was asked for anything but reads: what they have shown holds only for so long. */
  get refresh(): object {
    return this.#refresh;
  }

  /** Ends the refresh, if it is one: by the program or by this process, something may be changed. */
  endRefresh(): void {
    this.#refresh = {};
  }
}

/** One declaration of the program. */
interface Declared {
  /** Account, kind and Pulumi name. */
  readonly resource: string;
  readonly adopt: string | undefined;
  readonly naturalKey: string;
}

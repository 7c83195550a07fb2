/** A resource as a check has seen it: what it is named by before and after. */
export interface Sighting {
  /** How messages call such an object. */
  readonly label: string;
  /** The resource's Pulumi name. */
  readonly name: string;
  /** Whether the state has it already. */
  readonly isOld: boolean;
  /** Natural keys or facets, each with all that tells it from others, as far as they are known. */
  readonly was: readonly string[];
  readonly now: readonly string[];
}

/**
 * What checks of one run have learnt, so that a preview refuses what the write would refuse and nothing else. Only this
 * process knows of it: resources of other providers are looked for in the account, as everybody else's.
 */
export class Looks {
  readonly #sightings: Sighting[] = [];
  readonly #made = new Set<string>();

  /** An object that this run has made or written: no list that was asked for before has to show it. */
  note(id: string): void {
    for (const sid of id.split("/")) this.#made.add(sid);
  }

  isMade(sid: string): boolean {
    return this.#made.has(sid);
  }

  see(sighting: Sighting): void {
    this.#sightings.push(sighting);
  }

  /**
   * Whether a resource is made anew by force: the program says that the last state has it, and no check of this run has
   * been told of that.
   */
  isForced(label: string, name: string, isThere: unknown): boolean {
    const isSelf = (other: Sighting) => other.label === label && other.name === name;
    return isThere === true && !this.#sightings.some((other) => other.isOld && isSelf(other));
  }

  /** Another resource of the program that declares one of these, and goes on doing so. */
  rival(name: string, keys: readonly string[]): Sighting | undefined {
    return this.#sightings.find((other) => other.name !== name && meets(other.now, keys));
  }

  /**
   * Whether the program has had one of these, and is about to leave it: a resource of the same name is replaced, another
   * one becomes something else.
   */
  isLeft(name: string, keys: readonly string[]): boolean {
    return this.#sightings.some(
      (other) => other.isOld && meets(other.was, keys) && (other.name === name || !meets(other.now, keys)),
    );
  }
}

const meets = (some: readonly string[], others: readonly string[]): boolean =>
  some.some((one) => others.includes(one));

/**
 * Looks a list up by a key instead of from its start: an account may have thousands of numbers and as many addresses. The
 * lists of a snapshot do not change, so each is gone through once.
 */
export function indexed<Item extends object>(
  keysOf: (item: Item) => readonly string[],
): (items: readonly Item[], key: string) => readonly Item[] {
  const known = new WeakMap<readonly Item[], Map<string, Item[]>>();
  return (items, key) => {
    const index = known.get(items) ?? indexOf(items, keysOf);
    known.set(items, index);
    return index.get(key) ?? [];
  };
}

function indexOf<Item>(items: readonly Item[], keysOf: (item: Item) => readonly string[]) {
  const index = new Map<string, Item[]>();
  for (const item of items) {
    for (const key of new Set(keysOf(item))) {
      const same = index.get(key);
      if (same) same.push(item);
      else index.set(key, [item]);
    }
  }
  return index;
}

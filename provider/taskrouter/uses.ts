/** How many users of an object an error names. */
export const few = 3;

/** A few objects by SID and, where they have one, name. */
export const named = (objects: readonly { sid: string; friendlyName?: string }[]): string =>
  objects
    .slice(0, few)
    .map(({ sid, friendlyName }) => (friendlyName === undefined ? sid : `${sid} (${friendlyName})`))
    .concat(objects.length > few ? ["and more"] : [])
    .join(", ");

/** All that uses an object, or undefined where nothing does. */
export const sentences = (...uses: (string | false)[]): string | undefined =>
  uses.filter((use) => use !== false).join(". ") || undefined;

/** Tasks that an object cannot be deleted for. Twilio itself deletes them some minutes after they are over. */
export const tasksIn = (tasks: readonly { sid: string }[]): string | false =>
  tasks.length > 0 && `Tasks are in it: ${named(tasks)}; complete or cancel them, or delete them`;

// @ts-check
/**
 * What the engine does, or would do, to the objects of a stack.
 *
 * @typedef {import("@pulumi/pulumi/automation/index.js").EngineEvent} EngineEvent
 * @typedef {NonNullable<EngineEvent["resOutputsEvent"]>["metadata"]} Step
 *
 * @typedef {object} Property
 * @property {string} path such as `autoCreation.type`
 * @property {unknown} from undefined where it was not there
 * @property {unknown} to undefined where it will not be there
 * @property {boolean} replaces whether the object is replaced for it
 *
 * @typedef {object} Change
 * @property {"create" | "update" | "replace" | "delete"} kind
 * @property {string} type the class, such as `PhoneNumberHandler`
 * @property {string} name what the program calls it
 * @property {boolean} byHand whether the engine found it changed by hand before that
 * @property {Property[]} properties of a new object all that it is given, else those that differ
 */

/** A replacement is three steps, of which this counts one. */
const kinds = /** @type {const} */ (["create", "update", "replace", "delete"]);

/**
 * The finished steps that change an object. Components and providers are none.
 *
 * @param {EngineEvent[]} events
 * @returns {Change[]}
 */
export function changesIn(events) {
  const byHand = changedByHand(events);
  return events.flatMap(({ resOutputsEvent }) => {
    const step = resOutputsEvent?.metadata;
    const kind = kinds.find((each) => each === step?.op);
    if (!step || !kind || !isObject(step)) return [];
    return [{ kind, ...labelOf(step), byHand: byHand.has(step.urn), properties: propertiesOf(step) }];
  });
}

/** The objects that the refresh before an operation found different. @param {EngineEvent[]} events */
const changedByHand = (events) =>
  new Set(
    events.flatMap(({ resOutputsEvent }) => {
      const step = resOutputsEvent?.metadata;
      return step?.op === "refresh" && (!step.new || step.detailedDiff) ? [step.urn] : [];
    }),
  );

/**
 * The stack's outputs, property by property. Here the engine has masked what is secret; in the result of `stack.up` a secret
 * inside of an object stands in clear.
 *
 * @param {EngineEvent[]} events
 */
export function outputsIn(events) {
  const steps = events.flatMap(({ resOutputsEvent }) => resOutputsEvent?.metadata ?? []);
  const stack = steps.filter(({ type }) => type === "pulumi:pulumi:Stack").at(-1);
  return leaves(stack?.new?.outputs ?? {});
}

/** @param {Step} step */
const isObject = ({ type, old, new: next }) =>
  Boolean((next ?? old)?.custom) && !type.startsWith("pulumi:providers:");

/** The class and the name of what a step is about. @param {{ urn: string, type: string }} step */
export const labelOf = ({ urn, type }) => ({
  type: type.slice(type.lastIndexOf(":") + 1),
  // urn:pulumi:stack::project::type::name
  name: urn.split("::").slice(3).join("::"),
});

/** @param {Step} step @returns {Property[]} */
function propertiesOf({ op, old, new: next, detailedDiff, diffs }) {
  if (op === "delete") return [];
  if (op === "create") {
    return leaves(next?.inputs ?? {}).map(([path, to]) => ({ path, from: undefined, to, replaces: false }));
  }
  const paths = Object.entries(
    detailedDiff ?? Object.fromEntries((diffs ?? []).map((key) => [key, undefined])),
  );
  return paths
    .map(([path, diff]) => ({
      path,
      from: at(diff?.inputDiff === false ? old?.outputs : old?.inputs, path),
      to: at(next?.inputs, path),
      replaces: diff?.diffKind.endsWith("-replace") ?? false,
    }))
    .filter(({ path }) => !isInternal(path));
}

/** What the engine and the package keep for themselves. @param {string} key */
const isInternal = (key) => key.startsWith("__");

/** @param {unknown} value @param {string} [path] @returns {[string, unknown][]} */
function leaves(value, path = "") {
  if (!isBranch(value)) return [[path, value]];
  return Object.entries(value)
    .filter(([key]) => !isInternal(key))
    .flatMap(([key, inner]) => leaves(inner, Array.isArray(value) ? `${path}[${key}]` : join(path, key)));
}

/** @param {string} path @param {string} key */
const join = (path, key) =>
  /^[\w-]+$/.test(key) ? (path ? `${path}.${key}` : key) : `${path}[${JSON.stringify(key)}]`;

/** A secret comes as an object that says so, and is a leaf. @param {unknown} value @returns {value is object} */
const isBranch = (value) =>
  typeof value === "object" && value !== null && !isSecret(value) && Object.keys(value).length > 0;

/** @see https://www.pulumi.com/docs/iac/concepts/secrets/ */
const signature = "4dabf18193072939515e22adb298388d";
/** @param {unknown} value */
export const isSecret = (value) => typeof value === "object" && value !== null && signature in value;

/** What stands at a path of the engine's: `a.b[0]["c.d"]`. @param {unknown} value @param {string} path */
function at(value, path) {
  const keys = [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, plain]) => quoted?.replace(/\\(.)/g, "$1") ?? index ?? plain ?? "",
  );
  let found = value;
  for (const key of keys) {
    if (isSecret(found)) return found;
    found = typeof found === "object" && found !== null ? Reflect.get(found, key) : undefined;
  }
  return found;
}

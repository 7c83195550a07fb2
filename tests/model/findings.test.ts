import { runSequence, type Sequence } from "./sequences";
import { slots } from "./slots";
import { World } from "./world";

/* What the model test has found. Each is a sequence, so that all that it holds is looked at after each step. */

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());

const slotOf = (type: string) => slots.findIndex((slot) => slot.type === type);

/** A singleton whose first declaration is followed by one with these of its other keys, of which the write is lost and cannot be looked up. */
function lostChange(type: string, more: boolean[], renamed?: { withAlias: boolean }): Sequence["steps"] {
  const slot = slotOf(type);
  const fault = { kind: "away" as const, slot, write: 0 };
  const step = { fault: undefined, isGivenUp: false, isRefreshed: false, isReverted: false };
  return [
    { ...step, changes: [{ does: "set", slot, more: [] }] },
    {
      ...step,
      changes: [
        { does: "set", slot, more },
        ...(renamed ? [{ does: "rename" as const, slot, ...renamed }] : []),
      ],
      fault,
      isGivenUp: true,
    },
  ];
}

/** The same of the very first declaration. */
const lostFirst = (type: string, more: boolean[] = []): Sequence["steps"] => [
  {
    changes: [{ does: "set", slot: slotOf(type), more }],
    fault: { kind: "away", slot: slotOf(type), write: 0 },
    isGivenUp: true,
    isRefreshed: false,
    isReverted: false,
  },
];

const run = (steps: Sequence["steps"]) => {
  const last = { kind: "refused" as const, slot: slotOf("ChatService"), write: 0 };
  return runSequence(world, { theirs: [], steps, last }, { sequences: 0, ups: 0, faults: 0 });
};

test("destroy gives back a number whose handler was changed by a write that nobody knows the outcome of", () =>
  run(lostChange("PhoneNumberHandler", [true])));

test("destroy gives back a key that was empty before, and that such a write has set", () =>
  run(lostChange("ConversationsWebhooks", [false, true])));

test("destroy gives back a key that such a write has set of a resource that got another name in the same up", () =>
  run(lostChange("ConversationsWebhooks", [true, true], { withAlias: false })));

test("destroy takes away a key of the Flex Configuration that the first write, of which nobody knows the outcome, has set", () =>
  run(lostFirst("FlexConfiguration")));

test("destroy takes away a plain key of it, too", () =>
  run(lostFirst("FlexConfiguration", [false, false, false, true])));

test.each([true, false])(
  "a service whose replacement by force is in doubt is there once after the next up, %s",
  (byTaint) => {
    const slot = slotOf("ConversationsService");
    const step = { fault: undefined, isGivenUp: false, isRefreshed: false, isReverted: false };
    return run([
      { ...step, changes: [{ does: "set", slot, more: [] }] },
      {
        ...step,
        changes: [{ does: "force", slot, byTaint }],
        fault: { kind: "away", slot, write: 0 },
      },
    ]);
  },
);

test("a Proxy service that is renamed with an alias and replaced by force in the same up is replaced", () => {
  const slot = slotOf("ProxyService");
  const step = { fault: undefined, isGivenUp: false, isRefreshed: false, isReverted: false };
  return run([
    { ...step, changes: [{ does: "set", slot, more: [] }] },
    {
      ...step,
      changes: [
        { does: "rename", slot, withAlias: true },
        { does: "force", slot, byTaint: false },
      ],
    },
  ]);
});

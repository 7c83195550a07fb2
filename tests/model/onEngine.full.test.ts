import { join } from "node:path";
import { type Chosen, runSequences } from "./asserted";
import { World } from "./world";

/** Given by `npm run test:model -- --engine`. */
declare const model: Chosen | undefined;

const { NODE_OPTIONS } = process.env;
let world: World;
beforeAll(async () => {
  // The engine hands it on to the provider processes.
  process.env.NODE_OPTIONS = `--require ${join(__dirname, "hurry.js")}`;
  world = await World.start({ isOnEngine: true });
});
afterAll(() => {
  if (NODE_OPTIONS === undefined) delete process.env.NODE_OPTIONS;
  else process.env.NODE_OPTIONS = NODE_OPTIONS;
  return world.stop();
});

test(
  "the same on the engine, with a process for each provider",
  () =>
    runSequences(world, typeof model === "undefined" ? { sequences: 3, seed: 1 } : model, {
      // The shortest of a kind takes hours to find there.
      endOnFailure: true,
    }),
  24 * 3600_000,
);

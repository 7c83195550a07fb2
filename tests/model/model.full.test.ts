import { type Chosen, runSequences } from "./asserted";
import { World } from "./world";

/** Given by `npm run test:model`. */
declare const model: Chosen | undefined;

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());

test(
  "whatever a program was, and whatever went wrong: the account is as declared, the next up asks nothing, and destroy gives back the start",
  () => runSequences(world, typeof model === "undefined" ? { sequences: 40, seed: 1 } : model),
  24 * 3600_000,
);

/** What is built of the package and of the emulator, which `npm run build` makes. */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const load = createRequire(fileURLToPath(new URL("../../dist/", import.meta.url)));

const { TwilioResource } = load("./program/resource.js");
export const { resourceNamed } = load("./life/define.js");
export const { Run } = load("./life/run.js");
export const { openSession } = load("./twilio/session.js");
export const emulator = load("../emulator/dist/emulator/index.js");

/** The names of all classes. */
export const types = Object.values(load("./index.js"))
  .filter((value) => typeof value === "function" && value.prototype instanceof TwilioResource)
  .map(({ name }) => name);

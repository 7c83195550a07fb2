import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/index";
import { openProject, type Project } from "./project";

/** A program of `examples/`, opened for one test file, on an emulator of its own. */
export function useExample(name: string, options: EmulatorOptions = {}) {
  const folder = join(__dirname, "../../examples", name);
  const text = (file: string) => readFileSync(join(folder, file), "utf8");
  let running: { emulator: Emulator; project: Project } | undefined;
  const open = () => {
    if (!running) throw new Error("The example is not open");
    return running;
  };
  beforeAll(async () => {
    const emulator = await startEmulator(options);
    const project = await openProject(`${text("Pulumi.yaml")}main: ${folder}\n`, emulator.url);
    running = { emulator, project };
  }, 120_000);
  afterAll(async () => {
    open().project.close();
    await open().emulator.close();
  });
  return {
    get emulator() {
      return open().emulator;
    },
    get project() {
      return open().project;
    },
    text,
    run: (command: string, ...args: string[]) =>
      open().project.pulumi(command, "--yes", "--skip-preview", ...args),
  };
}

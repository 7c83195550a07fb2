import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/index";
import { openProject, type Project } from "./project";

const folderOf = (example: string) => join(__dirname, "../../examples", example);

/** A file of an example. */
export const textOf = (example: string, file: string): string =>
  readFileSync(join(folderOf(example), file), "utf8");

/**
 * A program of `examples/`, opened for one test file, on an emulator of its own; `Pulumi.yaml` may be another one than the
 * example's. No request may have parameters that the emulator does not know.
 */
export function useExample(
  name: string,
  options: EmulatorOptions = {},
  settings = textOf(name, "Pulumi.yaml"),
) {
  const text = (file: string) => textOf(name, file);
  let running: { emulator: Emulator; project: Project } | undefined;
  const open = () => {
    if (!running) throw new Error("The example is not open");
    return running;
  };
  beforeAll(async () => {
    const emulator = await startEmulator({ strict: true, ...options });
    const project = await openProject(withMain(settings, folderOf(name)), emulator.url);
    running = { emulator, project };
  }, 120_000);
  afterAll(async () => {
    const { emulator, project } = open();
    project.close();
    await emulator.close();
    expect(emulator.requests.flatMap(({ ignored }) => ignored)).toEqual([]);
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

/** What a stack writes must not be left in the clone, so that the project is elsewhere and names the program's folder. */
const withMain = (settings: string, folder: string): string =>
  `${settings.replace(/^main:.*\n/m, "")}main: ${folder}\n`;

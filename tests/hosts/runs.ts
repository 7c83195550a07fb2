import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index";
import { emulatorCredentials } from "../stacks/onStack";
import { type ProviderHost, startHost } from "./host";

/** Runs of one stack after each other, each with a provider process of its own, on one machine: each test has a new one. */
export class Runs {
  readonly #emulator = startEmulator();
  #hosts: ProviderHost[] = [];
  /** The folder of Pulumi's own files. */
  home = "";

  get emulator(): Promise<Emulator> {
    return this.#emulator;
  }

  /** A provider process of one run. */
  async begin(more: Record<string, string> = {}): Promise<ProviderHost> {
    const host = await startHost({ PULUMI_HOME: this.home, ...more });
    this.#hosts.push(host);
    await host.configure({ ...emulatorCredentials, baseUrl: (await this.#emulator).url });
    return host;
  }

  /** The files of the journal, by their path below `home`. */
  files(): string[] {
    if (!existsSync(this.home)) return [];
    const names = readdirSync(this.home, { recursive: true, encoding: "utf8" });
    return names.filter((name) => name.endsWith(".jsonl"));
  }

  journal(): string {
    return this.files()
      .map((name) => readFileSync(join(this.home, name), "utf8"))
      .join("");
  }

  async reset(): Promise<void> {
    (await this.#emulator).reset();
    this.home = mkdtempSync(join(tmpdir(), "home-"));
  }

  clear(): void {
    for (const host of this.#hosts) host.stop();
    this.#hosts = [];
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** The emulator and the runs on it, for the tests of one file. */
export function useRuns(): Runs {
  const runs = new Runs();
  beforeEach(() => runs.reset());
  afterEach(() => runs.clear());
  afterAll(async () => (await runs.emulator).close());
  return runs;
}

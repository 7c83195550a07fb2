import * as pulumi from "@pulumi/pulumi";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { getEngine, resetOptions } from "@pulumi/pulumi/runtime/settings";

/**
 * Messages of the provider as diagnostics of the engine, with their severity and on the resource that they are about:
 * so that `--json`, Pulumi Cloud and a pull request's comment show them. `pulumi.log` in a provider process only prints.
 */
export class EngineLog {
  /** Messages on their way: an operation is not over before they have arrived. */
  #sent: Promise<unknown> = Promise.resolve();
  #isOpen: boolean | undefined;

  /** The host is told the engine's address as its last argument. */
  constructor(private readonly address = process.argv.at(-1) ?? "") {}

  warn(text: string, urn: string): void {
    this.#send(LogSeverity.WARNING, text, urn);
  }

  say(text: string, urn: string): void {
    this.#send(LogSeverity.INFO, text, urn);
  }

  async flush(): Promise<void> {
    await this.#sent;
  }

  #send(severity: LogSeverity, text: string, urn: string): void {
    this.#sent = this.#sent.then(async () => {
      if (await this.#log(severity, text, urn)) return;
      // Without an engine that listens, what the process prints is shown.
      await (severity === LogSeverity.WARNING ? pulumi.log.warn(text) : pulumi.log.info(text));
    });
  }

  /** Whether the engine has it. */
  async #log(severity: LogSeverity, text: string, urn: string): Promise<boolean> {
    if (this.#isOpen === false) return false;
    if (this.#isOpen === undefined) resetOptions("", "", -1, this.address, "", false, "");
    const request = new LogRequest();
    request.setSeverity(severity);
    request.setMessage(text);
    request.setUrn(urn);
    const engine = getEngine();
    const failure = await new Promise<unknown>((resolve) => {
      if (engine) engine.log(request, resolve);
      else resolve("no engine");
    });
    this.#isOpen = !failure;
    if (failure) resetOptions("", "", -1, "", "", false, "");
    return this.#isOpen;
  }
}

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import {
  GetRootResourceResponse,
  type LogRequest,
  SetRootResourceResponse,
} from "@pulumi/pulumi/proto/engine_pb";
import { RunRequest } from "@pulumi/pulumi/proto/language_pb";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  type ReadResourceRequest,
  ReadResourceResponse,
  type RegisterResourceOutputsRequest,
  type RegisterResourceRequest,
  RegisterResourceResponse,
  type ResourceInvokeRequest,
  SupportsFeatureResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { isRecord } from "../../provider/values/values";
import { type Properties, type ProviderHost, plain, Refused, struct } from "../hosts/host";
import { Empty, InlineProgram, isEnding, serve } from "./grpc";
import { type Config, nameOf, note, nothingYet, type Outcome, type TestStack } from "./outcome";

/** A resource of the stack. */
export interface Resource {
  urn: string;
  /** `FlexFlow`; absent on a component. */
  kind?: string;
  type: string;
  id: string;
  inputs: Properties;
  outputs: Properties;
  /** Only read, by `get`. */
  isExternal?: boolean;
  /** To be updated by the next run even where nothing changed. */
  isHalfMade?: boolean;
  isTainted?: boolean;
  /** Its replacement is there, and it is not deleted yet. */
  isReplaced?: boolean;
  /** What it depends on. */
  needs: string[];
  /** The explicit provider that it belongs to. */
  provider?: string;
}

/**
 * Stands in for the engine, so that a life takes milliseconds: programs run in this process, and the real provider host is asked
 * as the engine asks it, in the engine's order. All stack tests run on the
 * real engine too (`npm run test:all`), which proves that this one is right. It knows the provider of the stack's configuration and, where a host
 * is given for it, one explicit provider, but neither secrets, `protect`, `ignoreChanges` nor replacements of dependents: tests of these say `needsEngine`.
 */
export function openStandIn(
  config: Config,
  host: ProviderHost,
  resources: Resource[] = [],
  explicit?: ProviderHost,
): TestStack {
  const folders = join(__dirname, "../../node_modules/.cache/stacks");
  mkdirSync(folders, { recursive: true });
  const workDir = mkdtempSync(join(folders, "stack-"));
  let given = config;
  let state = resources;

  const run = async (operation: (run: Run) => Promise<void>, isPreview = false): Promise<Outcome> => {
    await host.configure(given);
    for (const { type, inputs } of state) if (isProvider(type)) await explicit?.configure(settingsIn(inputs));
    const current = new Run(host, explicit, given, state, isPreview);
    await operation(current);
    for (const each of explicit ? [explicit, host] : [host])
      current.outcome.output = (await each.renew()) + current.outcome.output;
    if (!isPreview) state = current.after();
    return current.outcome;
  };
  const marked = (name: string): Resource => {
    const found = state.find(({ urn, isReplaced }) => nameOf(urn) === name && !isReplaced);
    if (!found) throw new Error(`no resource ${name}`);
    return found;
  };

  return {
    workDir,
    configure: async (values) => {
      given = { ...given, ...values };
    },
    preview: (program) => run((current) => current.program(program), true),
    up: (program, replace = []) => run((current) => current.program(program, replace)),
    refresh: () => run((current) => current.refresh()),
    destroy: () => run((current) => current.destroy()),
    stored: async () => ({ resources: [...state] }),
    taint: async (name) => {
      marked(name).isTainted = true;
    },
    untaint: async (name) => {
      marked(name).isTainted = false;
    },
    close: async () => {
      rmSync(workDir, { recursive: true, force: true });
    },
  };
}

type Answer<Response> = (error: Error | null, response?: Response) => void;

/** One operation on a stack. */
class Run {
  readonly outcome = nothingYet();
  private readonly before: readonly Resource[];
  readonly #left: Map<string, Resource>;
  readonly #now = new Map<string, Resource>();
  /** Old objects of which the replacement is there, also of runs before. */
  #replaced: Resource[];
  #replace: string[] = [];
  readonly #underWay: Promise<unknown>[] = [];
  #stop = () => {};
  #root = "";
  /** Whether the program has said that it registers nothing more. */
  #isThrough = false;

  constructor(
    private readonly host: ProviderHost,
    private readonly explicit: ProviderHost | undefined,
    private readonly config: Config,
    before: readonly Resource[],
    private readonly isPreview: boolean,
  ) {
    this.#replaced = before.filter(({ isReplaced }) => isReplaced);
    this.before = before.filter(({ isReplaced }) => !isReplaced);
    this.#left = new Map(this.before.map((resource) => [resource.urn, resource]));
  }

  /** The state that the operation leaves. */
  after(): Resource[] {
    const replaced = this.#replaced.map((resource) => ({ ...resource, isReplaced: true }));
    return [...new Map([...this.#left, ...this.#now]).values(), ...replaced];
  }

  /** The process that a resource belongs to. */
  #hostOf({ provider }: Pick<Resource, "provider">): ProviderHost {
    if (provider === undefined) return this.host;
    if (!this.explicit) throw new Error("a stack test with a provider of its own needs the engine");
    return this.explicit;
  }

  async program(program: PulumiFn, replace: string[] = []): Promise<void> {
    this.#replace = replace;
    const { address, close } = await serve(
      [ResourceMonitorService, this.#monitor()],
      [EngineService, this.#engine()],
    );
    const request = new RunRequest();
    request.setProject("test");
    request.setStack("dev");
    request.setOrganization("organization");
    request.setArgsList([address]);
    request.setMonitorAddress(address);
    request.setDryrun(this.isPreview);
    request.setParallel(-1);
    for (const [key, value] of Object.entries(this.config))
      request.getConfigMap().set(`twilio:${key}`, value);
    const language = new InlineProgram(program);
    // A program whose resources fail never ends: the SDK waits for an engine that stops it.
    const error = await new Promise<Error | undefined>((resolve) => {
      language.run({ request }, resolve);
      this.#stop = () => resolve(undefined);
    });
    await Promise.allSettled(this.#underWay);
    close();
    if (error) this.#fail(error.message);
    // The SDK takes a monitor that it does not reach for one that is ending, and says nothing.
    if (!this.outcome.failed && !this.#isThrough) throw new Error(`the program did not reach ${address}`);
    language.onPulumiExit(this.outcome.failed);
    if (!this.outcome.failed) await this.#deleteAll([...this.#left.values(), ...this.#replaced]);
  }

  async refresh(): Promise<void> {
    for (const resource of this.#left.values()) {
      const { kind, urn, type, id, inputs, outputs } = resource;
      if (!kind) continue;
      try {
        const seen = await this.#hostOf(resource).read(kind, id, outputs);
        if (seen.id === "") {
          this.#left.delete(urn);
          note(this.outcome, urn, type, "delete", []);
          continue;
        }
        const found = {
          ...resource,
          id: seen.id,
          isHalfMade: false,
          outputs: bare(seen.state),
          inputs: bare(seen.inputs),
        };
        this.#left.set(urn, found);
        const { changes } = await this.#hostOf(resource).diff(kind, id, found.outputs, inputs);
        if (changes !== "DIFF_NONE")
          note(this.outcome, urn, type, "update", differences(inputs, found.inputs));
      } catch (error) {
        this.#fail(messageOf(error));
      }
    }
  }

  destroy(): Promise<void> {
    return this.#deleteAll([...this.#left.values(), ...this.#replaced]);
  }

  /** All at once, but each after what depends on it. */
  async #deleteAll(resources: Resource[]): Promise<void> {
    const deletions: { needs: string[]; ended: Promise<boolean> }[] = [];
    for (const resource of resources.reverse()) {
      const dependents = deletions.filter(({ needs }) => needs.includes(resource.urn));
      const ended = Promise.all(dependents.map((dependent) => dependent.ended)).then(
        (gone) => gone.every(Boolean) && !this.outcome.failed && this.#deleted(resource),
      );
      deletions.push({ needs: resource.needs, ended });
    }
    await Promise.all(deletions.map(({ ended }) => ended));
  }

  async #deleted(resource: Resource): Promise<boolean> {
    const { urn, type } = resource;
    const isReplaced = this.#replaced.includes(resource);
    note(this.outcome, urn, type, isReplaced ? "delete-replaced" : "delete", []);
    const isGone = await this.#delete(resource);
    if (isGone && isReplaced) this.#replaced = this.#replaced.filter((other) => other !== resource);
    else if (isGone) this.#left.delete(urn);
    return isGone;
  }

  async #delete({ kind, id, outputs, isExternal, provider }: Resource): Promise<boolean> {
    if (this.isPreview || !kind || isExternal) return true;
    try {
      await this.#hostOf({ provider }).delete(kind, id, outputs);
      return true;
    } catch (error) {
      this.#fail(messageOf(error));
      return false;
    }
  }

  #fail(message: string): void {
    this.outcome.failed = true;
    this.outcome.output += `error: ${message}\n`;
    this.#stop();
  }

  #monitor() {
    return {
      supportsFeature: (_: unknown, answer: Answer<SupportsFeatureResponse>) =>
        answer(null, new SupportsFeatureResponse().setHassupport(false)),
      invoke: ({ request }: { request: ResourceInvokeRequest }, answer: Answer<InvokeResponse>) => {
        const tok = request.getTok();
        if (tok !== "pulumi:pulumi:readStackResourceOutputs") return answer(new Error(`no ${tok}`));
        const outputs = Object.fromEntries(
          this.before.map(({ urn, type, outputs }) => [urn, { type, outputs }]),
        );
        answer(null, new InvokeResponse().setReturn(struct({ outputs })));
      },
      readResource: async (
        { request }: { request: ReadResourceRequest },
        answer: Answer<ReadResourceResponse>,
      ) => {
        const reading = this.#read(request);
        this.#underWay.push(reading);
        const resource = await reading;
        if (!resource) return answer(isEnding());
        answer(null, new ReadResourceResponse().setUrn(resource.urn).setProperties(struct(resource.outputs)));
      },
      registerResource: async (
        { request }: { request: RegisterResourceRequest },
        answer: Answer<RegisterResourceResponse>,
      ) => {
        if (this.outcome.failed) return answer(isEnding());
        const registering = this.#register(request);
        this.#underWay.push(registering);
        const resource = await registering;
        if (!resource) return answer(isEnding());
        answer(
          null,
          new RegisterResourceResponse()
            .setUrn(resource.urn)
            .setId(resource.id)
            .setObject(struct(resource.outputs)),
        );
      },
      registerResourceOutputs: (
        { request }: { request: RegisterResourceOutputsRequest },
        answer: Answer<object>,
      ) => {
        if (request.getUrn() === this.#root && !this.isPreview)
          this.outcome.outputs = plain(request.getOutputs());
        answer(null, new Empty());
      },
      signalAndWaitForShutdown: (_: unknown, answer: Answer<object>) => {
        this.#isThrough = true;
        answer(null, new Empty());
      },
    };
  }

  #engine() {
    return {
      log: ({ request }: { request: LogRequest }, answer: Answer<object>) => {
        const severity = ["debug", "info", "warning", "error"][request.getSeverity()];
        if (severity !== "debug") this.outcome.output += `${severity}: ${request.getMessage()}\n`;
        if (severity === "error") this.outcome.failed = true;
        answer(null, new Empty());
      },
      getRootResource: (_: unknown, answer: Answer<GetRootResourceResponse>) =>
        answer(null, new GetRootResourceResponse().setUrn(this.#root)),
      setRootResource: (_: unknown, answer: Answer<SetRootResourceResponse>) =>
        answer(null, new SetRootResourceResponse()),
    };
  }

  async #read(request: ReadResourceRequest): Promise<Resource | undefined> {
    const type = request.getType();
    const kind = kindOf(type);
    const urn = urnOf(request);
    try {
      const seen = await this.host.read(kind, request.getId(), plain(request.getProperties()));
      const outputs = bare(seen.state);
      const resource = {
        urn,
        kind,
        type,
        id: seen.id,
        inputs: bare(seen.inputs),
        outputs,
        isExternal: true,
        needs: [],
      };
      this.#left.delete(urn);
      this.#now.set(urn, resource);
      return resource;
    } catch (error) {
      this.#fail(messageOf(error));
      return undefined;
    }
  }

  async #register(request: RegisterResourceRequest): Promise<Resource | undefined> {
    const type = request.getType();
    const urn = urnOf(request);
    const wasAt = [urn, ...request.getAliasurnsList()].find((place) => this.#left.has(place));
    const was = wasAt === undefined ? undefined : this.#left.get(wasAt);
    if (!request.getCustom()) {
      if (type === "pulumi:pulumi:Stack") this.#root = urn;
      if (!was) note(this.outcome, urn, type, "create", []);
      return this.#done(was, { urn, type, id: "", inputs: {}, outputs: {}, needs: needsOf(request) });
    }
    const provider = providerOf(request);
    const host = this.#hostOf({ provider: isProvider(type) ? urn : provider });
    if (isProvider(type)) {
      const inputs = plain(request.getObject());
      await host.configure(settingsIn(inputs));
      return this.#done(was, { urn, type, id: "explicit", inputs, outputs: inputs, needs: needsOf(request) });
    }
    try {
      return await this.#step(was, { urn, provider, host }, request);
    } catch (error) {
      if (error instanceof Refused && error.half) {
        const { id, properties } = error.half;
        // The engine keeps what was to be replaced, and deletes it in a later run.
        if (was && was.id !== id && this.#left.has(was.urn)) this.#replaced.push(was);
        const inputs = bare(plain(request.getObject()));
        this.#done(was, {
          urn,
          kind: kindOf(type),
          type,
          id,
          inputs,
          outputs: bare(properties),
          isHalfMade: true,
          needs: needsOf(request),
          provider,
        });
      }
      this.#fail(messageOf(error));
      return undefined;
    }
  }

  #done(was: Resource | undefined, resource: Resource): Resource {
    if (was) this.#left.delete(was.urn);
    this.#now.set(resource.urn, resource);
    return resource;
  }

  async #step(
    was: Resource | undefined,
    { urn, provider, host }: Pick<Resource, "urn" | "provider"> & { host: ProviderHost },
    request: RegisterResourceRequest,
  ): Promise<Resource> {
    const type = request.getType();
    const kind = kindOf(type);
    const needs = needsOf(request);
    const given = plain(request.getObject());
    const checked = async (olds: Properties) => {
      const { inputs, reasons } = await host.check(kind, olds, given);
      if (reasons.length > 0)
        throw new Error(
          reasons
            .map((reason) => `${type} resource '${nameOf(urn)}' has a problem: ${reason}`)
            .join("\nerror: "),
        );
      return bare(inputs);
    };
    const say = (step: string, diffs: string[] = []) => note(this.outcome, urn, type, step, diffs);
    const create = async (inputs: Properties): Promise<Resource> => {
      const made = this.isPreview ? { id: "", state: inputs } : await host.create(kind, inputs);
      return { urn, kind, type, id: made.id, inputs, outputs: bare(made.state), needs, provider };
    };

    const old = was && !was.isExternal ? was : undefined;
    const isForced = old && (old.isTainted || this.#replace.includes(nameOf(urn)));
    // The engine does not tell the check of a forced replacement what was there.
    const inputs = await checked(old && !isForced ? old.inputs : {});
    if (!old) {
      say("create");
      return this.#done(was, await create(inputs));
    }

    const diff = isForced ? undefined : await host.diff(kind, old.id, old.outputs, inputs);
    const changed = differences(old.inputs, inputs);
    if (diff && diff.replaces.length === 0) {
      const isSame = diff.changes === "DIFF_NONE" || (diff.changes !== "DIFF_SOME" && changed.length === 0);
      if (isSame && !old.isHalfMade) return this.#done(old, { ...old, urn, inputs, needs, provider });
      say("update", changed);
      const { state } = this.isPreview
        ? { state: inputs }
        : await host.update(kind, old.id, old.outputs, inputs);
      return this.#done(old, {
        ...old,
        urn,
        inputs,
        outputs: bare(state),
        isHalfMade: false,
        needs,
        provider,
      });
    }

    const again = await checked({});
    const isAsked = request.getDeletebeforereplacedefined();
    if (!(isAsked ? request.getDeletebeforereplace() : diff?.deletesFirst)) {
      say("create-replacement", changed);
      const made = await create(again);
      say("replace", changed);
      this.#replaced.push(old);
      return this.#done(old, made);
    }
    say("delete-replaced", changed);
    if (!(await this.#delete(old))) throw new Error("update failed");
    this.#left.delete(old.urn);
    say("replace", changed);
    say("create-replacement", changed);
    return this.#done(undefined, await create(again));
  }
}

const token = "pulumi-nodejs:dynamic/twilio-flex:";

function kindOf(type: string): string {
  if (!type.startsWith(token)) throw new Error(`the stand-in has no provider for ${type}`);
  return type.slice(token.length);
}

function urnOf(request: { getParent(): string; getType(): string; getName(): string }): string {
  const [, , within = ""] = request.getParent().split("::");
  const path = within === "" || within === "pulumi:pulumi:Stack" ? "" : `${within}$`;
  return `urn:pulumi:dev::test::${path}${request.getType()}::${request.getName()}`;
}

const needsOf = (request: RegisterResourceRequest): string[] => [
  ...request.getDependenciesList(),
  request.getParent(),
  ...[providerOf(request) ?? []].flat(),
];

const isProvider = (type: string): boolean => type.startsWith("pulumi:providers:");

/** The explicit provider of a resource, which is named by its URN and id. */
function providerOf(request: RegisterResourceRequest): string | undefined {
  const named = request.getProvider();
  return named === "" ? undefined : named.slice(0, named.lastIndexOf("::"));
}

/** The settings that a provider was given, by the names that a stack's configuration has for them. */
const settingsIn = (inputs: Properties): Config =>
  Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [key.replace(/^twilio:/, ""), String(value)]),
  );

const messageOf = (error: unknown): string => {
  if (error instanceof Refused && error.half) return error.half.reasons.join("; ");
  return error instanceof Error ? error.message.replace(/^\d+ [A-Z]+: /, "") : String(error);
};

const bare = ({ __provider, ...rest }: Properties): Properties => rest;

/** The paths of what differs, as the engine finds them. */
function differences(was: unknown, now: unknown, path = ""): string[] {
  if (JSON.stringify(was) === JSON.stringify(now)) return [];
  if (Array.isArray(was) && Array.isArray(now)) {
    const length = Math.max(was.length, now.length);
    return Array.from({ length }).flatMap((_, index) =>
      differences(was[index], now[index], `${path}[${index}]`),
    );
  }
  if (!isRecord(was) || !isRecord(now)) return [path];
  const keys = [...new Set([...Object.keys(was), ...Object.keys(now)])];
  return keys
    .filter((key) => !key.startsWith("__"))
    .flatMap((key) => differences(was[key], now[key], path === "" ? key : `${path}.${key}`));
}

/**
 * A language host for Pulumi programs in TypeScript and JavaScript: the gRPC service through which the engine starts a
 * program. It stands in for the official one where only the CLI itself could be had, and does what running a program
 * takes; `pulumi new`, `pulumi package add` and plugins written in TypeScript need the official release.
 *
 * The engine starts it in the program's folder and gives its own address as the last argument. `@pulumi/pulumi`, its
 * protocol files included, is the program's: this file works from wherever it has been copied to.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/how-pulumi-works/#language-hosts
 */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Empty, requireFrom, sdk, serve } from "./service.mjs";

/** What `@pulumi/pulumi/cmd/run` ends with when it has shown the user an error already. */
const alreadyReported = 32;

const engineAddress = process.argv.at(-1) ?? "";
const { LanguageRuntimeService } = sdk("@pulumi/pulumi/proto/language_grpc_pb.js");
const language = sdk("@pulumi/pulumi/proto/language_pb.js");
const plugin = sdk("@pulumi/pulumi/proto/plugin_pb.js");

/**
 * @typedef {object} ProgramInfo
 * @property {() => string} getProgramDirectory
 * @property {() => string} getRootDirectory
 * @property {() => string} getEntryPoint
 * @property {() => import("./service.mjs").ProtocolStruct | undefined} getOptions
 */
/** @typedef {{ getInfo: () => ProgramInfo }} ProgramRequest */
/**
 * @typedef {object} Run what the engine says of the program that it wants to be run
 * @property {() => string} getMonitorAddress
 * @property {() => string} getOrganization
 * @property {() => string} getProject
 * @property {() => string} getStack
 * @property {() => string} getPwd
 * @property {() => boolean} getDryrun
 * @property {() => number} getParallel
 * @property {() => string[]} getArgsList
 * @property {() => Map<string, string>} getConfigMap
 * @property {() => string[]} getConfigsecretkeysList
 */
/** @typedef {ProgramRequest & Run} RunRequest */
/**
 * @typedef {object} Manifest a package.json, as far as it is read here
 * @property {string} name
 * @property {string} version
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 * @property {Record<string, string>} [peerDependencies]
 * @property {{ resource?: boolean, name?: string, version?: string, server?: string }} [pulumi]
 */

/** @type {Set<import("node:child_process").ChildProcess>} */
const programs = new Set();

serve(
  LanguageRuntimeService,
  {
    handshake: () => new language.LanguageHandshakeResponse(),
    getPluginInfo: () => {
      const info = new plugin.PluginInfo();
      info.setVersion(sdk("@pulumi/pulumi/package.json").version);
      return info;
    },
    getRequiredPackages: (/** @type {ProgramRequest} */ request) => {
      const response = new language.GetRequiredPackagesResponse();
      response.setPackagesList(resourcePackages(request.getInfo().getProgramDirectory()));
      return response;
    },
    about: () => {
      const response = new language.AboutResponse();
      response.setExecutable(process.execPath);
      response.setVersion(process.version);
      return response;
    },
    getProgramDependencies: (/** @type {ProgramRequest} */ request) => {
      const response = new language.GetProgramDependenciesResponse();
      response.setDependenciesList(dependencies(request.getInfo().getProgramDirectory()));
      return response;
    },
    run: runProgram,
    cancel: () => {
      stopPrograms();
      return new Empty();
    },
  },
  stopPrograms,
);

/** Runs the program to its end, as `Run` of the official host does. */
async function runProgram(
  /** @type {RunRequest} */ request,
  /** @type {import("./service.mjs").ServerCall} */ call,
) {
  const info = request.getInfo();
  /** @type {{ nodeargs?: string, typescript?: boolean, tsconfig?: string }} */
  const options = info.getOptions()?.toJavaScript() ?? {};
  const args = [
    ...words(options.nodeargs),
    requireFrom(info.getProgramDirectory()).resolve("@pulumi/pulumi/cmd/run"),
    ...flag("monitor", request.getMonitorAddress()),
    ...flag("engine", engineAddress),
    ...flag("organization", request.getOrganization()),
    ...flag("project", request.getProject()),
    ...flag("stack", request.getStack()),
    ...flag("root-directory", info.getRootDirectory()),
    ...flag("pwd", request.getPwd()),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    ...flag("parallel", String(request.getParallel())),
    info.getEntryPoint() || ".",
    ...request.getArgsList(),
  ];
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...process.env,
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
  if (options.typescript !== false) env.PULUMI_NODEJS_TYPESCRIPT = "true";
  if (options.tsconfig) env.PULUMI_NODEJS_TSCONFIG_PATH = options.tsconfig;

  // Inherited, the program's output goes to the engine as it is written, unbuffered.
  const program = spawn(process.execPath, args, { env, stdio: ["ignore", "inherit", "inherit"] });
  programs.add(program);
  call.on("cancelled", () => program.kill());
  const [code, signal] = await new Promise((done, failed) => {
    program.on("error", failed).on("exit", (...end) => done(end));
  });
  programs.delete(program);

  const response = new language.RunResponse();
  if (code === alreadyReported) response.setBail(true);
  else if (code !== 0) {
    response.setError(
      code === null ? `Program ended by signal ${signal}` : `Program exited with non-zero exit code: ${code}`,
    );
  }
  return response;
}

/** Packages the program depends on that need a plugin, so that the engine gets the plugins beforehand. */
function resourcePackages(/** @type {string} */ programDirectory) {
  return dependedOn(programDirectory)
    .filter(({ pulumi }) => pulumi?.resource)
    .map(({ name, version, pulumi = {} }) => {
      const dependency = new plugin.PackageDependency();
      dependency.setName(pulumi.name ?? name.replace(/^@pulumi\//, "").replace(/^@/, ""));
      dependency.setKind("resource");
      dependency.setVersion(`v${(pulumi.version ?? version).replace(/^v/, "")}`);
      dependency.setServer(pulumi.server ?? "");
      return dependency;
    });
}

/** What the program asks for, and what that asks for in turn: other programs' packages may lie in the same folder. */
function dependedOn(/** @type {string} */ programDirectory) {
  const installed = new Map(installedPackages(programDirectory).map((manifest) => [manifest.name, manifest]));
  /** @type {Set<Manifest>} */
  const found = new Set();
  const add = (/** @type {string[]} */ names) => {
    for (const manifest of names.map((name) => installed.get(name))) {
      if (!manifest || found.has(manifest)) continue;
      found.add(manifest);
      add(Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }));
    }
  };
  add(askedFor(programDirectory));
  return [...found];
}

/** Every package in the `node_modules` of this folder and of those above it. */
function installedPackages(/** @type {string} */ folder) {
  /** @type {Map<string, Manifest>} */
  const found = new Map();
  for (let at = resolve(folder); ; at = dirname(at)) {
    const modules = join(at, "node_modules");
    for (const entry of list(modules)) {
      const names = entry.startsWith("@")
        ? list(join(modules, entry)).map((name) => `${entry}/${name}`)
        : [entry];
      for (const name of names) {
        const manifest = readJson(join(modules, name, "package.json"));
        if (manifest?.name && !found.has(manifest.name)) found.set(manifest.name, manifest);
      }
    }
    if (at === dirname(at)) return [...found.values()];
  }
}

/** What the program's own package.json asks for, in the versions that are there. */
function dependencies(/** @type {string} */ programDirectory) {
  const wanted = askedFor(programDirectory);
  return installedPackages(programDirectory)
    .filter(({ name }) => wanted.includes(name))
    .map(({ name, version }) => {
      const dependency = new language.DependencyInfo();
      dependency.setName(name);
      dependency.setVersion(version ?? "");
      return dependency;
    });
}

function askedFor(/** @type {string} */ programDirectory) {
  const manifest = readJson(join(programDirectory, "package.json"));
  return Object.keys({ ...manifest?.dependencies, ...manifest?.devDependencies });
}

function flag(/** @type {string} */ name, /** @type {string} */ value) {
  return value ? [`--${name}`, value] : [];
}

/** Splits at blanks that are not inside quotes. */
function words(/** @type {string | undefined} */ line) {
  const found = (line ?? "").match(/("[^"]*"|'[^']*'|\S)+/g) ?? [];
  return found.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}

function list(/** @type {string} */ folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** @returns {Manifest | undefined} */
function readJson(/** @type {string} */ file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function stopPrograms() {
  for (const program of programs) program.kill();
}

import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  CheckRequest,
  type CheckResponse,
  ConfigureRequest,
  type ConfigureResponse,
  CreateRequest,
  type CreateResponse,
  DeleteRequest,
  DiffRequest,
  DiffResponse,
  GetSchemaRequest,
  InvokeRequest,
  ReadRequest,
  type ReadResponse,
} from "@pulumi/pulumi/proto/provider_pb";

// The protocol's own libraries, in the versions that `@pulumi/pulumi` has.
const insideSdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));
const { credentials } = insideSdk("@grpc/grpc-js");
const { Empty } = insideSdk("google-protobuf/google/protobuf/empty_pb.js");
const { Struct } = insideSdk("google-protobuf/google/protobuf/struct_pb.js");

const root = join(__dirname, "../..");
const file = join(root, "scripts/engine/random-plugin.mjs");
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

type Values = Record<string, unknown>;
type Kind = "RandomPet" | "RandomId" | "RandomString" | "RandomPassword";

let plugin: ChildProcessByStdio<Writable, Readable, null>;
let client: ResourceProviderClient;

const start = () =>
  spawn(process.execPath, [file, "127.0.0.1:1"], { cwd: root, stdio: ["pipe", "pipe", "inherit"] });

const answer = <T>(ask: (done: (error: Error | null, response: T) => void) => unknown) =>
  new Promise<T>((resolve, reject) => {
    ask((error, response) => (error ? reject(error) : resolve(response)));
  });

const urn = (kind: Kind) =>
  `urn:pulumi:dev::app::my:index:Team$random:index/${kind[0]?.toLowerCase()}${kind.slice(1)}:${kind}::name`;
const values = (struct: { toJavaScript(): unknown } | undefined): Values => Object(struct?.toJavaScript());

async function check(kind: Kind, args: Values) {
  const request = new CheckRequest();
  request.setUrn(urn(kind));
  request.setNews(Struct.fromJavaScript(args));
  const response = await answer<CheckResponse>((done) => client.check(request, done));
  expect(values(response.getInputs())).toEqual(args);
  return response.getFailuresList().map((failure) => `${failure.getProperty()} ${failure.getReason()}`);
}

async function create(kind: Kind, args: Values, preview = false) {
  const request = new CreateRequest();
  request.setUrn(urn(kind));
  request.setProperties(Struct.fromJavaScript(args));
  request.setPreview(preview);
  const response = await answer<CreateResponse>((done) => client.create(request, done));
  return { id: response.getId(), state: values(response.getProperties()) };
}

async function diff(kind: Kind, state: Values, args: Values) {
  const request = new DiffRequest();
  request.setUrn(urn(kind));
  request.setOlds(Struct.fromJavaScript(state));
  request.setNews(Struct.fromJavaScript(args));
  const response = await answer<DiffResponse>((done) => client.diff(request, done));
  expect(response.getDiffsList()).toEqual(response.getReplacesList());
  const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
  expect(response.getChanges()).toBe(response.getReplacesList().length > 0 ? DIFF_SOME : DIFF_NONE);
  expect(response.getDeletebeforereplace()).toBe(false);
  return response.getReplacesList();
}

async function read(kind: Kind, id: string, state: Values = {}, args: Values = {}) {
  const request = new ReadRequest();
  request.setUrn(urn(kind));
  request.setId(id);
  request.setProperties(Struct.fromJavaScript(state));
  request.setInputs(Struct.fromJavaScript(args));
  const response = await answer<ReadResponse>((done) => client.read(request, done));
  return {
    id: response.getId(),
    state: values(response.getProperties()),
    args: values(response.getInputs()),
  };
}

function remove(kind: Kind, id: string) {
  const request = new DeleteRequest();
  request.setUrn(urn(kind));
  request.setId(id);
  return answer((done) => client.delete(request, done));
}

beforeAll(async () => {
  plugin = start();
  const [port] = await once(plugin.stdout, "data");
  client = new ResourceProviderClient(`127.0.0.1:${String(port).trim()}`, credentials.createInsecure());
});
afterAll(() => {
  client.close();
  plugin.kill();
});

describe("the stand-in for the plugin of @pulumi/random", () => {
  test("has the version of the program's package, and takes part in previews", async () => {
    const info = await answer<PluginInfo>((done) => client.getPluginInfo(new Empty(), done));
    expect(info.getVersion()).toBe(require("@pulumi/random/package.json").version);
    const configured = await answer<ConfigureResponse>((done) =>
      client.configure(new ConfigureRequest(), done),
    );
    expect(configured.getSupportspreview()).toBe(true);
  });

  test("goes when the engine goes", async () => {
    const other = start();
    await once(other.stdout, "data");
    other.stdin.end();
    expect(await once(other, "exit")).toEqual([0, null]);
  });

  test("says what a folder without packages lacks", async () => {
    const folder = mkdtempSync(join(tmpdir(), "no-packages-"));
    const other = spawn(process.execPath, [file], { cwd: folder });
    const [said] = await once(other.stderr, "data");
    rmSync(folder, { recursive: true });
    expect(String(said)).toContain("@pulumi/pulumi is not installed for the program in");
  });

  test("refuses everything else, and says what it is and where the whole of it is", async () => {
    const refused = async (ask: Promise<unknown>) => {
      const { message } = await ask.then(
        () => new Error("was not refused"),
        (error: Error) => error,
      );
      expect(message).toContain("stand-in for the plugin of @pulumi/random");
      expect(message).toContain("RandomPet, RandomId and RandomString");
      expect(message).toMatch(/pulumi plugin install resource random \d+\.\d+\.\d+/);
      return message;
    };
    const password = "random:index/randomPassword:RandomPassword is not to be had";
    expect(await refused(check("RandomPassword", { length: 8 }))).toContain(password);
    expect(await refused(create("RandomPassword", { length: 8 }))).toContain(password);
    expect(await refused(diff("RandomPassword", {}, {}))).toContain(password);
    expect(await refused(read("RandomPassword", "x", { id: "x" }))).toContain(password);
    expect(await refused(remove("RandomPassword", "x"))).toContain(password);
    const invoked = new InvokeRequest();
    invoked.setTok("random:index/getName:getName");
    expect(await refused(answer((done) => client.invoke(invoked, done)))).toContain("getName");
    expect(await refused(answer((done) => client.getSchema(new GetSchemaRequest(), done)))).toContain(
      "schema",
    );
  });
});

describe("RandomPet", () => {
  test("is an adjective and an animal unless told otherwise", async () => {
    const { id, state } = await create("RandomPet", {});
    expect(id).toMatch(/^[a-z]+-[a-z]+$/);
    expect(state).toEqual({ id, length: 2, separator: "-" });
  });

  test("has as many words as asked for, a prefix, another separator, and its keepers", async () => {
    const args = { length: 4, prefix: "pr-42", separator: "_", keepers: { branch: "main" } };
    const { id, state } = await create("RandomPet", args);
    expect(id).toMatch(/^pr-42_[a-z]+_[a-z]+_[a-z]+_[a-z]+$/);
    expect(state).toEqual({ ...args, id });
    expect((await create("RandomPet", { length: 1, separator: "" })).id).toMatch(/^[a-z]+$/);
  });

  test("is another one each time", async () => {
    const made = await Promise.all(Array.from({ length: 50 }, () => create("RandomPet", { length: 5 })));
    expect(new Set(made.map(({ id }) => id)).size).toBe(50);
  });

  test("is replaced when an argument changes, and not when a default is written out", async () => {
    const { state } = await create("RandomPet", { prefix: "a", keepers: { branch: "main" } });
    const same = { prefix: "a", keepers: { branch: "main" } };
    expect(await diff("RandomPet", state, same)).toEqual([]);
    expect(await diff("RandomPet", state, { ...same, length: 2, separator: "-" })).toEqual([]);
    expect(await diff("RandomPet", state, { ...same, length: 3 })).toEqual(["length"]);
    expect(await diff("RandomPet", state, { ...same, keepers: { branch: "next" } })).toEqual(["keepers"]);
    expect(await diff("RandomPet", state, { ...same, keepers: { branch: unknown } })).toEqual(["keepers"]);
    expect(await diff("RandomPet", state, { separator: "." })).toEqual(["keepers", "prefix", "separator"]);
    expect(await diff("RandomPet", { id: "x", length: 2, separator: "-" }, { keepers: {} })).toEqual([]);
  });

  test("is as it was when read, and cannot be imported", async () => {
    const { id, state } = await create("RandomPet", { prefix: "a" });
    expect(await read("RandomPet", id, state, { prefix: "a" })).toEqual({ id, state, args: { prefix: "a" } });
    await expect(read("RandomPet", id)).rejects.toThrow("A RandomPet cannot be imported");
  });

  test("is deleted", async () => {
    await expect(remove("RandomPet", "wise-otter")).resolves.toBeDefined();
  });

  test("is not known in a preview", async () => {
    const { id, state } = await create("RandomPet", { prefix: "a" }, true);
    expect(id).toBe("");
    expect(state).toEqual({ prefix: "a", length: 2, separator: "-", id: unknown });
  });

  test("takes no argument that there is not, that has another type or makes no sense", async () => {
    expect(await check("RandomPet", {})).toEqual([]);
    expect(await check("RandomPet", { length: unknown, keepers: { branch: unknown } })).toEqual([]);
    expect(await check("RandomPet", { length: 0 })).toEqual(["length must be at least 1"]);
    expect(await check("RandomPet", { length: 1.5, words: 2, keepers: { branch: 1 } })).toEqual([
      "keepers must be a map of strings",
      "length must be a whole number",
      "words there is no such argument",
    ]);
  });
});

describe("RandomId", () => {
  test("says the same bytes in four ways, with the prefix in all but its id", async () => {
    const { id, state } = await create("RandomId", { byteLength: 8, prefix: "up-" });
    const bytes = Buffer.from(id, "base64url");
    expect(bytes).toHaveLength(8);
    expect(state).toEqual({
      id,
      byteLength: 8,
      prefix: "up-",
      hex: `up-${bytes.toString("hex")}`,
      dec: `up-${bytes.readBigUInt64BE()}`,
      b64Std: `up-${bytes.toString("base64")}`,
      b64Url: `up-${bytes.toString("base64url")}`,
    });
  });

  test("is replaced when an argument changes", async () => {
    const { state } = await create("RandomId", { byteLength: 8 });
    expect(await diff("RandomId", state, { byteLength: 8 })).toEqual([]);
    expect(await diff("RandomId", state, { byteLength: 4, prefix: "a" })).toEqual(["byteLength", "prefix"]);
  });

  test("is imported by its base64, with a prefix before a comma", async () => {
    const { id, state } = await create("RandomId", { byteLength: 5, prefix: "a,b" });
    const args = { byteLength: 5, prefix: "a,b" };
    expect(await read("RandomId", `a,b,${id}`)).toEqual({ id, state, args });
    expect(await read("RandomId", "AAE")).toEqual({
      id: "AAE",
      state: { id: "AAE", byteLength: 2, hex: "0001", dec: "1", b64Std: "AAE=", b64Url: "AAE" },
      args: { byteLength: 2 },
    });
    for (const wrong of ["a,", "not base64", "AA=="])
      await expect(read("RandomId", wrong)).rejects.toThrow(`not by "${wrong}"`);
  });

  test("is not known in a preview", async () => {
    const { state } = await create("RandomId", { byteLength: 8 }, true);
    const outputs = { id: unknown, hex: unknown, dec: unknown, b64Std: unknown, b64Url: unknown };
    expect(state).toEqual({ byteLength: 8, ...outputs });
  });

  test("needs at least one byte", async () => {
    expect(await check("RandomId", { byteLength: 1 })).toEqual([]);
    expect(await check("RandomId", {})).toEqual(["byteLength is needed, and must be at least 1"]);
    expect(await check("RandomId", { byteLength: 0 })).toEqual([
      "byteLength is needed, and must be at least 1",
    ]);
  });
});

describe("RandomString", () => {
  const result = async (args: Values) => String((await create("RandomString", args)).state.result);

  test("is of all four kinds of characters unless told otherwise", async () => {
    const { id, state } = await create("RandomString", { length: 400 });
    expect(state).toEqual({
      ...{ id, result: id, length: 400, __meta: '{"schema_version":"2"}' },
      ...{ lower: true, upper: true, numeric: true, number: true, special: true },
      ...{ minLower: 0, minUpper: 0, minNumeric: 0, minSpecial: 0 },
    });
    expect(id).toMatch(/^[a-zA-Z0-9!@#$%&*()\-_=+[\]{}<>:?]{400}$/);
    for (const kind of [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/]) expect(id).toMatch(kind);
  });

  test("leaves out the kinds that are not wanted, and takes other special characters", async () => {
    expect(await result({ length: 100, special: false, upper: false })).toMatch(/^[a-z0-9]{100}$/);
    expect(await result({ length: 100, special: false, lower: false, numeric: false })).toMatch(
      /^[A-Z]{100}$/,
    );
    expect(await result({ length: 100, lower: false, upper: false, number: false })).toMatch(
      /^[^a-zA-Z0-9]{100}$/,
    );
    const few = { length: 100, lower: false, upper: false, numeric: false, overrideSpecial: "._" };
    expect(await result(few)).toMatch(/^[._]{100}$/);
  });

  test("has at least as many of a kind as asked for, anywhere in it", async () => {
    const least = { minLower: 2, minUpper: 3, minNumeric: 4, minSpecial: 1, overrideSpecial: "*" };
    const some = await Promise.all(Array.from({ length: 50 }, () => result({ length: 10, ...least })));
    const count = (kind: RegExp) => new Set(some.map((text) => text.replace(kind, "").length));
    expect([...count(/[^a-z]/g)]).toEqual([2]);
    expect([...count(/[^A-Z]/g)]).toEqual([3]);
    expect([...count(/[^0-9]/g)]).toEqual([4]);
    expect([...count(/[^*]/g)]).toEqual([1]);
    expect(new Set(some.map((text) => text.indexOf("*"))).size).toBeGreaterThan(1);
  });

  test("is replaced when an argument changes, and not when a default is written out", async () => {
    const { state } = await create("RandomString", { length: 8, special: false });
    const same = { length: 8, special: false };
    expect(await diff("RandomString", state, same)).toEqual([]);
    expect(await diff("RandomString", state, { ...same, upper: true, numeric: true, minLower: 0 })).toEqual(
      [],
    );
    expect(await diff("RandomString", state, { ...same, overrideSpecial: "" })).toEqual([]);
    expect(await diff("RandomString", state, { length: 9 })).toEqual(["length", "special"]);
    expect(await diff("RandomString", state, { ...same, numeric: false })).toEqual(["numeric", "number"]);
  });

  test("is imported by itself", async () => {
    const imported = await read("RandomString", "given");
    expect(imported).toMatchObject({ id: "given", state: { result: "given", length: 5, special: true } });
    expect(await diff("RandomString", imported.state, { length: 5 })).toEqual([]);
    expect(imported.args).not.toHaveProperty("result");
  });

  test("must be possible", async () => {
    expect(await check("RandomString", { length: 4, minUpper: 2, minLower: 2 })).toEqual([]);
    expect(await check("RandomString", { length: 3, minUpper: 2, minLower: 2 })).toEqual([
      "length is 3, less than the 4 characters that are asked for",
    ]);
    const nothing = { lower: false, upper: false, numeric: false, special: false };
    expect(await check("RandomString", { length: 3, ...nothing })).toEqual([
      "length no kind of character is allowed",
    ]);
    expect(await check("RandomString", { length: 3, ...nothing, minUpper: 3 })).toEqual([]);
    expect(await check("RandomString", { length: 3, minSpecial: -1 })).toEqual([
      "minSpecial must not be negative",
    ]);
    expect(await check("RandomString", { length: 3, number: true, numeric: false })).toEqual([
      "number is the older name of `numeric` and must not differ from it",
    ]);
    expect(await check("RandomString", {})).toEqual(["length is needed, and must be at least 1"]);
    expect(await check("RandomString", { length: 3, special: "no" })).toEqual(["special must be a boolean"]);
  });
});

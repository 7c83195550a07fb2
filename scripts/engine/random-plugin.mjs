/**
 * A stand-in for the plugin of `@pulumi/random`: the gRPC service through which the engine makes random names. It is put
 * beside the engine where that was built from source, since plugins cannot be downloaded there either. RandomPet, RandomId
 * and RandomString are as a program knows them; everything else is refused.
 *
 * @see https://www.pulumi.com/registry/packages/random/
 */
import { argumentsIn, check, create, differing, kindOf } from "./random-resources.mjs";
import { Empty, Struct, sdk, serve } from "./service.mjs";

/** @typedef {import("./service.mjs").ProtocolStruct | undefined} Values */
/** @typedef {import("./random-resources.mjs").Properties} Properties */
/**
 * @typedef {object} ResourceRequest what the requests about a resource hold, each of them some of it
 * @property {() => string} getUrn
 * @property {() => string} getId
 * @property {() => Values} getNews
 * @property {() => Values} getOlds
 * @property {() => Values} getProperties
 * @property {() => Values} getInputs
 * @property {() => boolean} getPreview
 */

const { ResourceProviderService } = sdk("@pulumi/pulumi/proto/provider_grpc_pb.js");
const provider = sdk("@pulumi/pulumi/proto/provider_pb.js");
const plugin = sdk("@pulumi/pulumi/proto/plugin_pb.js");

const { DIFF_NONE, DIFF_SOME } = provider.DiffResponse.DiffChanges;

serve(ResourceProviderService, {
  getPluginInfo: () => {
    const info = new plugin.PluginInfo();
    info.setVersion(version() ?? "");
    return info;
  },
  configure: () => {
    const response = new provider.ConfigureResponse();
    response.setSupportspreview(true);
    return response;
  },
  check: (/** @type {ResourceRequest} */ request) => {
    const args = values(request.getNews());
    const response = new provider.CheckResponse();
    response.setInputs(Struct.fromJavaScript(args));
    response.setFailuresList(
      check(kind(request), args).map(({ property, reason }) => {
        const failure = new provider.CheckFailure();
        failure.setProperty(property);
        failure.setReason(reason);
        return failure;
      }),
    );
    return response;
  },
  diff: (/** @type {ResourceRequest} */ request) => {
    const names = differing(kind(request), values(request.getOlds()), values(request.getNews()));
    const response = new provider.DiffResponse();
    response.setChanges(names.length > 0 ? DIFF_SOME : DIFF_NONE);
    response.setDiffsList(names);
    response.setReplacesList(names);
    return response;
  },
  create: (/** @type {ResourceRequest} */ request) => {
    const preview = request.getPreview();
    const state = create(kind(request), values(request.getProperties()), preview);
    const response = new provider.CreateResponse();
    response.setId(preview ? "" : state.id);
    response.setProperties(Struct.fromJavaScript(state));
    return response;
  },
  read: (/** @type {ResourceRequest} */ request) => {
    const of = kind(request);
    const known = values(request.getProperties());
    const found = Object.keys(known).length > 0 ? undefined : imported(of, request.getId());
    const response = new provider.ReadResponse();
    response.setId(found?.id ?? request.getId());
    response.setProperties(Struct.fromJavaScript(found ?? known));
    response.setInputs(Struct.fromJavaScript(found ? argumentsIn(of, found) : values(request.getInputs())));
    return response;
  },
  delete: (/** @type {ResourceRequest} */ request) => {
    kind(request);
    return new Empty();
  },
  cancel: () => new Empty(),
  invoke: (/** @type {{ getTok: () => string }} */ request) => refuse(request.getTok()),
  call: (/** @type {{ getTok: () => string }} */ request) => refuse(request.getTok()),
  construct: (/** @type {{ getType: () => string }} */ request) => refuse(request.getType()),
  parameterize: () => refuse("A parameter"),
  getSchema: () => refuse("The schema"),
});

/** What the resource in question is: its type stands in its URN. */
function kind(/** @type {Pick<ResourceRequest, "getUrn">} */ request) {
  const type = request.getUrn().split("::")[2]?.split("$").at(-1) ?? "";
  return kindOf(type) ?? refuse(type);
}

/** The state of an object of which the engine knows the id alone. */
function imported(/** @type {import("./random-resources.mjs").Kind} */ { find }, /** @type {string} */ id) {
  if (!find) throw new Error("A RandomPet cannot be imported: its name does not say what it was made from.");
  return find(id);
}

/** @returns {never} */
function refuse(/** @type {string} */ what) {
  throw new Error(
    `${what} is not to be had here. This is a small stand-in for the plugin of @pulumi/random, used where Pulumi was ` +
      "built from source, and knows RandomPet, RandomId and RandomString only. For the plugin itself: " +
      `\`pulumi plugin install resource random ${version() ?? ""}\`, then set PULUMI_IGNORE_AMBIENT_PLUGINS=true.`,
  );
}

/** That of the plugin it stands in for: the engine warns of one that is older than the program's package. */
function version() {
  try {
    return sdk("@pulumi/random/package.json").version;
  } catch {
    return undefined;
  }
}

/** @returns {Properties} */
function values(/** @type {Values} */ struct) {
  return struct?.toJavaScript() ?? {};
}

import { plannedIn } from "../../../provider/cli/rehearse/copy";
import { targetsFor, targetsOfDestroy } from "../../../provider/cli/rehearse/targets";

const urn = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
const flow = "pulumi-nodejs:dynamic/twilio-flex:StudioFlow";
const pet = "random:index/randomPet:RandomPet";

const step = (op: string, type: string, name: string, more: object = {}) => ({
  op,
  newState: { urn: urn(type, name), type, custom: true, ...more },
});
const targets = (...steps: object[]) => targetsFor(plannedIn(JSON.stringify({ steps })));

test("a program with nothing but our resources runs as it is", () => {
  const stack = step("create", "pulumi:pulumi:Stack", "shop-dev", { custom: false });
  expect(targets(stack, step("create", flow, "hello"))).toEqual({ args: [], others: [] });
});

test("resources of other providers are left alone, and components are not", () => {
  const group = step("create", "my:index:Group", "g", { custom: false });
  const found = targets(
    group,
    step("same", pet, "name"),
    step("create", flow, "hello", { dependencies: [urn(pet, "name")] }),
  );
  expect(found.others).toEqual(["RandomPet name"]);
  expect(found.args).toEqual([
    "--target",
    "**pulumi-nodejs:dynamic/twilio-flex:*::**",
    "--target",
    urn("my:index:Group", "g"),
  ]);
  expect(targetsOfDestroy(found)).toEqual(["--target", "**pulumi-nodejs:dynamic/twilio-flex:*::**"]);
});

test.each([
  ["dependencies", { dependencies: [urn(pet, "name")] }],
  ["properties", { propertyDependencies: { friendlyName: [urn(pet, "name")] } }],
  ["a parent", { parent: urn(pet, "name") }],
])("what waits for another provider's new resource is named: by %s", (_, needs) => {
  expect(() => targets(step("create", pet, "name"), step("create", flow, "hello", needs))).toThrow(
    /of which the state has no value: StudioFlow hello for RandomPet name$/,
  );
});

import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** What a process knows that has loaded only this, in order. */
function knownAfter(entry: "index" | "provider") {
  const program = `
    process.argv.push("127.0.0.1:9");
    require("./${entry}.js");
    const { allResources } = require("./life/define.js");
    const { directoriesOf } = require("./life/collection.js");
    const types = allResources().map(({ type }) => type);
    const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
    const listed = letters.flatMap((first) => letters.map((second) => first + second)).map((prefix) =>
      [prefix, directoriesOf(prefix).map(({ directory, isInWorkspace }) => [directory.label, isInWorkspace])]);
    process.stdout.write(JSON.stringify({
      types,
      listed: listed.filter(([, directories]) => directories.length > 0),
      hasChannels: Object.keys(require.cache).some((file) => /dist.channels./.test(file)),
    }));
    process.exit();`;
  const folder = join(__dirname, "../../dist");
  return JSON.parse(execFileSync(process.execPath, ["-e", program], { cwd: folder, encoding: "utf8" }));
}

test("a provider process loads every kind of resource, in the order of the package, and no component", () => {
  const { hasChannels, ...known } = knownAfter("provider");
  const { hasChannels: programHasChannels, ...all } = knownAfter("index");
  expect(known).toEqual(all);
  expect({ hasChannels, programHasChannels }).toEqual({ hasChannels: false, programHasChannels: true });
});

import { spawnSync } from "node:child_process";
import { join } from "node:path";

test("every class survives every fault, and the page that says so is up to date", () => {
  const script = join(__dirname, "../../scripts/reliability.mjs");
  const { status, stderr } = spawnSync(process.execPath, [script, "--check"], { encoding: "utf8" });
  const said = stderr.split("\n").filter((line) => !/^\d+ of \d+$/.test(line));
  expect({ status, said: said.filter(Boolean) }).toEqual({ status: 0, said: [] });
}, 420_000);

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProxyService } from "../../provider/index";
import { onStack } from "./onStack";

const elsewhere = mkdtempSync(join(tmpdir(), "elsewhere-"));
const here = process.cwd();
const on = onStack({ needsEngine: true });

afterAll(() => {
  process.chdir(here);
  rmSync(elsewhere, { recursive: true });
});

test("an inline program works where only its workDir has the package", async () => {
  process.chdir(elsewhere);
  const { steps } = await on.up(async () => {
    new ProxyService("proxy", { uniqueName: "support" });
  });
  expect(steps).toEqual({ proxy: "create" });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { problemCodes } from "../../provider/routing/problems";

test("the documentation explains every code of a problem, and no other", () => {
  const text = readFileSync(join(__dirname, "../../docs/trace-and-doctor.md"), "utf8");
  const [, list = ""] = /### Problem codes\n(.*?)\n## /s.exec(text) ?? [];
  expect([...list.matchAll(/^- `([a-z-]+)`:/gm)].map(([, code]) => code).sort()).toEqual(
    [...problemCodes].sort(),
  );
});

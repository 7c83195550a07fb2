import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tailOf } from "../../provider/journal/tail";

const folder = mkdtempSync(join(tmpdir(), "tail-"));
const path = join(folder, "file");
afterAll(() => rmSync(folder, { recursive: true }));

test("only what a file has got since is read, line by line, and a line that is not whole is left", () => {
  writeFileSync(path, "first\nsécond\nthi");
  const first = tailOf(path, 0);
  expect(first).toEqual({ lines: ["first", "sécond"], end: 14 });
  appendFileSync(path, "rd\n");
  const second = tailOf(path, first.end);
  expect(second).toEqual({ lines: ["third"], end: 20 });
  expect(tailOf(path, second.end)).toEqual({ lines: [], end: 20 });
});

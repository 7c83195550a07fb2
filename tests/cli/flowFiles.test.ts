import fc from "fast-check";
import { canonical, fileNamesFor } from "../../provider/cli/flowFiles";
import { mentionsIn, portable, resolved, sidsIn } from "../../provider/studio/portable";

describe("file names", () => {
  test("are safe, and differ in more than case, whatever the titles are", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("a", "A", "a 2", "con"))),
        (titles) => {
          const names = fileNamesFor(titles);
          expect(new Set(names.map((name) => name.toLowerCase().normalize("NFC"))).size).toBe(titles.length);
          for (const name of names) {
            expect(name).toMatch(/^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}-]*\.json$/u);
            expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
          }
        },
      ),
    );
  });

  test("of titles that are already there do not change by one that is added later", () => {
    expect(fileNamesFor(["Night", "night!", "Night 2", "NUL", ""])).toEqual([
      "night.json",
      "night-2.json",
      "night-2-2.json",
      "flow-nul.json",
      "flow.json",
    ]);
  });
});

test("names in place of SIDs, and back, leave a definition as it was", () => {
  const sids = ["WW", "TC", "FW", "ZS"].map((prefix) => prefix + "1".repeat(32));
  const keyBySid = new Map(
    sids.slice(0, 3).map((sid, index) => [sid, `workflow/${"/".repeat(index)} ü "${index}"`]),
  );
  const sidByKey = new Map([...keyBySid].map(([sid, key]) => [key, sid]));
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom(...sids, ...sids.map((sid) => `https://example.com/${sid}`)),
    fc.constantFrom("sid:", "sid:workflow/x", "sid:text/x", "sid:text/sid:flow/y", "sid:none/z\n"),
  );
  const key = fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", sids[0] ?? ""));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ depthSize: "small" }, text, fc.boolean(), fc.constant(null), tie("list"), tie("record")),
    list: fc.array(tie("tree")),
    record: fc.dictionary(key, tie("tree")),
  }));
  fc.assert(
    fc.property(fc.dictionary(key, tree), (definition) => {
      const written = portable(definition, keyBySid);
      const found = mentionsIn(written).map((mention) => mention.key);
      expect(found.every((one) => sidByKey.has(one))).toBe(true);
      expect(canonical(Object(resolved(written, sidByKey)))).toBe(canonical(definition));
      const stay = sidsIn(written).filter(({ isWhole }) => isWhole);
      expect(stay.every(({ sid }) => !keyBySid.has(sid))).toBe(true);
    }),
  );
});

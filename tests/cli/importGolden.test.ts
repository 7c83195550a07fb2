import type { Profile } from "../../emulator/index";
import type { Wanted } from "../../provider/cli/account/plan";
import { useEmulator } from "../emulator/support";
import { fillAccount } from "./accounts";
import { imported } from "./imported";

/** The programs for a few accounts, kept to be read: each as a person would have written it. */
const accounts: [string, Profile, Wanted, number[]][] = [
  ["an older Flex account", "legacy", {}, []],
  ["a newer Flex account, by components", "conversations", { components: true }, []],
  ["an account without Flex", "bare", {}, []],
  ["an older account of chance", "legacy", {}, [3]],
  ["a newer account of chance, in files by product", "conversations", {}, [11, 12, 13, 14, 15]],
];

describe.each(accounts)("%s", (_, profile, wanted, seeds) => {
  const emulator = useEmulator({ profile });

  test("is written like this", async () => {
    for (const seed of seeds) await fillAccount(emulator.current, seed);
    const { files } = await imported(emulator.current, wanted);
    const programs = [...files].filter(([path]) => path.endsWith(".ts"));
    const text = programs.map(([path, program]) => `// ${path}\n${program}`).join("\n\n");
    expect(withKnownSids(text)).toMatchSnapshot();
  });
});

/** The SIDs of what a test has made are others each time. */
function withKnownSids(text: string): string {
  const made = new Map<string, string>();
  return text.replace(/\b([A-Z]{2})(?!e[0-9]0{29})[0-9a-f]{32}\b/g, (sid, prefix) => {
    const known = made.get(sid) ?? `${prefix}${String(made.size + 1).padStart(32, "0")}`;
    made.set(sid, known);
    return known;
  });
}

import { defaultAccountSid, defaultAuthToken, type Emulator, startEmulator } from "../../emulator/index";
import { readMirror } from "../../provider/cli/mirror";
import { useEmulator } from "../emulator/support";
import { sessionOn } from "../life/session";
import { fillAccount } from "./accounts";

/** `npx jest tests/cli/mirrorChance --globals '{ "mirrored": 100 }'` does so many accounts. */
declare const mirrored: number | undefined;
const accounts = typeof mirrored === "undefined" ? 1 : mirrored;

/** What `mirror` writes, but for the time. */
async function fileOf(emulator: Emulator, withSecrets: boolean) {
  const settings = { authToken: defaultAuthToken, baseUrl: emulator.url };
  const session = sessionOn(defaultAccountSid, settings, () => {});
  const { seed, unread, hidden } = await readMirror(session, { traffic: true, withSecrets });
  expect(unread).toEqual([]);
  return { seed, hidden, text: JSON.stringify(seed, null, 2) };
}

const seeds = Array.from({ length: accounts }, (_, at) => at + 1);

describe.each(seeds)("the account of chance number %i", (seed) => {
  const emulator = useEmulator({ profile: seed % 2 ? "legacy" : "conversations" });

  test("comes out of its mirror as it went in, with its secrets and without", async () => {
    await fillAccount(emulator.current, seed);
    for (const withSecrets of [true, false]) {
      const { seed: written, text, hidden } = await fileOf(emulator.current, withSecrets);
      if (withSecrets) expect(hidden).toBe(0);
      else expect(text).not.toMatch(/secret@|key=secret/);
      const twin = await startEmulator({ seed: JSON.parse(text) });
      try {
        // A mirror has no tokens.
        twin.state.account().auth_token = defaultAuthToken;
        const again = await fileOf(twin, withSecrets);
        expect(again.seed).toEqual(written);
        expect(again.text).toBe(text);
      } finally {
        await twin.close();
      }
    }
  }, 60_000);
});

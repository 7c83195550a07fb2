import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  defaultAccountSid,
  defaultAuthToken,
  type Seed,
  seeded,
  startEmulator,
} from "../../../emulator/index";
import { isRecord } from "../../../provider/values/values";
import { ask, useEmulator } from "../support";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "emulator-clients-"));
afterAll(() => rmSync(folder, { recursive: true }));

let filled: Seed;
const install = (name: string) =>
  execFileSync(process.execPath, [join(__dirname, "install.mjs"), name], {
    stdio: ["ignore", "pipe", "inherit"],
  }).toString();

/** One family of `families.json`: how each client calls it, and what is sent. */
interface Family {
  family: string;
  /** Where objects are made. */
  url: string;
  /** What its SIDs begin with. */
  sid: string;
  /** What it is in, if not the account. */
  in?: "workspace";
  create: Record<string, unknown>;
  /** Replaces parameters of `create` by what Twilio refuses. */
  bad: Record<string, unknown>;
  change: Record<string, unknown>;
  /** Status and code of what is not there, where they are not 404 and 20404. */
  missingIs?: [number, number];
  /** Status and code of what `bad` makes of it, where they are not 400 and 20001. */
  badIs?: [number, number];
}
const families: Family[] = JSON.parse(readFileSync(join(__dirname, "families.json"), "utf8"));

/** Fetching an object of this SID is refused with 429. */
const limited = "429".repeat(11).slice(1);

/** What a client is told to do: `families.json` with every value filled in, for the objects from `first` on. */
function planFor(language: string, first: number, count: number) {
  const fill = (value: unknown, n: number): unknown => {
    if (isRecord(value))
      return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, fill(of, n)]));
    if (Array.isArray(value)) return value.map((of) => fill(of, n));
    if (typeof value !== "string") return value;
    const words: Record<string, string> = {
      language,
      n: String(n),
      name: `${language} ${n}`,
      changed: `Changed by ${language}`,
      number: `+1415555${1000 + n}`,
      long: "x".repeat(2000),
      none: "0".repeat(32),
      chatService: seeded.chatService,
      queue: seeded.everyoneQueue,
    };
    return value.replace(/\{(\w+)\}/g, (text, word: string) => words[word] ?? text);
  };
  return families.map((family) => ({
    ...family,
    url: family.url.replace("{account}", defaultAccountSid).replace("{workspace}", seeded.workspace),
    parent: family.in && seeded.workspace,
    creates: Array.from({ length: count }, (_, n) => fill(family.create, first + n)),
    bad: fill({ ...family.create, ...family.bad }, first + count),
    change: fill(family.change, first),
    limited: `${family.sid}${limited}`,
  }));
}

beforeAll(async () => {
  const first = await startEmulator();
  for (const { url, creates } of planFor("Before", 0, 120)) {
    const { host, pathname } = new URL(url);
    for (const given of creates) {
      const params = new URLSearchParams();
      for (const [key, value] of Object.entries(isRecord(given) ? given : {}))
        params.set(key, typeof value === "string" ? value : JSON.stringify(value));
      const { status } = await ask(first, `/${host}${pathname}`, {
        body: params.toString(),
      });
      expect(status).toBe(201);
    }
  }
  filled = JSON.parse((await ask(first, "/_emulator/state?secrets=1")).text);
  await first.close();
}, 120_000);

/** An account that holds 120 objects and more of each family. */
const emulator = useEmulator({
  tls: true,
  tlsCa: folder,
  get seed() {
    return filled;
  },
});
const ca = () => emulator.current.ca ?? "";

/** What a client saw of a family. */
interface Seen {
  made: string[];
  listed: string[];
  missing: unknown;
  bad: unknown;
  limited: unknown;
}

interface ClientUnderTest {
  command: string;
  /** Before the plan. */
  args: string[];
  env?: Record<string, string>;
}

/** Each is installed where it is asked for. */
const clients: Record<string, { install: () => string; run: (installed: string) => ClientUnderTest }> = {
  Node: {
    install: () => "",
    run: () => ({
      command: process.execPath,
      args: [join(__dirname, "node/families.mjs")],
      env: { HTTP_PROXY: emulator.current.url, NODE_EXTRA_CA_CERTS: ca() },
    }),
  },
  Python: {
    install: () => install("python"),
    run: (PYTHONPATH) => ({
      command: "python3",
      args: [join(__dirname, "python/families.py")],
      env: { HTTPS_PROXY: emulator.current.url, REQUESTS_CA_BUNDLE: ca(), PYTHONPATH },
    }),
  },
  Go: {
    install: () => install("go"),
    run: (command) => ({
      command,
      args: [],
      env: { HTTPS_PROXY: emulator.current.url, SSL_CERT_FILE: ca() },
    }),
  },
  Java: {
    install: () => install("java"),
    run: (classPath) => {
      const trusted = join(folder, "trusted.p12");
      const store = ["-keystore", trusted, "-storepass", "changeit", "-noprompt"];
      execFileSync("keytool", ["-importcert", "-alias", "emulator", "-file", ca(), ...store], {
        stdio: "ignore",
      });
      const settings = {
        "https.proxyHost": "127.0.0.1",
        "https.proxyPort": new URL(emulator.current.url).port,
        "javax.net.ssl.trustStore": trusted,
        "javax.net.ssl.trustStorePassword": "changeit",
      };
      const properties = Object.entries(settings).map(([key, value]) => `-D${key}=${value}`);
      return { command: "java", args: [...properties, "-cp", classPath, "Families"] };
    },
  },
  CLI: {
    install: () => install("cli"),
    run: (program) => ({
      command: process.execPath,
      args: [join(__dirname, "cli/families.mjs"), program],
      env: { HTTP_PROXY: emulator.current.url, NODE_EXTRA_CA_CERTS: ca(), HOME: folder },
    }),
  },
};

/** The objects of a family, of those in workspaces what the seeded one holds. */
function objectsOf(family: string): Map<string, unknown> {
  const held = new Map<string, object>(Object.entries(emulator.current.state.account())).get(family) ?? {};
  return new Map(
    Object.entries(held).filter(
      ([, object]) => !("workspace_sid" in object) || object.workspace_sid === seeded.workspace,
    ),
  );
}

describe.each(Object.entries(clients))(
  "Twilio's client for %s, by its environment alone",
  (language, client) => {
    let installed: string;
    beforeAll(() => {
      installed = client.install();
    }, 900_000);

    test("makes, pages through, changes and deletes objects of each family, and is told what is wrong", async () => {
      const { command, args, env } = client.run(installed);
      const before = Object.fromEntries(
        families.map(({ family }) => [family, [...objectsOf(family).keys()]]),
      );
      emulator.current.addFault({ match: { path: `*${limited}*` }, effect: { status: 429, code: 20429 } });
      const plan = join(folder, "plan.json");
      writeFileSync(plan, JSON.stringify(planFor(language, 500, 2)));

      const { stdout } = await run(command, [...args, plan], {
        env: {
          PATH: process.env.PATH,
          TWILIO_ACCOUNT_SID: defaultAccountSid,
          TWILIO_AUTH_TOKEN: defaultAuthToken,
          ...env,
        },
      });

      const seen: Record<string, Seen> = JSON.parse(stdout);
      expect(Object.keys(seen).sort()).toEqual(families.map(({ family }) => family).sort());
      for (const { family, missingIs = [404, 20404], badIs = [400, 20001] } of families) {
        const { made = [], listed = [], ...told } = seen[family] ?? {};
        const was = before[family] ?? [];
        const [first = "", second] = made;
        expect(made).toHaveLength(2);
        expect(listed.length).toBeGreaterThanOrEqual(122);
        expect([...listed].sort()).toEqual([...was, ...made].sort());
        expect([...objectsOf(family).keys()].sort()).toEqual(
          [...was, ...made].filter((sid) => sid !== second).sort(),
        );
        expect(JSON.stringify(objectsOf(family).get(first))).toContain(`"Changed by ${language}"`);
        expect({ family, ...told }).toEqual({
          family,
          missing: missingIs,
          bad: badIs,
          limited: [429, 20429],
        });
      }
      const { requests } = emulator.current;
      expect(requests.filter(({ ignored }) => ignored.length > 0)).toEqual([]);
      const nextPages = requests.filter(({ params }) => "PageToken" in params);
      expect(nextPages.length).toBeGreaterThanOrEqual(2 * families.length);
    }, 600_000);
  },
);

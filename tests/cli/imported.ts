import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import ts from "typescript";
import { defaultAccountSid, defaultAuthToken, type Emulator } from "../../emulator/index";
import { programFiles } from "../../provider/cli/account/files";
import { programOf } from "../../provider/cli/account/importAccount";
import type { Wanted } from "../../provider/cli/account/plan";
import * as flex from "../../provider/index";
import { sessionOn } from "../life/session";

const root = join(__dirname, "..", "..");

/** What `import --out` would write for the emulator's account, read in this process. */
export async function imported(emulator: Emulator, wanted: Wanted = {}) {
  const session = sessionOn(
    defaultAccountSid,
    { authToken: defaultAuthToken, baseUrl: emulator.url },
    () => {},
  );
  const { plan, sources, notes } = await programOf(session, wanted, true);
  const files = programFiles(plan.account, sources, notes);
  return { plan, sources, notes, files, run: programIn(files, sources.settings), runOf: programIn };
}

/** The program in these files, as a function that declares what it declares. */
function programIn(files: ReadonlyMap<string, string>, settings: readonly { key: string; value: string }[]) {
  const values = new Map(settings.map(({ key, value }) => [key, value]));
  class Config {
    requireSecret(key: string) {
      return pulumi.output(values.get(key) ?? "");
    }
    requireSecretObject(key: string) {
      return pulumi.output(JSON.parse(values.get(key) ?? ""));
    }
  }
  const fromFiles: typeof flex.flowFromFile = (file, opts) => {
    const folder = mkdtempSync(join(tmpdir(), "imported-"));
    try {
      writeFileSync(join(folder, basename(file)), files.get(file) ?? "");
      return flex.flowFromFile(join(folder, basename(file)), opts);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  return async () => {
    const loaded = new Map<string, object>();
    const load = (path: string): object => {
      const before = loaded.get(path);
      if (before) return before;
      const exported = {};
      loaded.set(path, exported);
      const { outputText } = ts.transpileModule(files.get(path) ?? "", {
        compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
      });
      const required = (name: string): object => {
        if (name === "pulumi-twilio-flex") return { ...flex, flowFromFile: fromFiles };
        if (name === "@pulumi/pulumi") return { ...pulumi, Config };
        return load(`${name.replace("./", "")}.ts`);
      };
      new Function("require", "exports", outputText)(required, exported);
      return exported;
    };
    load("index.ts");
  };
}

/** What the compiler has to say about programs, each a folder of files, under the strictest rules. */
export function compilerErrors(programs: readonly ReadonlyMap<string, string>[]): string[] {
  const folder = join(root, "node_modules", ".cache", "imported", `checked-${process.pid}`);
  try {
    const names = programs.flatMap((files, index) =>
      [...files].map(([path, text]) => {
        const file = join(folder, String(index), path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
        return file;
      }),
    );
    const program = ts.createProgram(
      names.filter((name) => name.endsWith(".ts")),
      {
        strict: true,
        noUnusedLocals: true,
        noEmit: true,
        skipLibCheck: true,
        module: ts.ModuleKind.Node16,
        target: ts.ScriptTarget.ES2022,
        types: ["node"],
      },
    );
    return ts
      .getPreEmitDiagnostics(program)
      .map(
        ({ file, messageText }) =>
          `${file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
      );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

import { spawn } from "node:child_process";
import { Refusal } from "../../values/errors";
import type { Setting } from "./sources";

/** Gives a stack its settings. Values go by the standard input, where no list of processes shows them. */
export async function setSettings(
  folder: string,
  stack: string,
  settings: readonly Setting[],
): Promise<void> {
  await pulumi(folder, ["stack", "select", "--create", stack]);
  for (const { key, value } of settings)
    await pulumi(folder, ["config", "set", "--secret", "--stack", stack, key], value);
}

/** The commands that set them by hand. */
export const commandsFor = (settings: readonly Setting[]): string[] =>
  settings.map(({ key }) => `pulumi config set --secret ${key}`);

function pulumi(cwd: string, args: string[], input = ""): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", ["--non-interactive", ...args], { cwd, stdio: ["pipe", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
    });
    // A command that ends without reading closes the pipe.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    const failed = (why: string) =>
      reject(
        new Refusal(
          `pulumi ${args.join(" ")} in ${cwd}: ${why.trim()}. The program is written; its settings are not all set`,
        ),
      );
    child.on("error", (error) => failed(error.message));
    child.on("close", (code) => (code === 0 ? resolve() : failed(said || `ended with code ${code}`)));
  });
}

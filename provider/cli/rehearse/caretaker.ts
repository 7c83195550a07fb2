import { rmSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

/**
 * Outlives a rehearsal that is killed: once its pipe ends, it ends the processes that it was told of and removes the folder.
 * After a rehearsal that has ended in order, nothing is left for it to do.
 */
const [folder] = process.argv.slice(2);
const pids = new Set<number>();
let text = "";
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
process.stdin.setEncoding("utf8");
process.stdin.on("data", (chunk: string) => {
  text += chunk;
});
process.stdin.on("end", () => {
  for (const line of text.split("\n").filter(Boolean)) {
    const [sign, pid] = [line[0], Number(line.slice(1))];
    if (sign === "+") pids.add(pid);
    else pids.delete(pid);
  }
  void cleanUp();
});

async function cleanUp(): Promise<void> {
  for (const pid of pids) send(pid, "SIGINT");
  if (pids.size > 0) await wait(5_000);
  for (const pid of pids) send(-pid, "SIGKILL");
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
}

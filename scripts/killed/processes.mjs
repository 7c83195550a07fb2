/** Processes below one of ours, as `ps` shows them. */
import { execFileSync } from "node:child_process";

/** @typedef {{ pid: number, parent: number, command: string }} Process */

/** All processes that one has started, and those that these have started. @returns {Process[]} */
export function below(/** @type {number} */ root) {
  const all = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" })
    .split("\n")
    .flatMap((line) => {
      const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
    });
  const under = (/** @type {number} */ pid) =>
    all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...under(child.pid)]);
  return under(root);
}

/** The processes of a provider of dynamic resources, without the shell that starts one. */
export const providers = (/** @type {Process[]} */ processes) =>
  processes.filter(({ command }) => /^\S*node\S* .*dynamic-provider/.test(command));

/** At once, without a chance to bring anything in order. Whether it was there. */
export function kill(/** @type {number} */ pid) {
  try {
    process.kill(pid, "SIGKILL");
    return true;
  } catch {
    return false;
  }
}

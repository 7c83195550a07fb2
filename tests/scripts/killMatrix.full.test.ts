import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const command = join(__dirname, "../../scripts/kill-matrix.mjs");

/** The same moments each time, as far as two machines go alike; by hand, `npm run test:kill` takes others. */
test.each(["plain", "new-machine", "no-checkpoints"])(
  "whenever a run is killed, the next one leaves the account as declared, and nothing doubled: %s",
  async (kind) => {
    const args = [command, "--moments", "2", "--seed", "2", "--kind", kind];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args).catch((error) => error);
    expect(`${stderr}${stdout}`).toMatch(/4 runs killed, 0 not as declared/);
  },
  300_000,
);

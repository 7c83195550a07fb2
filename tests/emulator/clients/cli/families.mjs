/** Lives of objects of each family with twilio-cli, set up by the environment alone. Arguments: program of the CLI, plan. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

const [, , program = "", plan = ""] = process.argv;
const run = promisify(execFile);

const kebab = (name) => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase();
const flags = (given) =>
  Object.entries(given).flatMap(([key, value]) => {
    if (typeof value === "boolean") return [value ? `--${kebab(key)}` : `--no-${kebab(key)}`];
    return [`--${kebab(key)}`, typeof value === "string" ? value : JSON.stringify(value)];
  });

async function live({ cli, parent, creates, change, bad, limited }) {
  const within = parent ? ["--workspace-sid", parent] : [];
  const twilio = async (action, ...args) => {
    const { stdout } = await run(process.execPath, [program, `${cli}:${action}`, ...within, ...args]);
    return stdout.trim() ? JSON.parse(stdout) : undefined;
  };
  const refusal = (action, ...args) =>
    twilio(action, "-o", "json", ...args).then(
      () => null,
      ({ stdout }) => {
        const [{ status, code }] = JSON.parse(stdout);
        return [status, code];
      },
    );

  const made = [];
  for (const given of creates) {
    const [{ sid }] = await twilio("create", "-o", "json", ...flags(given));
    made.push(sid);
  }
  const listed = await twilio("list", "-o", "json", "--page-size", "50", "--no-limit");
  await twilio("update", "-o", "json", "--sid", made[0], ...flags(change));
  await twilio("remove", "--sid", made[1]);
  return {
    made,
    listed: listed.map(({ sid }) => sid),
    missing: await refusal("fetch", "--sid", made[1]),
    bad: await refusal("create", ...flags(bad)),
    limited: await refusal("fetch", "--sid", limited),
  };
}

const families = JSON.parse(readFileSync(plan, "utf8"));
const seen = {};
/** Two at a time: each command is a process of its own. */
const take = async () => {
  for (let family = families.shift(); family; family = families.shift())
    seen[family.family] = await live(family);
};
await Promise.all([take(), take()]);
process.stdout.write(JSON.stringify(seen));

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { marked } from "marked";
import { parse } from "yaml";
import { defaultAccountSid, defaultAuthToken, type Emulator, startEmulator } from "../../emulator/index";
import { clientOf, control, defaultTokenAlone } from "../emulator/support";

const root = join(__dirname, "../..");
const example = join(root, "examples/gitops");
const text = (file: string) => readFileSync(join(example, file), "utf8");

interface Step {
  name?: string;
  uses?: string;
  run?: string;
  env?: Record<string, string>;
}
interface Job {
  if: string;
  environment?: string;
  permissions?: Record<string, string>;
  concurrency?: { group: string; "cancel-in-progress": boolean; queue?: string };
  "timeout-minutes"?: number;
  steps: Step[];
}
type JobName = "preview" | "fork" | "up" | "drift";
const workflow: { on: object; permissions: object; env: Record<string, string>; jobs: Record<JobName, Job> } =
  parse(text(".github/workflows/inbound.yml"));
const jobs = Object.entries(workflow.jobs);
const secretsIn = (value: unknown) =>
  [...JSON.stringify(value).matchAll(/secrets\.(\w+)/g)].map(([, name = ""]) => name);
const runsPipeline = ({ run = "" }: Step) => run.includes("npm run");

describe("examples/gitops, its workflow", () => {
  test("calls scripts that there are", () => {
    const { scripts } = JSON.parse(text("package.json"));
    const called = jobs.flatMap(([, { steps }]) =>
      steps.flatMap(({ run = "" }) =>
        [...run.matchAll(/npm run (?:--silent )?([\w-]+)/g)].map(([, name]) => name),
      ),
    );
    expect(called).toEqual(["preview", "rehearse", "up", "drift"]);
    expect(Object.keys(scripts)).toEqual(called);
  });

  test("takes the secrets that the README lists, and gives them to the pipeline's steps only", () => {
    const [, table = ""] = /\| secret .*\n.*\n((?: *\|.*\n)+)/.exec(text("README.md")) ?? [];
    const listed = table
      .split("\n")
      .flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`(\w+)`/g)].map(([, name = ""]) => name));
    expect([...new Set(secretsIn(workflow))].sort()).toEqual(listed.sort());
    for (const [, { steps, ...job }] of jobs) {
      expect(secretsIn(job)).toEqual([]);
      for (const step of steps) expect(secretsIn(step).length > 0).toBe(runsPipeline(step));
    }
  });

  test("gives each job the rights that it needs, and a limit of time", () => {
    expect(workflow.permissions).toEqual({});
    expect(jobs.map(([name, { permissions }]) => [name, permissions])).toEqual([
      ["preview", { contents: "read", "pull-requests": "write" }],
      ["fork", undefined],
      ["up", { contents: "read" }],
      ["drift", { contents: "read", issues: "write" }],
    ]);
    for (const [, job] of jobs) expect(job["timeout-minutes"]).toBeGreaterThan(0);
  });

  test("lets one job at a time at the stack, and cancels none but an outdated preview", () => {
    const { preview, up, drift } = workflow.jobs;
    const lock = { group: "inbound-production", "cancel-in-progress": false, queue: "max" };
    expect(up.concurrency).toEqual(lock);
    expect(drift.concurrency).toEqual(lock);
    expect(preview.concurrency?.group).toContain("pull_request.number");
    expect(preview.concurrency?.group).not.toBe(lock.group);
  });

  test("runs no code of a fork with secrets, and nothing of a pull request's text as a command", () => {
    expect(Object.keys(workflow.on)).toEqual(["pull_request", "push", "schedule", "workflow_dispatch"]);
    const own = "github.event.pull_request.head.repo.full_name == github.repository";
    expect(workflow.jobs.preview.if).toContain(own);
    expect(workflow.jobs.fork.if).toContain(own.replace("==", "!="));
    for (const name of ["up", "drift"] as const) expect(workflow.jobs[name].if).toContain("refs/heads/main");
    const scripts = jobs.flatMap(([, { steps }]) => steps.map(({ run = "" }) => run));
    expect(scripts.join("\n")).not.toContain("${{");
  });

  test("pins its actions", () => {
    const used = jobs.flatMap(([, { steps }]) => steps.flatMap(({ uses }) => uses ?? []));
    expect(used).toHaveLength(10);
    // A tag can be moved to other code; the comment says which version the commit is.
    for (const action of used) expect(action).toMatch(/@[0-9a-f]{40}$/);
    expect(text(".github/workflows/inbound.yml").match(/uses: \S+ # v\d+\.\d+\.\d+$/gm)).toHaveLength(10);
  });

  test("has scripts that bash can read", async () => {
    for (const [, { steps }] of jobs) {
      for (const { run = "" } of steps) {
        expect(await execute("bash", ["-n", "-c", run], { cwd: root, env: process.env })).toMatchObject({
          code: 0,
        });
      }
    }
  });
});

function execute(command: string, args: string[], options: { cwd: string; env: NodeJS.ProcessEnv }) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(command, args, options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

describe("examples/gitops, its jobs as the workflow runs them", () => {
  const secrets: Record<string, string> = {
    PULUMI_CONFIG_PASSPHRASE: "planted-passphrase",
    TWILIO_ACCOUNT_SID: defaultAccountSid,
    TWILIO_AUTH_TOKEN: defaultAuthToken,
  };
  const botUrl = "https://bot:planted-password@bot.example.com/in?key=planted-key";
  const number = "PNe1000000000000000000000000000001";
  /** All that any job has printed or written. */
  const said: string[] = [];

  let emulator: Emulator;
  let folder: string;
  let state: string;
  /** What is committed: each job begins with a copy of it. */
  let repository: string;

  const account = () => emulator.state.account();
  const kept = () => {
    const { phoneNumbers, addressConfigurations, studioFlows } = account();
    return JSON.stringify({ phoneNumbers, addressConfigurations, studioFlows }, (key, value) =>
      key.startsWith("date_") ? undefined : value,
    );
  };
  const addressOf = (address: string) =>
    Object.values(account().addressConfigurations).find((each) => each.address === address);
  const stored = () => readFileSync(join(state, ".pulumi/stacks/gitops/production.json"), "utf8");

  /** What GitHub would put in for `${{ … }}`. */
  const filled = (env: Record<string, string> = {}) =>
    Object.fromEntries(
      Object.entries(env).map(([key, value]) => [
        key,
        value.replace(/\$\{\{ (\w+)\.(\w+) \}\}/g, (_, kind, name) =>
          kind === "vars" ? `file://${state}` : (secrets[name] ?? ""),
        ),
      ]),
    );
  const environment = (step: Step | undefined) => ({
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    TWILIO_BASE_URL: emulator.url,
    ...filled(workflow.env),
    ...filled(step?.env),
  });

  /** Runs a job's step on a checkout of its own, in which `change` stands for what a pull request changes. */
  async function run(
    name: JobName,
    change: (program: string) => string = (program) => program,
    env = {},
    steps = workflow.jobs[name].steps.filter(runsPipeline).slice(0, 1),
  ) {
    const checkout = mkdtempSync(join(folder, `${name}-`));
    cpSync(repository, checkout, { recursive: true });
    writeFileSync(join(checkout, "index.ts"), change(readFileSync(join(checkout, "index.ts"), "utf8")));
    const github = {
      GITHUB_OUTPUT: join(checkout, "output"),
      GITHUB_STEP_SUMMARY: join(checkout, "summary"),
    };
    let ended = { code: 0, stdout: "", stderr: "" };
    for (const step of steps) {
      const { code, stdout, stderr } = await execute("bash", ["-e", "-c", step.run ?? "exit 99"], {
        cwd: checkout,
        env: { ...environment(step), ...github, ...env },
      });
      ended = { code: ended.code || code, stdout: ended.stdout + stdout, stderr: ended.stderr + stderr };
    }
    const written = (file: string) =>
      existsSync(join(checkout, file)) ? readFileSync(join(checkout, file), "utf8") : "";
    const result = {
      ...ended,
      summary: written("summary"),
      file: written(`${name}.md`),
      output: written("output"),
      comment: written("comment.md"),
      picture: written("rehearsal.html"),
    };
    said.push(...Object.values(result).map(String));
    return result;
  }

  const pulumi = async (...args: string[]) => {
    const env = environment(workflow.jobs.up.steps.find(runsPipeline));
    const ended = await execute("pulumi", [...args, "--non-interactive"], { cwd: repository, env });
    if (ended.code !== 0) throw new Error(ended.stderr);
  };

  beforeAll(async () => {
    emulator = await startEmulator();
    folder = mkdtempSync(join(tmpdir(), "gitops-"));
    // Where `npm ci` puts the packages, seen from each checkout.
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    state = mkdtempSync(join(tmpdir(), "gitops-state-"));
    repository = join(folder, "repository");
    cpSync(example, repository, { recursive: true });
    await pulumi("stack", "init", "production");
    await pulumi("config", "set", "--secret", "botUrl", botUrl);
  }, 120_000);
  afterAll(async () => {
    for (const each of [folder, state]) rmSync(each, { recursive: true, force: true });
    await emulator.close();
  });

  let before: string;
  beforeAll(() => {
    before = kept();
  });

  test("a preview says what will be created, in the log, the summary and the comment, and changes nothing", async () => {
    const stack = stored();
    const { code, stdout, summary, file } = await run("preview");
    expect(code).toBe(0);
    expect(stdout).toContain("## Inbound channels: preview of `production`\n\n**5 to create**");
    expect(stdout).toContain("- **to create** PhoneNumberHandler `support-sms-number`\n");
    expect(stdout).toContain("  - `autoCreation.webhookUrl`: *a secret*\n");
    expect(file).toBe(stdout);
    expect(summary.trim()).toBe(stdout.trim());
    expect(kept()).toBe(before);
    expect(stored()).toBe(stack);
  }, 120_000);

  test("up makes it, tells each step, and ends with the outputs", async () => {
    const { code, stdout, stderr, summary } = await run("up");
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toContain("- created PhoneNumberHandler support-sms-number\n");
    expect(stdout).toContain("**5 created**");
    expect(stdout).toMatch(/- `routes\.sms`: `SMS to \+15017122661 → .*`\n/);
    expect(stdout).toContain("- `routes.bot`: *a secret*\n");
    expect(summary.trim()).toBe(stdout.trim());
    expect(addressOf("bot")?.auto_creation.webhook_url).toBe(botUrl);
    expect(account().phoneNumbers[number]?.sms_url).toBe("");
  }, 120_000);

  test("after it a preview has no changes and there is no drift", async () => {
    const preview = await run("preview");
    expect(preview).toMatchObject({ code: 0 });
    expect(preview.stdout).toContain("**No changes.**");
    const drift = await run("drift");
    expect(drift).toMatchObject({ code: 0, output: "code=0\n" });
    expect(drift.stdout).toContain("**No drift.**");
  }, 180_000);

  test("a preview of a change says it property by property, and what is created and deleted", async () => {
    const { code, stdout } = await run("preview", (program) =>
      program
        .replace(/.*web: .*\n/, "")
        .replace("bot: {", "robot: {")
        .replace('address: "bot"', 'address: "robot"')
        .replace('kind: "studio",', 'kind: "studio", retryCount: 1,'),
    );
    expect(code).toBe(0);
    expect(stdout).toContain("**1 to create, 1 to change, 2 to delete**");
    expect(stdout).toContain(
      "ConversationsAddress `support-sms-address`\n  - `autoCreation.studioRetryCount`: nothing → `1`\n",
    );
    expect(stdout).toContain("- **to create** ConversationsAddress `support-robot-address`\n");
    expect(stdout).toContain("- **to delete** ConversationsAddress `support-bot-address`\n");
    expect(stdout).toContain("- **to delete** ConversationsAddress `support-web-address`\n");
  }, 120_000);

  test("what it does to messages is in the same comment, with a map, and beside it as a picture", async () => {
    // Stands for GitHub's command.
    const bin = join(folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "gh"), '#!/bin/sh\necho "gh $*" >&2\n', { mode: 0o755 });
    const steps = workflow.jobs.preview.steps.filter(({ name = "" }) =>
      ["Preview", "Rehearse", "Comment"].includes(name),
    );
    const asked = emulator.requests.length;
    const stack = stored();
    const { code, summary, comment, picture, stderr } = await run(
      "preview",
      (program) => program.replace("web: {", 'news: { type: "chat", address: "news" },\n    web: {'),
      { PATH: `${bin}:${process.env.PATH}`, GITHUB_REPOSITORY: "shop/inbound", NUMBER: "7" },
      steps,
    );
    expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
    expect(stderr).toContain(
      "gh api --method POST repos/shop/inbound/issues/7/comments --field body=@comment.md",
    );
    expect(comment).toMatch(/^## Inbound channels: preview of `production`\n/);
    expect(comment).toContain("\n\n### Rehearsal\n\nup of the stack production finishes on the twin");
    expect(comment).toContain("| chat news | is new and reaches agents |  |");
    expect(comment).toMatch(/\n```mermaid\nflowchart LR\n[^`]*news/);
    expect(comment.length).toBeLessThan(65_536);
    expect(summary).toContain("### Rehearsal");
    expect(picture).toContain("<h1>Rehearsal of the stack production</h1>");
    expect(new Set(emulator.requests.slice(asked).map(({ method }) => method))).toEqual(new Set(["GET"]));
    expect(stored()).toBe(stack);
  }, 180_000);

  test("names cannot break the report, nor the log", async () => {
    const name =
      "x`|``<img src=x onerror=alert(1)>\\n::error::x</details> **@everyone** [a](http://b.example) \\u202e";
    const { code, stdout } = await run("preview", (program) =>
      program.replace(
        "web: {",
        `${JSON.stringify(name).replaceAll("\\\\", "\\")}: { type: "chat", address: "x" },\n    web: {`,
      ),
    );
    expect(code).toBe(0);
    expect(stdout).toContain("**1 to create**");
    const page = await marked.parse(stdout);
    expect(
      page
        .match(/<(?!\/)[a-z0-9]+/g)
        ?.filter((tag) => !/^<(h2|p|ul|li|strong|em|code|details|summary)$/.test(tag)),
    ).toEqual([]);
    expect(page.match(/<\/details>/g)).toHaveLength(1);
    expect(page).toContain(
      "support-x`|``&lt;img src=x onerror=alert(1)&gt;\\n::error::x&lt;/details&gt; **@everyone** [a]",
    );
    expect(stdout).not.toMatch(/^\s*::/m);
    expect(stdout).not.toContain("\u202e");
  }, 120_000);

  test("what was changed by hand is drift, by its properties; the state stays as it is", async () => {
    const { api, conversations } = {
      api: clientOf(emulator),
      conversations: clientOf(emulator).conversations.v1,
    };
    await api
      .incomingPhoneNumbers(number)
      .update({ smsUrl: "https://me:planted-hand@old.example.com/x?t=planted-query" });
    await conversations.addressConfigurations(addressOf("shop")?.sid ?? "").remove();
    await conversations.addressConfigurations(addressOf("bot")?.sid ?? "").update({
      "autoCreation.type": "webhook",
      "autoCreation.webhookUrl": "https://bot:planted-other@bot.example.com/in",
    });
    const [stack, found] = [stored(), kept()];
    const drift = await run("drift");
    expect(drift).toMatchObject({ code: 2, output: "code=2\n" });
    expect(drift.file).toBe(drift.stdout);
    expect(drift.stdout).toContain("**3 changed by hand**");
    expect(drift.stdout).toContain("- ConversationsAddress `support-web-address` is gone\n");
    expect(drift.stdout).toContain(
      "- PhoneNumberHandler `support-sms-number` is different\n  - `message.kind`: `none` → `webhook`\n  - `message.url`: nothing → `https://old.example.com/***`\n",
    );
    expect(drift.stdout).toContain(
      "- ConversationsAddress `support-bot-address` is different\n  - `autoCreation.webhookUrl`: *a secret*, another than before\n",
    );
    expect(stored()).toBe(stack);
    expect(kept()).toBe(found);
  }, 120_000);

  test("the next preview says that it is put back, and up puts it back", async () => {
    const preview = await run("preview");
    expect(preview.stdout).toContain("PhoneNumberHandler `support-sms-number`, which was changed by hand\n");
    const up = await run("up");
    expect(up).toMatchObject({ code: 0 });
    expect(up.stdout).toContain("**1 created, 2 changed**");
    expect(account().phoneNumbers[number]?.sms_url).toBe("");
    expect(addressOf("bot")?.auto_creation.webhook_url).toBe(botUrl);
    expect(addressOf("shop")).toBeDefined();
  }, 240_000);

  test("an error is no drift: code 1, and a report with the reason", async () => {
    const wrong = { TWILIO_AUTH_TOKEN: "planted-wrong-token" };
    for (const name of ["preview", "drift"] as const) {
      const refused = await run(name, undefined, wrong);
      expect(refused.code).toBe(1);
      expect(refused.summary).toContain(`## Inbound channels: ${name} of \`production\`\n\n**Failed:**`);
      expect(refused.summary).toMatch(/^- `.*Authenticate \(HTTP 401, code 20003\)/m);
      expect(refused.output).toBe(name === "drift" ? "code=1\n" : "");
    }
  }, 240_000);

  test("a program that does not compile, and a stack that is not there, have a report too", async () => {
    const broken = await run("preview", (program) => `${program}\nconst oops: number = "x";\n`);
    expect(broken.code).toBe(1);
    expect(broken.file).toMatch(
      /- `index\.ts.*error TS2322: Type 'string' is not assignable to type 'number'\.`\n/,
    );
    const nowhere = await run("drift", undefined, { PULUMI_STACK: "prodution" });
    expect(nowhere.code).toBe(1);
    expect(nowhere.file).toContain("- `no stack named 'prodution' found`");
  }, 120_000);

  test("no secret is in anything that was printed or written", async () => {
    expect(said.join("\n")).toContain("**5 created**");
    for (const each of said) expect(each).not.toMatch(new RegExp(`planted|${defaultTokenAlone.source}`));
  });

  test("destroy leaves the account as it was", async () => {
    await pulumi("destroy", "--yes", "--skip-preview");
    expect(kept()).toBe(before);
    expect(emulator.requests.flatMap(({ ignored }) => ignored)).toEqual([]);
  }, 120_000);

  test("an up that is ended lets the engine stop in order: a report, and no lock is left", async () => {
    await control(emulator, "POST", "faults", { match: { method: "POST" }, effect: { delayMs: 2_000 } });
    const step = workflow.jobs.up.steps.find(runsPipeline);
    const up = spawn("node", ["pipeline.mjs", "up"], { cwd: repository, env: environment(step) });
    let report = "";
    up.stdout.on("data", (chunk) => {
      report += chunk;
    });
    up.stderr.on("data", (chunk) => {
      if (/^- created/m.test(String(chunk))) up.kill("SIGTERM");
    });
    const [code] = await once(up, "close");
    await control(emulator, "DELETE", "faults");
    expect({ code, report }).toMatchObject({ code: 1 });
    expect(report).toContain("- `It was cancelled.`");
    expect(addressOf("shop")).toBeUndefined();
    await pulumi("destroy", "--yes", "--skip-preview");
    expect(kept()).toBe(before);
  }, 120_000);
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Session } from "../life/life";
import { copiesAround, copyFoundFrom, ownCopy, packageFrom } from "../program/copies";
import { type AccountSnapshot, type Problem, routesOf } from "../routing";
import { environment, type Settings, settingsFrom } from "../twilio/settings";
import { ApiError } from "../values/errors";
import { ifThere, takeSnapshot } from "./snapshot";
import { type ExitCode, exitCodes, type Paint, paint, print, reasonOf, withProgress } from "./terminal";

/** One line of what was looked at. */
interface Finding {
  level: "ok" | "warning" | "problem" | "unknown";
  about: string;
  /** What was found and, where it is not as it should be, what to do. */
  text: string;
}

const finding =
  (level: Finding["level"]) =>
  (about: string, text: string): Finding => ({ level, about, text });
const ok = finding("ok");
const warning = finding("warning");
const problem = finding("problem");
/** What could not be found out. */
const unknown = finding("unknown");

/** Prints what a program in this folder will meet: its installation, its credentials, and what their account has. */
export async function doctor(account: Session, folder = process.cwd()): Promise<ExitCode> {
  const findings: Finding[] = [];
  const tell = (...found: Finding[]) => {
    findings.push(...found);
    for (const one of found) print(line(one, paint));
  };
  tell(...installation(folder));
  const settings = settingsOrReason(account);
  if (typeof settings === "string") tell(unknown("credentials", settings));
  else {
    tell(...given(settings));
    tell(...(await lookAt(account)));
  }
  const is = (level: Finding["level"]) => findings.some((one) => one.level === level);
  if (is("unknown")) return exitCodes.notFoundOut;
  return is("problem") ? exitCodes.problem : exitCodes.ok;
}

const colours = { ok: "green", warning: "yellow", problem: "red" } as const;

function line({ level, about, text }: Finding, paint: Paint): string {
  const shown = level === "unknown" ? "problem" : level;
  return `${paint(colours[shown], shown.padEnd(7))}  ${about}: ${text}`;
}

function installation(folder: string): Finding[] {
  const own = ownCopy();
  const { engines, peerDependencies } = JSON.parse(readFileSync(join(own.folder, "package.json"), "utf8"));
  return [
    node(engines.node),
    pulumi(peerDependencies["@pulumi/pulumi"], folder),
    pointer(own.version, folder),
    ...copies(folder),
  ];
}

function node(wanted: string): Finding {
  const found = process.versions.node;
  return isAtLeast(found, wanted)
    ? ok("Node.js", found)
    : problem("Node.js", `${found} is too old; install ${wanted}`);
}

function pulumi(wanted: string, folder: string): Finding {
  const about = "@pulumi/pulumi";
  const found = packageFrom(about, folder);
  const install = `install it with: npm install "${about}@${wanted}"`;
  if (!found) return problem(about, `not found from ${folder}; ${install}`);
  const isSameMajor = numbersIn(found.version)[0] === numbersIn(wanted)[0];
  return isSameMajor && isAtLeast(found.version, wanted)
    ? ok(about, found.version)
    : problem(about, `${found.version} is not the ${wanted} that is needed; ${install}`);
}

function pointer(version: string, folder: string): Finding {
  const about = "pulumi-twilio-flex";
  const found = copyFoundFrom(folder)?.version;
  if (found === undefined) {
    const why = "the engine looks for it from the program's folder";
    return problem(about, `not found from ${folder}, and ${why}; run npm install ${about} there`);
  }
  return found === version
    ? ok(about, `${version}, found from ${folder} as the engine looks for it`)
    : problem(about, `this is ${version}, but ${folder} resolves to ${found}; depend on one version of it`);
}

function copies(folder: string): Finding[] {
  const about = "copies of it";
  const found = copiesAround(folder);
  if (found.length === 0) return [];
  if (found.length === 1) return [ok(about, "one")];
  const list = found.map((copy) => `${copy.version} in ${copy.folder}`).join(", ");
  return [warning(about, `${list}; make it a peer dependency of component packages, and run npm dedupe`)];
}

const numbersIn = (version: string) =>
  version
    .replace(/^[^\d]+/, "")
    .split(".")
    .map(Number.parseFloat);

/** Whether a version is not below the lowest of a range such as `>=20` or `^3.216.0`. */
function isAtLeast(version: string, range: string): boolean {
  const found = numbersIn(version);
  const lowest = numbersIn(range);
  const differing = lowest.findIndex((part, index) => part !== (found[index] ?? 0));
  return differing === -1 || (found[differing] ?? 0) > (lowest[differing] ?? 0);
}

function settingsOrReason(account: Session): Settings | string {
  try {
    return settingsFrom([environment]);
  } catch (error) {
    return reasonOf(error, account);
  }
}

function given({ username, accountSid, authToken, source, region, edge, baseUrl }: Settings): Finding[] {
  const forTheRest = authToken === undefined ? "" : " with the auth token for what a key may not do";
  const kind = username === accountSid ? "the account's auth token" : `an API key${forTheRest}`;
  return [
    ok("credentials", `${kind}, complete, from ${source.name}`),
    location(region, edge),
    ok("base URL", baseUrl ? `${baseUrl}, instead of Twilio` : "not set, so that Twilio itself is asked"),
  ];
}

/** https://www.twilio.com/docs/global-infrastructure: what each region has. */
function location(region: string, edge: string): Finding {
  const about = "region and edge";
  if (!region) return ok(about, "not set, so that Twilio's default is meant");
  const found = `${region} by way of ${edge}`;
  return region === "us1"
    ? ok(about, found)
    : warning(
        about,
        `${found}; Flex is in us1 only, and no other region has Conversations for SMS, WhatsApp or Messenger. Take both away, if it is Flex that the program configures`,
      );
}

async function lookAt(session: Session): Promise<Finding[]> {
  try {
    const account = await state(session);
    const progress = (lists: number) => `reading the account ${session.account}: ${lists} lists so far`;
    const [flex, snapshot] = await withProgress(progress, (step) =>
      Promise.all([
        ifThere(session.api.flexApi.v1.configuration().fetch(), "mayBeClosed"),
        takeSnapshot(session, step),
      ]),
    );
    return [
      account,
      flex
        ? ok("Flex", `set up, with TaskRouter workspace ${flex.taskrouterWorkspaceSid}`)
        : warning("Flex", "the account has none; create it in the Console, if this is the right account"),
      conversations(snapshot),
      proxy(snapshot),
      addresses(snapshot),
    ];
  } catch (error) {
    return [unknown("account", reasonOf(error, session))];
  }
}

async function state(session: Session): Promise<Finding> {
  const { api, account: sid, isApiKey } = session;
  try {
    const { friendlyName, status, type } = await api.api.v2010.accounts(sid).fetch();
    const text = `${friendlyName} (${sid}), ${type}, ${status}`;
    return status === "active"
      ? ok("account", text)
      : problem("account", `${text}; nothing can be changed in it until Twilio makes it active again`);
  } catch (error) {
    const isRefused = error instanceof ApiError && (error.status === 401 || error.status === 403);
    if (!isApiKey || !isRefused) throw error;
    // Only main keys may see the account itself. That this one works is seen by what it may do.
    await api.conversations.v1.configuration().fetch();
    return ok("account", `${sid}; the key works, though it may not see the account's name and status`);
  }
}

function conversations({ chatServices, defaultChatServiceSid }: AccountSnapshot): Finding {
  const about = "Conversations";
  const service = chatServices.find(({ sid }) => sid === defaultChatServiceSid);
  return service
    ? ok(about, `default service ${service.friendlyName || service.sid} (${service.sid})`)
    : warning(about, "no default service; set defaultChatServiceSid with a ConversationsConfiguration");
}

function proxy({ proxyServices }: AccountSnapshot): Finding {
  const service = proxyServices.find(({ uniqueName }) => uniqueName === "Flex Proxy Service");
  return service
    ? ok("Proxy", `${service.uniqueName} (${service.sid})`)
    : ok("Proxy", "no Flex Proxy Service; Flex Conversations does without, only the legacy path needs one");
}

function addresses(snapshot: AccountSnapshot): Finding {
  const about = "inbound addresses";
  const routes = routesOf(snapshot);
  const problems = routes.flatMap((route) => route.problems);
  if (problems.length === 0) return ok(about, `${routes.length}, without a problem`);
  const isError = problems.some(({ severity }) => severity === "error");
  const text = `${routes.length}, with ${byCode(problems)}; see npx pulumi-twilio-flex trace`;
  return isError ? problem(about, text) : warning(about, text);
}

function byCode(problems: Problem[]): string {
  const codes = [...new Set(problems.map(({ code }) => code))];
  return codes.map((code) => `${code} (${problems.filter((one) => one.code === code).length})`).join(", ");
}

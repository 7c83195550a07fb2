import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Session } from "../life/life";
import { copiesAround, copyFoundFrom, ownCopy, packageFrom } from "../program/copies";
import {
  type AccountSnapshot,
  danglingIn,
  endedWidgets,
  type Problem,
  type Route,
  routesOf,
} from "../routing";
import { type Settings, settingsFrom } from "../twilio/settings";
import { ApiError } from "../values/errors";
import { ifThere } from "./attempts";
import { engine } from "./engine";
import { type Finding, isAtLeast, isSameMajor, ok, problem, unknown, warning } from "./finding";
import { kinds, unreadText } from "./report";
import { takeSnapshot } from "./snapshot";
import {
  type Account,
  type ExitCode,
  exitCodes,
  type Paint,
  paint,
  print,
  reasonOf,
  withProgress,
} from "./terminal";

export interface DoctorOptions {
  json?: boolean;
}

/** Prints what a program in this folder will meet: its installation, its credentials, and what their account has. */
export async function doctor(account: Account, { json }: DoctorOptions = {}): Promise<ExitCode> {
  const folder = process.cwd();
  const findings: Finding[] = [];
  const tell = (...found: Finding[]) => {
    findings.push(...found);
    if (!json) for (const one of found) print(line(one, paint));
  };
  tell(...(await installation(folder)));
  const settings = settingsOrReason(account);
  if (typeof settings === "string") tell(unknown("credentials", settings));
  else {
    tell(...given(settings));
    tell(...(await lookAt(account)));
  }
  if (json) print(JSON.stringify({ findings }, null, 2));
  const is = (level: Finding["level"]) => findings.some((one) => one.level === level);
  if (is("unknown")) return exitCodes.notFoundOut;
  return is("problem") ? exitCodes.problem : exitCodes.ok;
}

const colours = { ok: "green", warning: "yellow", problem: "red" } as const;

function line({ level, about, text }: Finding, paint: Paint): string {
  const shown = level === "unknown" ? "problem" : level;
  return `${paint(colours[shown], shown.padEnd(7))}  ${about}: ${text}`;
}

async function installation(folder: string): Promise<Finding[]> {
  const own = ownCopy();
  const { engines, peerDependencies } = JSON.parse(readFileSync(join(own.folder, "package.json"), "utf8"));
  return [
    node(engines.node),
    ...(await engine(peerDependencies["@pulumi/pulumi"], folder)),
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
  return isSameMajor(found.version, wanted) && isAtLeast(found.version, wanted)
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

function settingsOrReason(account: Account): Settings | string {
  try {
    return settingsFrom(account.sources);
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

async function lookAt(session: Account): Promise<Finding[]> {
  try {
    const account = await state(session);
    const progress = (lists: number) => `reading the account ${session.account}: ${lists} lists so far`;
    const [flex, snapshot] = await withProgress(progress, (step) =>
      Promise.all([flexOf(session), takeSnapshot(session, step, "all")]),
    );
    return [
      account,
      flex,
      ...conversations(snapshot),
      proxy(snapshot),
      addresses(snapshot),
      ...calls(snapshot),
      widgets(snapshot),
      ...endedIn(snapshot),
      ...(snapshot.unread ?? []).map((one) => unknown("account", unreadText(one))),
    ];
  } catch (error) {
    return [unknown("account", reasonOf(error, session))];
  }
}

async function flexOf(session: Account): Promise<Finding> {
  const about = "Flex";
  try {
    const flex = await ifThere(session.api.flexApi.v1.configuration().fetch(), "mayBeClosed");
    return flex
      ? ok(about, `set up, with TaskRouter workspace ${flex.taskrouterWorkspaceSid}`)
      : warning(about, "the account has none; create it in the Console, if this is the right account");
  } catch (error) {
    return unknown(about, reasonOf(error, session));
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
    // Only main keys may see the account itself. Whether this one works is seen by what it may do.
    return ok("account", `${sid}; the key works, though it may not see the account's name and status`);
  }
}

function conversations({ chatServices, defaultChatServiceSid, unread = [] }: AccountSnapshot): Finding[] {
  if (unread.some(({ kind }) => kind === "chatService")) return [];
  const about = "Conversations";
  const service = chatServices.find(({ sid }) => sid === defaultChatServiceSid);
  return service
    ? [ok(about, `default service ${service.friendlyName || service.sid} (${service.sid})`)]
    : [warning(about, "no default service; set defaultChatServiceSid with a ConversationsConfiguration")];
}

function proxy({ proxyServices }: AccountSnapshot): Finding {
  const service = proxyServices.find(({ uniqueName }) => uniqueName === "Flex Proxy Service");
  return service
    ? ok("Proxy", `${service.uniqueName} (${service.sid})`)
    : ok("Proxy", "no Flex Proxy Service; Flex Conversations does without, only the legacy path needs one");
}

function addresses(snapshot: AccountSnapshot): Finding {
  const routes = routesOf(snapshot).filter(({ channel }) => channel !== "voice");
  return routesFinding("inbound addresses", routes);
}

function calls(snapshot: AccountSnapshot): Finding[] {
  const routes = routesOf(snapshot).filter(({ channel }) => channel === "voice");
  return routes.length === 0 ? [] : [routesFinding("numbers that take calls", routes)];
}

function routesFinding(about: string, routes: Route[]): Finding {
  const problems = routes.flatMap((route) => route.problems);
  if (problems.length === 0) return ok(about, `${routes.length}, without a problem`);
  const isError = problems.some(({ severity }) => severity === "error");
  const text = `${routes.length}, with ${byCode(problems)}; see npx pulumi-twilio-flex trace`;
  return isError ? problem(about, text) : warning(about, text);
}

/** A draft that names what is not there fails when it is published and runs. */
function widgets(snapshot: AccountSnapshot): Finding {
  const about = "Studio flows";
  const flows = snapshot.studioFlows.length;
  const found = danglingIn(snapshot);
  if (found.length === 0) return ok(about, `${flows}, whose widgets name nothing that is missing`);
  const list = found
    .slice(0, most)
    .map(
      ({ flow, isDraft, widget, kind, sid }) =>
        `${isDraft ? "the draft of " : ""}${flow.name}: widget ${widget} names the ${kinds[kind]} ${sid}`,
    );
  const more = found.length > most ? [`${found.length - most} more`] : [];
  const text = `${flows}; what they name is not in the account: ${[...list, ...more].join(", ")}. Set the widgets to what is there`;
  return found.some(({ isDraft }) => !isDraft) ? problem(about, text) : warning(about, text);
}

/** They fail whenever they run. */
function endedIn({ studioFlows }: AccountSnapshot): Finding[] {
  const found = studioFlows.flatMap(({ sid, friendlyName, published, draft }) =>
    endedWidgets(draft ?? published).map((one) => ({ ...one, flow: friendlyName || sid })),
  );
  const list = found
    .slice(0, most)
    .map(({ flow, widget, what }) => `${flow}: widget ${widget} hands on to ${what}`);
  const more = found.length > most ? [`${found.length - most} more`] : [];
  return found.length > 0
    ? [warning("Studio flows", `${[...list, ...more].join(", ")}. Take the widgets out`)]
    : [];
}

const most = 5;

function byCode(problems: Problem[]): string {
  const codes = [...new Set(problems.map(({ code }) => code))];
  return codes.map((code) => `${code} (${problems.filter((one) => one.code === code).length})`).join(", ");
}

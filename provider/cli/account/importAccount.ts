import "../../index";
import type { Session } from "../../life/life";
import { Refusal } from "../../values/errors";
import { type ExitCode, exitCodes, print, say, withProgress } from "../terminal";
import { programFiles, programText } from "./files";
import { flowFilesOf } from "./flowFiles";
import { readAccount } from "./inventory";
import { files, types } from "./kinds";
import { notesOf, tableOf } from "./notes";
import { planOf, type Wanted } from "./plan";
import { refuseFilled, writeProject } from "./project";
import { commandsFor, setSettings } from "./settings";
import { sourcesOf } from "./sources";

export interface ImportAccountOptions {
  out?: string;
  force?: boolean;
  only?: string[];
  match?: string;
  stack?: string;
  components?: boolean;
}

/** Writes a program, or a whole project, that takes over everything that the account has. */
export async function importAccount(account: Session, options: ImportAccountOptions): Promise<ExitCode> {
  const { out, force = false, match, stack, components = false } = options;
  const only = (options.only ?? []).flatMap(kindsCalled);
  if (out?.endsWith(".ts"))
    throw new Refusal(`--out ${out}: name a folder, or leave --out away and redirect what is printed`);
  if (out !== undefined) refuseFilled(out, force);
  else if (stack !== undefined)
    throw new Refusal("--stack sets the settings of a project; give --out <folder>, too");
  const { plan, sources, notes } = await withProgress(
    (steps) => `reading the account ${account.account}: ${steps} lists so far`,
    (step) =>
      programOf(
        account,
        { only, components, ...(match !== undefined && { match }) },
        out !== undefined,
        step,
      ),
  );
  if (out === undefined) {
    print(programText(plan.account, sources, notes).trimEnd());
    for (const { type, reason } of plan.unread) say(`${type}: could not be read: ${reason}`);
  } else {
    writeProject(out, `The Twilio account ${plan.account}`, programFiles(plan.account, sources, notes));
    say([tableOf(plan), "", ...notes, ""].join("\n"));
    const { settings } = sources;
    if (stack !== undefined) await setSettings(out, stack, settings);
    else if (settings.length > 0) say([setByHand, ...commandsFor(settings), ""].join("\n"));
    say(`wrote ${out}. See what it would change with: cd ${out} && npm install && pulumi preview`);
  }
  return plan.unread.length > 0 ? exitCodes.notFoundOut : exitCodes.ok;
}

const setByHand = "Set what may hold a credential to the values that are in use now:";

/** Reads the account and says what a program for it declares. */
export async function programOf(account: Session, wanted: Wanted, areFlowsFiles: boolean, step = () => {}) {
  const inventory = await readAccount(account, step);
  const plan = planOf(inventory, wanted, account.isApiKey);
  const flowFiles = areFlowsFiles ? await flowFilesOf(account, inventory.items, step) : undefined;
  const sources = sourcesOf(plan, flowFiles);
  return { plan, sources, notes: notesOf(plan, sources) };
}

/** A class, or all of a product. */
function kindsCalled(text: string): readonly string[] {
  const wanted = text.toLowerCase();
  const product = files[wanted];
  const kind = types.find((type) => type.toLowerCase() === wanted);
  if (product ?? kind) return product ?? [kind ?? ""];
  throw new Refusal(
    `--only ${text}: no such kind; give one of ${[...Object.keys(files), ...types].join(", ")}`,
  );
}

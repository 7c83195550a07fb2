import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { lookUpOutput } from "../lookups/lookup";
import type { LookupOptions } from "../lookups/options";
import { endProgram, programError } from "../program/program";
import { json } from "../twilio/fields";
import { readJson } from "../values/jsonText";
import { mayHoldSecret } from "../values/secrets";
import { given, nearest, problemsOf, written } from "../values/validate";
import { isRecord } from "../values/values";
import { type NamedSids, namesInFile } from "./namesInFile";
import { isKey, isSid, keyOf, kinds, type Mention, mentionsIn, prefixOf, resolved } from "./portable";

/** Options of `flowFromFile`. */
export interface FlowFromFileOptions extends LookupOptions {
  /**
   * Objects in place of those that the account is asked for, by their names as in the file: the SID or the resource. A SID
   * that is in the file is replaced in the same way, also inside a text. Names that are not in the file mean nothing, so
   * that several files may share them.
   *
   * @example { "workflow/Support": workflow, "number/+15017122661": "PN…", "ZS…": "ZS…" }
   */
  sids?: { [name: string]: pulumi.Input<string> | pulumi.CustomResource };
}

/**
 * The definition of a Studio flow in a file, for `StudioFlow`: JSON as Studio exports it, or as
 * `npx pulumi-twilio-flex pull --portable` writes it. A text in it such as `sid:workflow/Support` becomes the SID of the
 * object that is called so in the account that the program is for. Each kind of object that is named is listed once. A
 * workflow, task queue or task channel is first looked for in the workspace that Flex uses.
 *
 * The result is a secret where the definition may hold a credential.
 *
 * Errors: no such file, or no JSON object in it, with the place; a name that nothing in the account has, or more than one
 * object, with the place; no credentials, or wrong ones.
 *
 * @param file its path, from the program's folder
 * @example
 * new StudioFlow("opening", {
 *   friendlyName: "Opening hours",
 *   definition: flowFromFile("flows/opening-hours.json", { sids: { "workflow/Support": workflow } }),
 *   status: "published",
 * });
 */
export function flowFromFile(
  file: string,
  { sids = {}, ...opts }: FlowFromFileOptions = {},
): pulumi.Output<Definition> {
  const definition = definitionIn(file);
  const mentions = mentionsIn(definition);
  const wrong = mentions.filter(({ kind }) => kind === undefined).map(notAKind);
  if (wrong.length > 0) throw refused(file, wrong);

  const own = givenIn(file, sids);
  const asked = mentions.filter(({ key }) => !own.has(key));
  const keys = [...new Set(asked.map(({ key }) => key))];
  const args = { file, names: asked.map(({ key, path }) => ({ key, at: placeOf(path) })) };
  const found = asked.length > 0 ? lookUpOutput(namesInFile, args, opts) : pulumi.output<NamedSids>({});

  const definitionOf = pulumi
    .all([found, pulumi.all([...own.values()])])
    .apply(([{ sids: looked = [] }, values]) => {
      const bad = [...own.keys()].flatMap((key, index) => notItsSid(key, values[index]));
      if (bad.length > 0) return endProgram(refused(file, bad));
      return filledIn(definition, new Map([...zip(keys, looked), ...zip([...own.keys()], values)]));
    });
  const secret = pulumi.secret(undefined);
  return definitionOf.apply((result) => (mayHoldSecret(result) ? secret.apply(() => result) : definitionOf));
}

async function filledIn(definition: Definition, sidByKey: ReadonlyMap<string, string>): Promise<Definition> {
  const filled = resolved(definition, sidByKey);
  return isRecord(filled) ? filled : {};
}

type Definition = Record<string, unknown>;

/** The JSON object in a file, whatever it says. */
function definitionIn(file: string): Definition {
  const text = textIn(file);
  const problems = problemsOf(schema, { definition: text }, []);
  if (problems.length > 0) throw refused(file, problems);
  const { value } = readJson(text);
  return isRecord(value) ? value : {};
}

const schema = z.strictObject({ definition: json("the flow as Studio exports it") });

function textIn(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const { code } = isRecord(error) ? error : {};
    throw refused(file, [code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`]);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refused(file, ["it is no text in UTF-8"]);
  }
}

/** What stands in place of names and SIDs, by keys without `sid:`. */
function givenIn(
  file: string,
  sids: NonNullable<FlowFromFileOptions["sids"]>,
): Map<string, pulumi.Input<unknown>> {
  const all = Object.entries(sids).filter(([, value]) => value !== undefined);
  const wrong = all.flatMap(([key, value]) => {
    if (!isKey(keyOf(key))) return [notAKey(key)];
    return typeof value === "string" ? notItsSid(keyOf(key), value) : [];
  });
  if (wrong.length > 0) throw refused(file, wrong);
  return new Map(
    all.map(([key, value]) => [
      keyOf(key),
      pulumi.CustomResource.isInstance(value) ? value.id.apply(sidIn) : value,
    ]),
  );
}

const notAKey = (key: string): string =>
  `sids: ${JSON.stringify(key)} is neither a name as it is in the file, such as "workflow/Support", nor a SID; kinds are ${kinds.join(", ")}`;

function notAKind({ path, word }: Mention): string {
  const near = nearest(word, kinds);
  const hint = near ? `did you mean sid:${near}/…?` : `kinds are ${kinds.join(", ")}`;
  return `${placeOf(path)}: sid:${word}/… names no kind of object; ${hint}`;
}

function notItsSid(key: string, value: unknown): string[] {
  const prefix = prefixOf(key);
  if (typeof value === "string" && isSid(value) && value.startsWith(prefix)) return [];
  return [`sids: ${JSON.stringify(key)}: ${given(value)}; give a SID: ${prefix} and 32 hexadecimal digits`];
}

/** What lives in another object has an id of two SIDs. */
const sidIn = (id: string): string => id.slice(id.lastIndexOf("/") + 1);

const placeOf = (path: Mention["path"]): string => written(["definition", ...path]);

const refused = (file: string, problems: string[]): pulumi.RunError =>
  programError(`flowFromFile: ${file}: ${problems.join("; ")}`);

const zip = (keys: string[], values: readonly unknown[]): [string, string][] =>
  keys.flatMap((key, index): [string, string][] => {
    const value = values[index];
    return typeof value === "string" ? [[key, value]] : [];
  });

import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { Refusal } from "../values/errors";
import { alreadyThere, say } from "./terminal";
import { writeWhole } from "./wholeFile";

/** Before anything is read or run for the file that an option asks for. */
export function refuseFile(file: string, option: string, force = false): void {
  if (existsSync(file) && !force) throw new Refusal(alreadyThere(file, option));
  const folder = dirname(file);
  if (!existsSync(folder)) throw new Refusal(`there is no folder ${folder} for the file of ${option}`);
}

/** Writes a map that `--html` asks for. */
export function writePicture(file: string, document: string): void {
  writeWhole(file, document);
  say(`wrote ${file}`);
}

import { existsSync } from "node:fs";
import { Refusal } from "../values/errors";
import { alreadyThere, say } from "./terminal";
import { writeWhole } from "./wholeFile";

/** Before anything is read or run for the picture. */
export function refuseExisting(file: string, force = false): void {
  if (existsSync(file) && !force) throw new Refusal(alreadyThere(file, "--html"));
}

/** Writes a map that `--html` asks for. */
export function writePicture(file: string, document: string): void {
  writeWhole(file, document);
  say(`wrote ${file}`);
}

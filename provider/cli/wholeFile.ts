import { renameSync, rmSync, writeFileSync } from "node:fs";

/** Writes a file whole or not at all: whoever reads it meanwhile sees what was there before. */
export function writeWhole(file: string, text: string, mode = 0o666): void {
  const beside = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, text, { flag: "wx", mode });
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

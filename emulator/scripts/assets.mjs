// Puts the style and the script of the page beside its compiled code, as they are.
import { cpSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const pathOf = (path) => fileURLToPath(new URL(path, import.meta.url));
const built = pathOf("../dist/emulator/page/assets");

rmSync(built, { recursive: true, force: true });
cpSync(pathOf("../page/assets"), built, { recursive: true });

import { createPrivateKey, randomUUID, X509Certificate } from "node:crypto";
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { isObject } from "../api/body";
import { endOf, type Identity, newAuthority } from "./certificates";

const renewalMs = 90 * 86_400_000;
const ownerOnly = 0o600;

export interface Authority extends Identity {
  /** Path of the file that clients are to trust. */
  file: string;
}

/** https://specifications.freedesktop.org/basedir-spec/latest/ */
export const defaultFolder = (): string =>
  join(process.env.XDG_STATE_HOME || join(homedir(), ".local", "state"), "twilio-flex-emulator");

/**
 * The CA that is kept in `folder`, made where there is none or the last one is about to end. Key and certificate are one
 * file, `ca-key-<n>.pem`, which appears whole or not at all and is never changed: of several emulators that start at once,
 * one makes it and all use it. `ca.pem` is a copy of the certificate.
 */
export function openAuthority(folder: string): Authority {
  try {
    return open(folder);
  } catch (error) {
    if (!isObject(error) || !("syscall" in error)) throw error;
    throw new Error(`The CA cannot be kept in ${folder}: ${error.message}`);
  }
}

function open(folder: string): Authority {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const newest = newestIn(folder);
  const kept = newest > 0 ? read(keyFile(folder, newest)) : undefined;
  if (!kept || !isFit(kept)) {
    offer(keyFile(folder, newest + 1));
    return open(folder);
  }
  const file = join(folder, "ca.pem");
  publish(file, kept.certificate.toString());
  return { ...kept, file };
}

const keyFile = (folder: string, number: number) => join(folder, `ca-key-${number}.pem`);

function newestIn(folder: string): number {
  return Math.max(
    0,
    ...readdirSync(folder).map((name) => Number(/^ca-key-(\d+)\.pem$/.exec(name)?.[1] ?? 0)),
  );
}

function isFit({ certificate }: Identity): boolean {
  return Date.parse(certificate.validFrom) <= Date.now() && endOf(certificate) > Date.now() + renewalMs;
}

function read(path: string): Identity {
  const isShared = process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0;
  if (isShared) throw new Error(`${path} can be read by others. Remove it, and trust the next CA instead.`);
  const text = readFileSync(path, "utf8");
  const identity = parse(text);
  if (!identity) throw new Error(`${path} holds no CA and its key. Remove it, and a new one will be made.`);
  return identity;
}

function parse(text: string): Identity | undefined {
  try {
    const certificate = new X509Certificate(text);
    const key = createPrivateKey(text);
    return certificate.ca && certificate.checkPrivateKey(key) ? { certificate, key } : undefined;
  } catch {
    return undefined;
  }
}

/** A link, unlike a rename, takes nothing away from an emulator that was quicker. */
function offer(path: string): void {
  const { certificate, key } = newAuthority();
  const draft = `${path}.${randomUUID()}`;
  try {
    writeFileSync(draft, `${key.export({ type: "pkcs8", format: "pem" })}${certificate}`, {
      mode: ownerOnly,
    });
    linkSync(draft, path);
  } catch (error) {
    if (!isObject(error) || error.code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function publish(path: string, text: string): void {
  try {
    if (readFileSync(path, "utf8") === text) return;
  } catch {
    // It is not there yet.
  }
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}

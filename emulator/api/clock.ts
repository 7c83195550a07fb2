import { randomFillSync } from "node:crypto";

/** Source of the emulator's time. */
export type Clock = () => Date;

/** Source of chance: a number from 0 up to, but not including, 1. */
export type Random = () => number;

const BYTES = 6;
/** Chance in store: a SID takes 32 numbers, and asking the system for each took longer than the rest of a create. */
const pool = Buffer.alloc(1024 * BYTES);
let used = pool.length;

export const secureRandom: Random = () => {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += BYTES;
  return pool.readUIntBE(used - BYTES, BYTES) / 2 ** 48;
};

/** The same numbers in the same order for the same seed. Not for secrets. */
export function seededRandom(seed: number): Random {
  // mulberry32: https://github.com/cprosche/mulberry32
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `XX` and 32 lowercase hexadecimal digits. */
export function newSid(prefix: string, random: Random): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16));
  return prefix + digits.join("");
}

/** What a new record needs beside its contents: the date, and a SID for each prefix that it asks for. */
export interface Stamp {
  now: string;
  sid: (prefix: string) => string;
}

/** The form of dates in most answers: ISO 8601 in whole seconds. */
export const isoDate = (date: Date) => date.toISOString().replace(/\.\d+Z$/, "Z");

/** The form of dates in answers of the 2010-04-01 API. */
export const rfc2822Date = (date: string) => new Date(date).toUTCString().replace("GMT", "+0000");

import { isRecord } from "../../provider/values/values";

export const planted = (place: string) => `planted-${place}-4f9d1c`;
export const plant = /.{0,90}planted[-%\w]*-4f9d1c/;

/** A webhook that carries a credential wherever a URL can. */
export const hook = (place: string) =>
  `https://user:${planted(`${place}-password`)}@hooks.example.com/${planted(`${place}-path`)}?token=${planted(`${place}-query`)}`;

/** Puts one in each URL that is there or could be. */
export function plantIn(value: unknown, place = "account"): void {
  if (!isRecord(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const isUrl = /url$|callback$/i.test(key) && (inner === null || typeof inner === "string");
    if (isUrl) Reflect.set(value, key, hook(key));
    else plantIn(inner, `${place}-${key}`);
  }
}

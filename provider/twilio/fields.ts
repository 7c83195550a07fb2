import { z } from "zod";
import { digitsAsText, readJson } from "../values/jsonText";
import { refuse } from "../values/validate";
import type { HttpMethod } from "./webhooks";

/**
 * The kinds of arguments that Twilio's parameters are made of. Each describes itself as the end of the sentence
 * "…; give <description>", which is what a failed check says.
 */

/** A SID: two letters that name the kind of object and 32 hexadecimal digits. */
export const sid = (prefix: string, of: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}[0-9a-fA-F]{32}$`))
    .describe(`the SID of ${of}: ${prefix} and 32 hexadecimal digits`);

/** A phone number as the ITU writes it. */
export const e164 = () =>
  z
    .string()
    .regex(/^\+[1-9]\d{1,14}$/)
    .describe("a phone number in E.164 form, such as +15017122661");

/** A number for messages only, valid in one country. */
export const shortCode = () =>
  z
    .string()
    .regex(/^\d{3,8}$/)
    .describe("a short code: 3 to 8 digits");

/** An area code of the United States or Canada. */
export const areaCode = () =>
  z
    .string()
    .regex(/^[2-9]\d{2}$/)
    .describe("an area code of the US or Canada: three digits, such as 415");

/** A country as ISO 3166 writes it, in two letters. */
export const country = () =>
  z
    .string()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/)
    .describe("a country in two letters, such as US");

/** A WhatsApp number as Twilio writes it. */
export const whatsAppNumber = () =>
  z
    .string()
    .regex(/^whatsapp:\+[1-9]\d{1,14}$/)
    .describe("a WhatsApp number, such as whatsapp:+15017122661");

/** An address on the web, absolute. What URL parsers take out or escape in silence is refused. */
export const url = () =>
  z
    .string()
    .superRefine((text, context) => {
      const isUrl = /^\s*https?:\/\//i.test(text);
      if (isUrl && /[\s\p{Cc}]/u.test(text)) refuse(context, "a URL with white space in it");
      else if (!isUrl || !URL.canParse(text)) refuse(context);
    })
    .describe("an absolute URL that begins with https:// or http://");

/** A host by its name alone, or an address on it. */
export const hostOrUrl = () =>
  z
    .string()
    .refine((text) => /^[a-z\d-]+(\.[a-z\d-]+)+$/i.test(text) || url().safeParse(text).success)
    .describe("a host name, such as example-1234.twil.io, or an absolute URL");

/** Twilio writes it in upper case in most answers and in lower case in some. */
export const httpMethod = () =>
  z
    .string()
    .toUpperCase()
    .pipe(z.enum(["GET", "POST"]))
    .describe("GET or POST");

const anyMethod = httpMethod();

/** The method in an answer, which the SDK types as any text. */
export const methodIn = (answered: string | null | undefined): HttpMethod | undefined =>
  anyMethod.safeParse(answered).data;

export const oneOf = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z.enum(names).describe(names.length === 1 ? `"${names[0]}"` : `one of ${names.join(", ")}`);

/** Selects the member of a union. */
export const kind = <const Name extends string>(name: Name) => z.literal(name);

export const text = (most: number, least = 1) =>
  z
    .string()
    .min(least)
    .max(most)
    .describe(least === most ? `a text of ${most} characters` : `a text of ${least} to ${most} characters`);

export const flag = () => z.boolean().describe("true or false");

export const whole = (least: number, most = Number.MAX_SAFE_INTEGER) =>
  z
    .number()
    .int()
    .min(least)
    .max(most)
    .describe(
      most === Number.MAX_SAFE_INTEGER
        ? `a whole number from ${least}`
        : `a whole number from ${least} to ${most}`,
    );

/** An ISO 8601 duration of days, hours, minutes and seconds, such as `PT1H30M`. */
export const duration = (least: string, seconds: number) =>
  z
    .string()
    .refine((text) => secondsIn(text) >= seconds)
    .describe(`an ISO 8601 duration from ${least}, such as PT1H`);

function secondsIn(text: string): number {
  const [whole, days, hours, minutes, seconds] =
    /^P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text) ?? [];
  if (whole === undefined || whole === "P") return Number.NaN;
  const count = (part: string | undefined) => Number(part ?? 0);
  return ((count(days) * 24 + count(hours)) * 60 + count(minutes)) * 60 + count(seconds);
}

/** A list whose order means nothing. Sorted, without repetitions. */
export const setOf = (item: z.ZodType<string>, of: string) =>
  z
    .array(item)
    .overwrite((items) => [...new Set(items)].sort())
    .describe(`a list of ${of}`);

/** Words with commas between them, whose order means nothing. Sorted, without repetitions. */
export const wordSet = (of: string) =>
  z
    .string()
    .overwrite((text) => [...new Set(text.split(",").map((word) => word.trim()))].sort().join(","))
    .refine((text) => !text.split(",").includes(""))
    .describe(`a text of ${of}`);

export type Json = Record<string, unknown> | string;

/** A JSON object, given as such or as text. Its keys are nobody's business here. */
export const json = (of: string): z.ZodType<Json> =>
  z
    .union([
      object,
      z.string().transform((text, context) => {
        const { value, fault } = readJson(text);
        const parsed = object.safeParse(value);
        if (value !== undefined && fault) refuse(context, fault.reason, fault.path, digitsAsText);
        else if (fault) refuse(context, `a text that is not JSON (${fault.reason})`);
        else if (!parsed.success)
          refuse(context, `the JSON text of ${Array.isArray(value) ? "a list" : "no object"}`);
        else return parsed.data;
        return z.NEVER;
      }),
    ])
    .describe(`${of}: a JSON object, or its text`);

const object = z.record(z.string(), z.json());

/** A JSON object that somebody else has given as such or as text. */
export const jsonIn = (given: unknown): Json | undefined =>
  object.safeParse(typeof given === "string" ? readJson(given).value : given).data;

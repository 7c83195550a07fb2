import { isoDate } from "./clock";
import { invalidParameter, missingParameter } from "./errors";

/** Parameters by name: dotted names are literal, a repeated name is a list. */
export type Values = Record<string, unknown>;

/** The parameters of a request, after the checks gave them their types. Names are Twilio's: `Integration.FlowSid`. */
export class Params {
  constructor(private readonly values: Values) {}

  has(name: string): boolean {
    return this.values[name] !== undefined;
  }

  value(name: string): unknown {
    return this.values[name];
  }

  text(name: string): string | undefined {
    const value = this.values[name];
    return typeof value === "string" ? value : undefined;
  }

  /** A text that must be there and not be empty. */
  needed(name: string): string {
    const value = this.text(name);
    if (!value) throw missingParameter(name);
    return value;
  }

  number(name: string): number | undefined {
    const value = this.values[name];
    return typeof value === "number" ? value : undefined;
  }

  flag(name: string): boolean | undefined {
    const value = this.values[name];
    return typeof value === "boolean" ? value : undefined;
  }

  /** A date as answers show dates; null where it is empty or left out. */
  date(name: string): string | null {
    const text = this.text(name);
    if (!text) return null;
    const date = new Date(text);
    if (Number.isNaN(date.getTime())) throw invalidParameter(name, "must be an ISO 8601 date");
    return isoDate(date);
  }

  /** `Foo=` is how a form says the empty list. */
  list(name: string): string[] | undefined {
    const value = this.values[name];
    if (!Array.isArray(value)) return undefined;
    return value.filter((item): item is string => typeof item === "string" && item !== "");
  }
}

/** Whether a text is an absolute http or https URL. */
export const isWebUrl = (text: string) => /^https?:\/\//i.test(text) && URL.canParse(text);

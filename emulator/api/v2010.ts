import { rfc2822Date } from "./clock";
import { invalidParameter, TwilioError } from "./errors";
import type { Params } from "./params";

// What the families of the 2010-04-01 API share.

interface Dated {
  date_created: string;
  date_updated: string;
}

/** A record's dates as that API writes them. Records hold ISO 8601. */
export const shownDates = ({ date_created, date_updated }: Dated): Dated => ({
  date_created: rfc2822Date(date_created),
  date_updated: rfc2822Date(date_updated),
});

export function friendlyNameOf<T extends string | null>(params: Params, was: T): string | T {
  const name = params.text("FriendlyName");
  if (name && name.length > 64) throw invalidParameter("FriendlyName", "must be at most 64 characters");
  return name ?? was;
}

/** The URL that a field holds after the request, `""` where it was cleared. */
export function urlOf<T extends string | null>(params: Params, name: string, was: T): string | T {
  const url = params.text(name);
  if (url && (!/^https?:\/\//i.test(url) || !URL.canParse(url))) {
    throw new TwilioError(400, 21402, `${name} is not a valid URL`);
  }
  return url ?? was;
}

export const methodOf = <T extends string | null>(params: Params, name: string, was: T): string | T =>
  params.has(name) ? params.text(name)?.toUpperCase() || "POST" : was;

/** Filters on numbers find parts of them; `*` stands for any digit. A `+` in a query arrives as a space. */
export function numberMatcher(filter: string): RegExp {
  return new RegExp(
    [...filter]
      .filter((sign) => /[\d*]/.test(sign))
      .join("")
      .replaceAll("*", "\\d"),
  );
}

import type { Collections } from "../account/collections";
import { isObject } from "../api/body";
import type { Json } from "../kinds/kind";
import type { Source } from "./source";

/** Reads what a list does not show of an object, by its URL. The answer has the shape of the kind's answers. */
export const wholes: Partial<
  Record<keyof Collections, (url: string, source: Source) => Promise<Json | undefined>>
> = {
  channelsSenders: (url, source) => source.one(url),
  studioFlows: wholeFlow,
};

/** A flow with all its revisions. */
async function wholeFlow(url: string, source: Source): Promise<Json | undefined> {
  const [flow, revisions, testers] = await Promise.all([
    source.one(url),
    source.list(`${url}/Revisions`, "PageSize=1000"),
    source.one(`${url}/TestUsers`),
  ]);
  if (flow === undefined) return undefined;
  const numbers = revisions.map(({ revision }) => revision).reverse();
  const whole = await Promise.all(numbers.map((number) => source.one(`${url}/Revisions/${number}`)));
  return { ...flow, revisions: whole.filter(isObject), test_users: testers?.test_users };
}

/** The record of a flow, from what `wholeFlow` has read. */
export function flowRecord({
  sid,
  account_sid,
  date_created,
  date_updated,
  test_users,
  revisions,
}: Json): Json {
  const all = Array.isArray(revisions) ? revisions.filter(isObject) : [];
  return {
    sid,
    account_sid,
    date_created,
    date_updated,
    ...(Array.isArray(test_users) && test_users.length > 0 && { test_users }),
    revisions: all.map(({ revision, friendly_name, definition, status, ...shown }) => ({
      revision,
      friendly_name,
      definition,
      status,
      commit_message: shown.commit_message ?? null,
      author_sid: shown.author_sid ?? null,
      date_created: shown.date_created,
    })),
  };
}

import type { Twilio } from "twilio";
import type { AccountSession } from "../life/life";
import { Refusal, unlessGone } from "../values/errors";
import { Shared } from "./shared";

/** How many of the objects that were not meant are named in an error. */
const few = 5;

/** How the objects of one kind are found among those of the account. */
export interface Kind<Query, Answer> {
  /** How messages call such an object, and several of them. */
  readonly label: string;
  readonly plural: string;
  readonly fetch: (twilio: Twilio, sid: string) => Promise<Answer>;
  /** In one request, as far as pages go; `limit` ends it early. */
  readonly list: (twilio: Twilio, query: Partial<Query>, limit?: number) => Promise<Answer[]>;
  readonly sid: (answer: Answer) => string;
  /** What a person knows the object by. */
  readonly called: (answer: Answer) => string;
  /** Whether the object is one that is meant, where no SID is given. */
  readonly isMeant: (answer: Answer, query: Query) => boolean;
}

/** A kind with the list of all of them, which the lookups of a program share. */
export interface Finding<Query, Answer> extends Kind<Query, Answer> {
  readonly all: Shared<Answer[]>;
}

export const findable = <Query, Answer>(kind: Kind<Query, Answer>): Finding<Query, Answer> => ({
  ...kind,
  all: new Shared((session) => kind.list(session.api, {})),
});

/** The one object that is meant. None or several are an error that names candidates. */
export async function findOne<Query extends { sid?: string | undefined }, Answer>(
  session: AccountSession,
  query: Query,
  finding: Finding<Query, Answer>,
): Promise<Answer> {
  if (query.sid !== undefined) {
    const found = await unlessGone(finding.fetch(session.api, query.sid));
    return found ?? none(session, query, finding);
  }
  const meant = await meantOf(session, query, finding);
  const [only] = meant;
  if (only === undefined) return none(session, query, finding);
  if (meant.length === 1) return only;
  throw new Refusal(
    `${meant.length} ${finding.plural} of ${session.account} have ${written(query)}: ${candidates(meant, finding)}. Give the sid of one`,
  );
}

/** Those that are meant, as they are now: what this program has written since the list was asked for counts, too. */
async function meantOf<Query extends object, Answer>(
  session: AccountSession,
  query: Query,
  finding: Finding<Query, Answer>,
): Promise<Answer[]> {
  const isMeant = (answer: Answer) => finding.isMeant(answer, query);
  const { answer, isCurrent } = await finding.all.of(session);
  const seen = answer.filter(isMeant);
  if (isCurrent) return seen;
  const now = await Promise.all(seen.map((one) => unlessGone(finding.fetch(session.api, finding.sid(one)))));
  const there = now.filter((one) => one !== undefined).filter(isMeant);
  return there.length > 0 ? there : (await finding.list(session.api, query)).filter(isMeant);
}

async function none<Query extends object, Answer>(
  session: AccountSession,
  query: Query,
  finding: Finding<Query, Answer>,
): Promise<never> {
  const others = await finding.list(session.api, {}, few + 1);
  const rest =
    others.length > 0 ? `It has ${candidates(others, finding)}` : `It has no ${finding.plural} at all`;
  throw new Refusal(`${session.account} has no ${finding.label} with ${written(query)}. ${rest}`);
}

/** A few objects by SID and name. */
export function candidates<Answer>(
  answers: readonly Answer[],
  { sid, called }: Pick<Finding<never, Answer>, "sid" | "called">,
): string {
  const named = answers.slice(0, few).map((answer) => `${sid(answer)} (${called(answer)})`);
  return [...named, ...(answers.length > few ? ["and more"] : [])].join(", ");
}

const written = (query: object): string =>
  Object.entries(query)
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
    .join(" and ");

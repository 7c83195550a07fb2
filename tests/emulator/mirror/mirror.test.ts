import {
  defaultAccountSid,
  defaultAuthToken,
  type Emulator,
  mirror,
  type Profile,
  seeded,
  startEmulator,
} from "../../../emulator/index";
import { clientOf, useEmulator } from "../support";
import { readerOf, withToken } from "./support";

const legacy = useEmulator();
const conversations = useEmulator({ profile: "conversations" });
const bare = useEmulator({ profile: "bare" });

/** Several revisions, members, sessions and a subaccount: what no profile has. */
async function livedIn(emulator: Emulator) {
  const client = clientOf(emulator);
  const flow = { states: [{ name: "Trigger", type: "trigger", transitions: [] }], initial_state: "Trigger" };
  const { sid } = await client.studio.v2.flows.create({
    friendlyName: "Opening hours",
    status: "draft",
    definition: flow,
  });
  await client.studio.v2.flows(sid).update({ status: "published", commitMessage: "First" });
  await client.studio.v2
    .flows(sid)
    .testUsers()
    .update({ testUsers: ["+15017122999"] });
  const service = await client.messaging.v1.services.create({ friendlyName: "Support" });
  const [number] = await client.incomingPhoneNumbers.list({ limit: 1 });
  if (number)
    await client.messaging.v1.services(service.sid).phoneNumbers.create({ phoneNumberSid: number.sid });
  const conversation = await client.conversations.v1.conversations.create({ friendlyName: "Order 7" });
  await client.conversations.v1.conversations(conversation.sid).participants.create({ identity: "ada" });
  for (const body of ["one", "two"])
    await client.conversations.v1.conversations(conversation.sid).messages.create({ author: "ada", body });
  await client.api.v2010.accounts.create({ friendlyName: "Branch" });
}

/** What is there, as the API shows it, but for secrets. */
const seen = (emulator: Emulator) => mirror({ account: defaultAccountSid, get: readerOf(emulator) });

describe.each<[Profile, { readonly current: Emulator }]>([
  ["legacy", legacy],
  ["conversations", conversations],
  ["bare", bare],
])("an account of the profile %s", (_, emulator) => {
  test("starts as another emulator, which shows the same", async () => {
    await livedIn(emulator.current);
    const { seed, unread } = await seen(emulator.current);
    expect(unread).toEqual([]);
    const twin = await startEmulator({ seed: withToken(seed) });
    try {
      expect(await seen(twin)).toEqual({ seed, unread: [] });
      const own = emulator.current.state.account();
      const copied = twin.state.account();
      expect(copied.studioFlows).toEqual(own.studioFlows);
      expect(copied.messagingPhoneNumbers).toEqual(own.messagingPhoneNumbers);
      expect(copied.conversationMessages).toEqual(own.conversationMessages);
      expect(copied.chatRoles).toEqual(own.chatRoles);
      expect(copied.phoneNumbers).toEqual(own.phoneNumbers);
      expect(copied.flexConfiguration).toEqual(own.flexConfiguration);
      expect(Object.keys(twin.state.accounts)).toHaveLength(2);
    } finally {
      await twin.close();
    }
  });

  test("is only read, and none of its tokens is shown", async () => {
    await livedIn(emulator.current);
    const before = emulator.current.requests.length;
    const { seed } = await seen(emulator.current);
    const asked = emulator.current.requests.slice(before);
    expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(["GET"]));
    const tokens = Object.values(emulator.current.state.accounts).map(({ auth_token }) => auth_token);
    expect(tokens).toHaveLength(2);
    // The default token is also the end of the account's SID.
    const text = JSON.stringify(seed).replaceAll(defaultAccountSid, "");
    for (const token of [...tokens, defaultAuthToken]) expect(text).not.toContain(token);
  });
});

test("what comes and goes with customers can be left out", async () => {
  await livedIn(legacy.current);
  const all = await seen(legacy.current);
  const few = await mirror({
    account: defaultAccountSid,
    get: readerOf(legacy.current),
    withoutTraffic: true,
  });
  const kinds = ({ seed }: typeof all) => Object.keys(seed.accounts[defaultAccountSid] ?? {});
  expect(kinds(all)).toEqual(expect.arrayContaining(["conversations", "conversationMessages"]));
  expect(kinds(few)).not.toContain("conversations");
  expect(kinds(few)).toEqual(expect.arrayContaining(["studioFlows", "messagingPhoneNumbers"]));
});

test("what Twilio does not show is named, and the rest is there", async () => {
  legacy.current.addFault({
    match: { operationId: "ListTaskQueue" },
    effect: { status: 403, code: 20003, message: "Permission denied" },
  });
  const { seed, unread } = await seen(legacy.current);
  expect(unread).toEqual([
    {
      url: expect.stringContaining(`/Workspaces/${seeded.workspace}/TaskQueues`),
      why: expect.stringContaining("Permission denied"),
    },
  ]);
  expect(seed.accounts[defaultAccountSid]).toHaveProperty("taskrouterWorkflows");
});

test("services are there where the account has no Programmable Chat", async () => {
  legacy.current.addFault({ match: { host: "chat.twilio.com" }, effect: { status: 403, code: 20003 } });
  const { seed, unread } = await seen(legacy.current);
  expect(unread.map(({ url }) => url)).toEqual([
    expect.stringMatching(/^https:\/\/chat\.twilio\.com\/v2\/Services\?/),
  ]);
  const twin = await startEmulator({ seed: withToken(seed) });
  try {
    const { friendlyName } = await clientOf(twin).conversations.v1.services(seeded.chatService).fetch();
    expect(friendlyName).toBe(legacy.current.state.account().chatServices[seeded.chatService]?.friendly_name);
    expect(await clientOf(twin).chat.v2.services.list()).toHaveLength(2);
  } finally {
    await twin.close();
  }
});

test("lists of many pages are read to their end", async () => {
  const { conversations } = clientOf(bare.current);
  for (let index = 0; index < 120; index += 1)
    await conversations.v1.conversations.create({ friendlyName: String(index) });
  const { seed } = await seen(bare.current);
  expect(Object.values(seed.accounts[defaultAccountSid]?.conversations ?? {})).toHaveLength(120);
});

import { seeded } from "../../../../emulator/index";
import { ask, clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const account = () => emulator.current.state.account();
const path = `/api.twilio.com/2010-04-01/Accounts/${seeded.account}`;
const asKey = (credentials: string, resource: string) =>
  ask(emulator.current, `${path}/${resource}`, { credentials });

/** The SDK's classes of the two kinds have nothing in common. */
const kinds = [
  {
    name: "keys",
    create: (name?: string) => clientOf(emulator.current).newKeys.create({ friendlyName: name }),
    list: () => clientOf(emulator.current).keys.list({ pageSize: 1 }),
    fetch: (sid: string) => clientOf(emulator.current).keys(sid).fetch(),
    rename: (sid: string, friendlyName: string) =>
      clientOf(emulator.current).keys(sid).update({ friendlyName }),
    remove: (sid: string) => clientOf(emulator.current).keys(sid).remove(),
  },
  {
    name: "signing keys",
    create: (name?: string) => clientOf(emulator.current).newSigningKeys.create({ friendlyName: name }),
    list: () => clientOf(emulator.current).signingKeys.list({ pageSize: 1 }),
    fetch: (sid: string) => clientOf(emulator.current).signingKeys(sid).fetch(),
    rename: (sid: string, friendlyName: string) =>
      clientOf(emulator.current).signingKeys(sid).update({ friendlyName }),
    remove: (sid: string) => clientOf(emulator.current).signingKeys(sid).remove(),
  },
];

describe.each(kinds)("$name", ({ create, list, fetch, rename, remove }) => {
  test("live through create, fetch, update and delete; the secret is told once", async () => {
    const made = await create("Deploy");
    expect(made).toMatchObject({ friendlyName: "Deploy", secret: account().api_keys[made.sid] });
    const credentials = `${made.sid}:${made.secret}`;
    expect((await asKey(credentials, "Applications.json")).status).toBe(200);

    const fetched = await fetch(made.sid);
    expect(fetched).toMatchObject({ friendlyName: "Deploy" });
    expect(JSON.stringify(fetched)).not.toContain(made.secret);
    expect((await rename(made.sid, "Build")).friendlyName).toBe("Build");
    expect((await asKey(credentials, "Applications.json")).status).toBe(200);

    await remove(made.sid);
    expect((await asKey(credentials, "Applications.json")).status).toBe(401);
    await expect(fetch(made.sid)).rejects.toMatchObject({ status: 404, code: 20404 });
    await expect(remove(made.sid)).rejects.toMatchObject({ status: 404 });
  });

  test("are listed in pages, those of a seed among them", async () => {
    const planted = `SK${"1".repeat(32)}`;
    account().api_keys[planted] = "secret";
    const made = await create();
    expect((await list()).map(({ sid, friendlyName }) => [sid, friendlyName])).toEqual([
      [made.sid, ""],
      [planted, ""],
    ]);
    expect((await rename(planted, "Named")).friendlyName).toBe("Named");
    expect((await asKey(`${planted}:secret`, "Applications.json")).status).toBe(200);
  });

  test("have short names", async () => {
    await expect(create("x".repeat(65))).rejects.toMatchObject({ status: 400 });
    expect(account().api_keys).toEqual({});
  });
});

test("keys and signing keys are one, and no key reaches them", async () => {
  const { newKeys, signingKeys } = clientOf(emulator.current);
  const { sid, secret } = await newKeys.create();
  expect((await signingKeys.list()).map((key) => key.sid)).toEqual([sid]);
  for (const resource of ["Keys.json", `Keys/${sid}.json`, "SigningKeys.json"]) {
    expect(await asKey(`${sid}:${secret}`, resource)).toMatchObject({ status: 401, body: { code: 20003 } });
  }
});

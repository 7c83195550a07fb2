import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const credentials = () => clientOf(emulator.current).chat.v2.credentials;
const conversations = () => clientOf(emulator.current).conversations.v1.credentials;

test("credentials are made, listed, fetched, updated and deleted", async () => {
  const apple = await credentials().create({ type: "apn", friendlyName: "Phones", sandbox: true });
  expect(apple).toMatchObject({ type: "apn", friendlyName: "Phones", sandbox: "True" });
  expect(apple.url).toBe(`https://chat.twilio.com/v2/Credentials/${apple.sid}`);
  const android = await credentials().create({ type: "fcm", secret: "key" });
  expect((await credentials().list({ pageSize: 1 })).map(({ sid }) => sid)).toEqual([android.sid, apple.sid]);
  await credentials()(apple.sid).update({ friendlyName: "", sandbox: false });
  expect(await credentials()(apple.sid).fetch()).toMatchObject({
    type: "apn",
    friendlyName: null,
    sandbox: "False",
  });
  await credentials()(apple.sid).remove();
  await expect(credentials()(apple.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

test("a credential is the same under both APIs", async () => {
  const { sid } = await credentials().create({ type: "gcm", friendlyName: "Phones" });
  const seen = await conversations()(sid).fetch();
  expect(seen).toMatchObject({ type: "gcm", friendlyName: "Phones" });
  expect(seen.url).toBe(`https://conversations.twilio.com/v1/Credentials/${sid}`);
  await conversations()(sid).remove();
  expect(await credentials().list()).toEqual([]);
});

import { ask, clientOf, control, refusal, useEmulator } from "../../support";

const emulator = useEmulator();
const credentials = () => clientOf(emulator.current).conversations.v1.credentials;
const secrets = { certificate: "cert-7f3a", privateKey: "key-7f3a", apiKey: "api-7f3a", secret: "fcm-7f3a" };

test("credentials are made, listed, fetched, updated and deleted", async () => {
  const apple = await credentials().create({ type: "apn", friendlyName: "Phones" });
  expect(apple).toMatchObject({ type: "apn", friendlyName: "Phones", sandbox: "False" });
  const android = await credentials().create({ type: "fcm" });
  expect(android).toMatchObject({ type: "fcm", friendlyName: null, sandbox: null });
  expect((await credentials().list({ pageSize: 1 })).map(({ sid }) => sid)).toEqual([android.sid, apple.sid]);
  expect(await credentials()(apple.sid).update({ sandbox: true })).toMatchObject({
    friendlyName: "Phones",
    sandbox: "True",
  });
  expect((await credentials()(apple.sid).update({ friendlyName: "" })).sandbox).toBe("True");
  expect(await credentials()(apple.sid).fetch()).toMatchObject({ friendlyName: null, sandbox: "True" });
  expect((await credentials()(apple.sid).update({ type: "gcm" })).sandbox).toBeNull();
  await credentials()(apple.sid).remove();
  await expect(credentials()(apple.sid).fetch()).rejects.toMatchObject({ status: 404 });
  expect(Object.keys(emulator.current.state.account().conversationsCredentials)).toEqual([android.sid]);
});

test("a type is taken in any case, as the documents' own examples send it", async () => {
  const path = "/conversations.twilio.com/v1/Credentials";
  expect(await ask(emulator.current, path, { body: "Type=GcM" })).toMatchObject({
    status: 201,
    body: { type: "gcm" },
  });
  expect(await ask(emulator.current, path, { body: "Type=adm" })).toMatchObject(refusal(400, 20001));
});

test("their secrets are neither kept nor shown nor logged", async () => {
  const { sid } = await credentials().create({ type: "apn", ...secrets });
  const shown = [
    await credentials()(sid).update(secrets),
    await credentials()(sid).fetch(),
    emulator.current.requests,
    emulator.current.state,
    (await control(emulator.current, "GET", "requests")).body,
  ];
  expect(JSON.stringify(shown)).not.toContain("7f3a");
  const { params } = emulator.current.requests[0] ?? {};
  expect(Object.keys(params ?? {})).toEqual(
    expect.arrayContaining(["Certificate", "PrivateKey", "ApiKey", "Secret"]),
  );
});

test("refuses too long a name", async () => {
  const create = credentials().create({ type: "apn", friendlyName: "x".repeat(65) });
  await expect(create).rejects.toMatchObject({ status: 400, code: 20001 });
});

import { expect, Session } from "./session.mjs";
import { Steps } from "./steps.mjs";
import { print, printCommand, printFinding, printOutput } from "./terminal.mjs";

const smsNumber = "PNe1000000000000000000000000000001";
const byHand = "https://example.com/changed-by-hand";

/**
 * A stack's life from preview to destroy, with an accident in between.
 *
 * @param {object} stage
 * @param {import("./emulator.mjs").Emulator} stage.emulator
 * @param {import("./project.mjs").Project} stage.project
 */
export async function onEmulator({ emulator, project }) {
  const session = new Session(project);
  const steps = new Steps();

  const before = await steps.step("A Flex account on this machine", async () => {
    printCommand("twilio-flex-emulator --port 0");
    printOutput(`listening on ${emulator.url}`);
    const number = await emulator.number(smsNumber);
    printFinding(`${number.phone_number} hands its messages to ${number.sms_url}`);
    return number;
  });

  await steps.step("Preview: what would be done", async () => {
    await session.run("stack", "init", "demo");
    await session.run("preview");
  });

  await steps.step("Up: do it", async () => {
    const counts = await session.run("up", "--yes", "--skip-preview");
    expect(counts.created > 0, "up created nothing");
  });

  await steps.step("Where a message goes now", async () => {
    const { smsRoute } = await session.showRoutes();
    const { sms_url } = await emulator.number(smsNumber);
    const [proxy] = /KS\w{32}/.exec(smsRoute) ?? [""];
    expect(sms_url.includes(`/Proxy/${proxy}/`), `the number's handler is ${sms_url}, not the Proxy service`);
    printFinding(`in Twilio the number's handler is ${sms_url}`);
  });

  await steps.step("Up again: nothing to do", async () => {
    const again = () => session.run("up", "--yes", "--skip-preview");
    const { result, writes, reads } = await emulator.during(again);
    expect(Object.keys(result).join() === "unchanged", "a second up changed something");
    printFinding(`${writes} writes and ${reads} reads: the program's lookups, nothing for the resources`);
  });

  await steps.step("Somebody changes the number by hand", async () => {
    const { path, body } = await emulator.setMessageHandler(smsNumber, byHand);
    printCommand(
      `curl -u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN" -d ${body} \\\n      ${emulator.url}/api.twilio.com${path}`,
    );
    printFinding(`the number's handler is ${(await emulator.number(smsNumber)).sms_url}`);
  });

  await steps.step("Refresh: it shows", async () => {
    const counts = await session.run("refresh", "--yes", "--skip-preview", "--diff");
    expect(counts.updated === 1, "refresh did not see what was changed by hand");
  });

  await steps.step("Up: it is repaired", async () => {
    const counts = await session.run("up", "--yes", "--skip-preview");
    expect(counts.updated === 1, "up did not repair what was changed by hand");
    const { sms_url } = await emulator.number(smsNumber);
    expect(sms_url !== byHand, "the number still has the handler that was set by hand");
    printFinding(`the number's handler is ${sms_url}`);
  });

  await steps.step("Destroy: what the program made goes, what was there before comes back", async () => {
    const counts = await session.run("destroy", "--yes", "--skip-preview");
    expect(counts.deleted > 0, "destroy deleted nothing");
    const { sms_url } = await emulator.number(smsNumber);
    expect(sms_url === before.sms_url, `the number's handler is ${sms_url}, not ${before.sms_url} as before`);
    printFinding(`the number's handler is ${sms_url} again`);
  });

  steps.summary();
  print();
  print(
    "The program is examples/inbound-channels/index.ts. README.md says how to run it on your own account.",
  );
}

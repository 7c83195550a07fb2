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
 * @param {string} stage.name of the example
 * @param {import("./examples.mjs").Example} stage.example
 */
export async function onEmulator({ emulator, project, name, example: { profile, answers, traced } }) {
  const session = new Session(project);
  const steps = new Steps();

  const before = await steps.step("A Flex account on this machine", async () => {
    printCommand(`twilio-flex-emulator --port 0 --profile ${profile}`);
    printOutput(`listening on ${emulator.url}`);
    const number = await emulator.number(smsNumber);
    printFinding(`the message handler of ${number.phone_number} is ${handlerOf(number)}`);
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
    await session.showRoutes();
    const number = await emulator.number(smsNumber);
    expect(answers(number), `the number's handler is ${handlerOf(number)}`);
    printFinding(`in Twilio the number's handler is ${handlerOf(number)}`);
    await session.trace(...traced);
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
    printFinding(`the number's handler is ${handlerOf(await emulator.number(smsNumber))}`);
  });

  await steps.step("Refresh: it shows", async () => {
    const counts = await session.run("refresh", "--yes", "--skip-preview", "--diff");
    expect(counts.updated === 1, "refresh did not see what was changed by hand");
  });

  await steps.step("Up: it is repaired", async () => {
    const counts = await session.run("up", "--yes", "--skip-preview");
    expect(counts.updated === 1, "up did not repair what was changed by hand");
    const number = await emulator.number(smsNumber);
    expect(answers(number), "the number still has the handler that was set by hand");
    printFinding(`the number's handler is ${handlerOf(number)}`);
  });

  await steps.step("Destroy: what the program made goes, what was there before comes back", async () => {
    const counts = await session.run("destroy", "--yes", "--skip-preview");
    expect(counts.deleted > 0, "destroy deleted nothing");
    const number = await emulator.number(smsNumber);
    expect(number.sms_url === before.sms_url, `the number's handler is ${handlerOf(number)}, not as before`);
    printFinding(`the number's handler is ${handlerOf(number)} again`);
  });

  steps.summary();
  print();
  print(`The program is examples/${name}/index.ts. Its README.md says how to run it on your own account.`);
}

const handlerOf = (/** @type {{ sms_url: string }} */ number) => number.sms_url || "blank";

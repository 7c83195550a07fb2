import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const workspace = (sid: string = seeded.workspace) =>
  clientOf(emulator.current).taskrouter.v1.workspaces(sid);
const missing = { status: 404, code: 20404 };

test("a workspace has no events, whatever happens in it", async () => {
  await workspace().tasks.create({});
  expect(await workspace().events.list({ minutes: 60, eventType: "task.created" })).toEqual([]);
  await expect(
    workspace()
      .events(`EV${"0".repeat(32)}`)
      .fetch(),
  ).rejects.toMatchObject(missing);
  await expect(workspace(`WS${"0".repeat(32)}`).events.list()).rejects.toMatchObject(missing);
});

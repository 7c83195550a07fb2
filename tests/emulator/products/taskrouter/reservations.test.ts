import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const flex = () => clientOf(emulator.current).taskrouter.v1.workspaces(seeded.workspace);
const missing = { status: 404, code: 20404 };
const reservation = `WR${"0".repeat(32)}`;

test("a task has no reservations", async () => {
  const { sid } = await flex().tasks.create({});
  const { reservations } = flex().tasks(sid);
  expect(await reservations.list({ reservationStatus: "pending" })).toEqual([]);
  await expect(reservations(reservation).fetch()).rejects.toMatchObject(missing);
  await expect(reservations(reservation).update({ instruction: "accept" })).rejects.toMatchObject(missing);
  const noTask = flex().tasks(`WT${"0".repeat(32)}`);
  await expect(noTask.reservations.list()).rejects.toMatchObject(missing);
});

test("a worker has no reservations", async () => {
  const { sid } = await flex().workers.create({ friendlyName: "alice" });
  const { reservations } = flex().workers(sid);
  expect(await reservations.list()).toEqual([]);
  await expect(reservations(reservation).fetch()).rejects.toMatchObject(missing);
  await expect(reservations(reservation).update({ reservationStatus: "accepted" })).rejects.toMatchObject(
    missing,
  );
  const noWorker = flex().workers(`WK${"0".repeat(32)}`);
  await expect(noWorker.reservations.list()).rejects.toMatchObject(missing);
});

import { problemsOf } from "../../../emulator/conformance/report";
import { type Run, refuseUnknownKinds, runExamples } from "../../../emulator/conformance/run";

let run: Run;

beforeAll(async () => {
  run = await runExamples();
});

test("every departure from Twilio's examples has a reason, and every reason a departure", () => {
  expect(problemsOf(run)).toEqual([]);
});

test("the emulator fails at none of them", () => {
  const failures = run.deviations.filter(
    ({ kind, ours }) => kind === "status" && /"status":500/.test(JSON.stringify(ours)),
  );
  expect(failures).toEqual([]);
});

test("an operation that nobody has said where its objects are kept is reported", () => {
  const kinds = "flex_v1 /v1/FlexFlows";
  expect(() => refuseUnknownKinds([{ kind: kinds, operationId: "FetchFlexFlow" }])).not.toThrow();
  expect(() => refuseUnknownKinds([{ kind: "flex_v1 /v1/Things", operationId: "FetchThing" }])).toThrow(
    "Say in emulator/kinds where these are kept:\n  flex_v1 /v1/Things (FetchThing)",
  );
});

test("a departure without a reason is reported with its operation, example and place", () => {
  const unknown = {
    document: "flex_v1",
    operationId: "FetchFlexFlow",
    example: "fetch",
    key: "enabled",
    kind: "value",
    theirs: true,
    ours: false,
    requested: undefined,
    isInSchema: true,
  } as const;
  expect(problemsOf({ ...run, deviations: [...run.deviations, unknown] })).toEqual([
    "no reason: flex_v1 FetchFlexFlow fetch: enabled: value; example true, here false",
  ]);
});

test("a reason that nothing needs any more is reported", () => {
  const fewer = run.deviations.filter(({ operationId }) => operationId !== "UpdateFlow");
  expect(problemsOf({ ...run, deviations: fewer })).toEqual([
    expect.stringContaining('no departure needs the reason "An update makes a new revision'),
  ]);
});

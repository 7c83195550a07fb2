import * as pulumi from "@pulumi/pulumi";
import { type Emulator, startEmulator } from "../../emulator/index";
import { emulatorCredentials } from "../stacks/onStack";

/** One emulator for a test file, as it was at the start before each test, and a program that is configured for it. */
export function useProgram(): { readonly emulator: Emulator } {
  let running: Emulator | undefined;
  const emulator = () => {
    if (!running) throw new Error("The emulator is not running");
    return running;
  };
  beforeAll(async () => {
    running = await startEmulator({ strict: true });
  });
  beforeEach(async () => {
    emulator().reset();
    await startProgram({ ...emulatorCredentials, baseUrl: emulator().url });
  });
  afterEach(() => {
    expect(emulator().requests.filter(({ status, ignored }) => status === 500 || ignored.length > 0)).toEqual(
      [],
    );
  });
  afterAll(() => emulator().close());
  return {
    get emulator() {
      return emulator();
    },
  };
}

/** From here on the test is a program with this stack configuration. */
export async function startProgram(
  config: Record<string, string>,
  { preview = false, secret = ["authToken"] } = {},
): Promise<void> {
  const nothing = {
    newResource: ({ name, inputs, id }: pulumi.runtime.MockResourceArgs) => ({
      id: id ?? name,
      state: inputs,
    }),
    call: () => ({}),
  };
  await pulumi.runtime.setMocks(nothing, "test", "dev", preview);
  runAsProgram();
  const entries = Object.entries(config).map(([key, value]) => [`twilio:${key}`, value]);
  pulumi.runtime.setAllConfig(
    Object.fromEntries(entries),
    secret.map((key) => `twilio:${key}`),
  );
}

/** From here on the program is no unit test of a user's, whose lookups are mocked: it asks the emulator. */
export function runAsProgram(): void {
  const mocks = pulumi.runtime.getMonitor();
  if (!mocks) throw new Error("setMocks comes first");
  const { getProject, getStack, isDryRun, setMockOptions } = pulumi.runtime;
  const monitor = new Proxy(Object.create(null), {
    get: (_, key) => {
      const member: unknown = Reflect.get(mocks, key);
      return typeof member === "function" ? member.bind(mocks) : member;
    },
  });
  setMockOptions(monitor, getProject(), getStack(), isDryRun());
}

/** A resource whose `value` is known only after a preview. */
export class Later extends pulumi.CustomResource {
  declare readonly value: pulumi.Output<string>;
  constructor(name: string) {
    super("test:index:Later", name, { value: undefined });
  }
}

export const resolved = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => output.apply(resolve));

/** Whether an output is known. Its `apply` is not called where it is not. */
export async function isKnown(output: pulumi.Output<unknown>): Promise<boolean> {
  let known = false;
  const watched = output.apply(() => {
    known = true;
  });
  await pulumi.isSecret(watched);
  await new Promise((resolve) => setTimeout(resolve, 200));
  return known;
}

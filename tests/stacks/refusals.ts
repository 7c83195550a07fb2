import type { onStack } from "./onStack";

type Program = () => Promise<void>;

/** What previews of a stack refuse, without a write. */
export function refusalsOf(stack: ReturnType<typeof onStack>) {
  const run =
    (declare: () => unknown): Program =>
    async () => {
      declare();
    };

  /** What preview says; nothing is written. */
  async function refusal(program: Program): Promise<string> {
    const before = stack.emulator.requests.length;
    const { failed, output } = await stack.preview(program);
    expect({ failed, output }).toMatchObject({ failed: true });
    const made = stack.emulator.requests.slice(before);
    expect(made.filter(({ method, path }) => method !== "GET" && !path.endsWith("/Validate"))).toEqual([]);
    return output;
  }

  /** The engine ends a preview at the first refusal: each of these is a program of its own. */
  async function refusals(...declarations: (() => unknown)[]): Promise<string> {
    const outputs: string[] = [];
    for (const declare of declarations) outputs.push(await refusal(run(declare)));
    return outputs.join("\n");
  }
  return { run, refusal, refusals };
}

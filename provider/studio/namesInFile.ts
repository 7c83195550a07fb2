import { z } from "zod";
import { defineLookup } from "../lookups/lookup";
import { sidOf } from "../lookups/names";
import { Refusal } from "../values/errors";
import { kinds } from "./portable";

interface Args {
  file: string;
  names: { key: string; at: string }[];
}

/** In the order of the names, each once. Under Pulumi's mocks there may be none: then the names stay as they are. */
export interface NamedSids {
  sids?: string[];
}

/** The SIDs of names in a file. */
export const namesInFile = defineLookup<Args>()("flowFromFile", {
  args: z.strictObject({
    file: z.string(),
    names: z.array(z.strictObject({ key: z.string(), at: z.string() })),
  }),
  async ask(session, { file, names: asked }): Promise<NamedSids> {
    const places = new Map<string, string>();
    for (const { key, at } of asked) places.set(key, places.get(key) ?? at);
    const looked = [...places].map(async ([key, at]) => {
      const kind = kinds.find((one) => key.startsWith(`${one}/`));
      const found = kind && (await sidOf(session, kind, key.slice(kind.length + 1)));
      if (found === undefined || "sid" in found) return found;
      return {
        problem: `${at}: ${found.problem}. Give the SID or the resource by sids: { ${JSON.stringify(key)}: … }`,
      };
    });
    const answers = await Promise.all(looked);
    const problems = answers.flatMap((one) => (one && "problem" in one ? [one.problem] : []));
    if (problems.length > 0) throw new Refusal(`${file}: ${problems.join("; ")}`);
    return { sids: answers.flatMap((one) => (one && "sid" in one ? [one.sid] : [])) };
  },
});

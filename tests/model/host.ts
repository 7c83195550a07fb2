import "./hurry.js";
import "../../provider/index";
import { dynamicProvider } from "../../provider/hosts/dynamic";
import { resourceNamed } from "../../provider/life/define";
import { Run } from "../../provider/life/run";
import { openSession } from "../../provider/twilio/session";
import type { SettingKey } from "../../provider/twilio/settings";
import { isRecord } from "../../provider/values/values";
import { type Properties, type ProviderHost, Refused } from "../hosts/host";

/**
 * A provider host without its process and without gRPC, which takes a tenth of the time: the model test runs thousands of
 * programs. All that the provider does is between `dynamicProvider` and the emulator, as in the real one.
 */
export function startHostHere(): ProviderHost {
  let config: Record<string, string> = {};
  let run = new Run();
  let printed = "";
  let providers = new Map<string, ReturnType<typeof dynamicProvider>>();

  const print = (text: string) => {
    printed += `warning: ${text}\n`;
  };
  const provider = (type: string) => {
    const known = providers.get(type);
    if (known) return known;
    const source = {
      name: "the test",
      label: (key: string) => key,
      stored: false,
      get: (key: SettingKey) => config[key],
    };
    const made = dynamicProvider(
      type,
      () => resourceNamed(type).life,
      (_, to) => Object.assign(openSession([source], to), { run }),
      { warn: print, say: () => {}, flush: async () => {} },
    );
    providers.set(type, made);
    return made;
  };
  /** What arrives on the other side of gRPC. */
  const plain = (value: unknown): Properties => {
    const parsed: unknown = JSON.parse(JSON.stringify(value ?? {}));
    return isRecord(parsed) ? parsed : {};
  };
  const told = async <Result>(asked: Promise<Result>): Promise<Result> => {
    try {
      return await asked;
    } catch (error) {
      const { id, properties, reasons } = isRecord(error) ? error : {};
      const message = error instanceof Error ? error.message : String(error);
      if (typeof id !== "string" || !Array.isArray(reasons)) throw new Refused(2, message);
      throw new Refused(2, message, { id, properties: plain(properties), reasons: reasons.map(String) });
    }
  };

  return {
    printed: () => printed,
    renew: async () => {
      const before = printed;
      printed = "";
      run = new Run();
      providers = new Map();
      return before;
    },
    configure: async (given) => {
      config = given;
    },
    check: async (type, was, given) => {
      const { inputs, failures } = await told(provider(type).check(was, plain(given)));
      return {
        inputs: plain(inputs),
        reasons: failures.map(({ reason }) => reason),
        properties: failures.map(({ property }) => property),
      };
    },
    diff: async (type, id, state, inputs) => {
      const found = await told(provider(type).diff(id, plain(state), plain(inputs)));
      const changes =
        found.changes === undefined ? "DIFF_UNKNOWN" : found.changes ? "DIFF_SOME" : "DIFF_NONE";
      return {
        changes,
        replaces: found.replaces,
        deletesFirst: ("deleteBeforeReplace" in found && found.deleteBeforeReplace) || undefined,
      };
    },
    create: async (type, inputs) => {
      const { id, outs } = await told(provider(type).create(plain(inputs)));
      return { id, state: plain(outs) };
    },
    read: async (type, id, state) => {
      const seen = await told(provider(type).read(id, plain(state)));
      return { id: seen.id, state: plain(seen.props), inputs: plain("inputs" in seen ? seen.inputs : {}) };
    },
    update: async (type, id, state, inputs) => {
      const { outs } = await told(provider(type).update(id, plain(state), plain(inputs)));
      return { state: plain(outs) };
    },
    delete: async (type, id, state) => {
      await told(provider(type).delete(id, plain(state)));
    },
    stop: () => {},
  };
}

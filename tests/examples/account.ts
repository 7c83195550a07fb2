import type { Emulator } from "../../emulator/index";

/** What programs of channels change in an account, but for dates. */
export function channelsOf(emulator: Emulator): string {
  const { phoneNumbers, channelsSenders, addressConfigurations, studioFlows } = emulator.state.account();
  return JSON.stringify(
    { phoneNumbers, channelsSenders, addressConfigurations, studioFlows },
    (key, value) => (key.startsWith("date_") ? undefined : value),
  );
}

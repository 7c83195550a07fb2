import { type Kinds, nothing, objects, single } from "./kind";

export const flexKinds: Kinds = {
  "flex_v1 /v1/account/provision/status": nothing,
  "flex_v1 /v1/Channels": objects("flexChannels"),
  "flex_v1 /v1/Configuration": single("flexConfiguration"),
  "flex_v1 /v1/FlexFlows": objects("flexFlows"),
  "flex_v1 /v1/WebChannels": objects("flexWebChannels"),
};

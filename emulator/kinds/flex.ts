import { type Kinds, nothing, single } from "./kind";

export const flexKinds: Kinds = {
  "flex_v1 /v1/account/provision/status": nothing,
  "flex_v1 /v1/Configuration": single("flexConfiguration"),
};

import { apiKinds } from "./api";
import { chatKinds } from "./chat";
import { conversationsKinds } from "./conversations";
import { flexKinds } from "./flex";
import type { Kinds } from "./kind";
import { messagingKinds } from "./messaging";
import { proxyKinds } from "./proxy";
import { studioKinds } from "./studio";
import { taskrouterKinds } from "./taskrouter";

/** Of several kinds that are kept in one place, the first stands for them where any will do. */
export const kinds: Kinds = {
  ...apiKinds,
  ...chatKinds,
  ...conversationsKinds,
  ...flexKinds,
  ...messagingKinds,
  ...proxyKinds,
  ...studioKinds,
  ...taskrouterKinds,
};

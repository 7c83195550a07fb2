import { collections } from "../account/collections";
import { apiKinds } from "./api";
import { chatKinds } from "./chat";
import { conversationsKinds } from "./conversations";
import { flexKinds } from "./flex";
import { type Kinds, objects } from "./kind";
import { messagingKinds } from "./messaging";
import { proxyKinds } from "./proxy";
import { studioKinds } from "./studio";
import { taskrouterKinds } from "./taskrouter";

/** What is kept as it is shown. The other files hold what is not, and what an account shows in further places. */
const plainKinds: Kinds = Object.fromEntries(
  Object.entries(collections).map(([name, { path }]) => [path, objects(name)]),
);

/** Of several kinds that are kept in one place, the first stands for them where any will do. */
export const kinds: Kinds = {
  ...plainKinds,
  ...apiKinds,
  ...chatKinds,
  ...conversationsKinds,
  ...flexKinds,
  ...messagingKinds,
  ...proxyKinds,
  ...studioKinds,
  ...taskrouterKinds,
};

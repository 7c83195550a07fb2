import type { Family } from "../../api/call";
import { credentialOperations } from "../conversations/credentials";

export const chatCredentials: Family = {
  document: "chat_v2",
  operations: credentialOperations("https://chat.twilio.com/v2/Credentials"),
};

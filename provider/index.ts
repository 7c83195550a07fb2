export * from "./chat/chatService";
export type { Adoptable } from "./core/resource";
export * from "./flex/flexFlow";
export * from "./numbers/phoneNumberHandler";
export * from "./proxy/proxyService";
export * from "./studio/studioFlow";

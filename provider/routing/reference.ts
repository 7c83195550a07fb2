export type ObjectKind =
  | "phoneNumber"
  | "shortCode"
  | "sender"
  /** What only the Console knows: a callback on its Channels page, a webchat deployment. */
  | "console"
  | "messagingService"
  | "application"
  | "address"
  | "conversation"
  | "chatService"
  | "proxyService"
  | "proxySession"
  | "flexFlow"
  | "chatChannel"
  | "studioFlow"
  | "webhook"
  | "trunk"
  | "taskChannel"
  | "taskRouterWorkflow";

export interface Reference {
  kind: ObjectKind;
  /** Null for what has none, or is only made when a message arrives. */
  sid: string | null;
  /** As people know it. Of a URL only the origin. */
  name: string;
}

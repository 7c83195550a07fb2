/** The account's Flex configuration, every key of the answer but `url`. */
export interface FlexConfiguration {
  account_sid: string;
  date_created: string;
  date_updated: string;
  [key: string]: unknown;
}

export const integrationTypes = ["studio", "external", "task"] as const;

export type IntegrationType = (typeof integrationTypes)[number];

export interface FlexFlow {
  sid: string;
  account_sid: string;
  friendly_name: string;
  chat_service_sid: string;
  channel_type: string;
  contact_identity: string;
  enabled: boolean;
  integration_type: IntegrationType | null;
  integration: Integration;
  long_lived: boolean;
  janitor_enabled: boolean;
  date_created: string;
  date_updated: string;
}

/** Holds only the keys of its flow's integration type; without a type, those that were sent. */
export interface Integration {
  flow_sid?: string;
  url?: string;
  workspace_sid?: string;
  workflow_sid?: string;
  channel?: string;
  timeout?: number;
  priority?: number;
  creation_on_message?: boolean;
  retry_count?: number;
}

/** A chat of the legacy kind that Flex knows of. Its SID is the chat channel's. */
export interface FlexChannel {
  sid: string;
  account_sid: string;
  flex_flow_sid: string;
  user_sid: string;
  task_sid: string | null;
  date_created: string;
  date_updated: string;
}

/** A chat of the legacy web chat. Its SID is the chat channel's. */
export interface FlexWebChannel {
  sid: string;
  account_sid: string;
  flex_flow_sid: string;
  date_created: string;
  date_updated: string;
}

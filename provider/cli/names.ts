/** What ends the name of a variable, so that people see what it is and no name is a word of the language. */
export const endings: Record<string, string> = {
  StudioFlow: "Flow",
  ProxyService: "ProxyService",
  MessagingService: "MessagingService",
  MessagingServicePhoneNumber: "Member",
  MessagingServiceShortCode: "Member",
  MessagingServiceChannelSender: "Member",
  FlexFlow: "FlexFlow",
  ConversationsAddress: "Address",
  PhoneNumberHandler: "Handler",
  PhoneNumber: "Number",
  TwimlApplication: "Application",
  TaskRouterWorkspace: "Workspace",
  TaskRouterWorkspaceConfiguration: "WorkspaceConfiguration",
  TaskRouterActivity: "Activity",
  TaskRouterTaskQueue: "Queue",
  TaskRouterWorkflow: "Workflow",
  TaskRouterTaskChannel: "TaskChannel",
  TaskRouterWorker: "Worker",
  ConversationsService: "Service",
  ConversationsServiceConfiguration: "ServiceConfiguration",
  ConversationsServiceWebhooks: "ServiceWebhooks",
  ProxyPhoneNumber: "ProxyNumber",
  MessagingServiceAlphaSender: "Member",
  WhatsAppSender: "Sender",
};

/** The longest part of a name that people have given. */
const longest = 60;

/** A name for each object, made from what people call it: unique, and a valid identifier. */
export function namesFor(
  objects: readonly { type: string; called: string }[],
  reserved: readonly string[] = [],
): string[] {
  const used = new Set(reserved);
  return objects.map(({ type, called }) => {
    const wanted = withEnding(identifier(called), endings[type] ?? type);
    let name = wanted;
    for (let n = 2; used.has(name); n += 1) name = `${wanted}${n}`;
    used.add(name);
    return name;
  });
}

export function identifier(text: string): string {
  const words =
    text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .match(/[a-z0-9]+/gi) ?? [];
  const [first = "", ...rest] = words.map((word) =>
    word === word.toUpperCase() ? word.toLowerCase() : word,
  );
  const whole = [first.charAt(0).toLowerCase() + first.slice(1), ...rest.map(capital)].join("");
  const name = whole.slice(0, longest);
  return /^\d/.test(name) ? `to${name}` : name;
}

export const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** "Messaging Flow" is `messagingFlow`, not `messagingFlowFlow`. */
function withEnding(name: string, ending: string): string {
  if (name === "") return ending.charAt(0).toLowerCase() + ending.slice(1);
  const overlap = [...ending].findIndex((_, at) =>
    capital(name).endsWith(ending.slice(0, ending.length - at)),
  );
  return overlap === -1 ? name + ending : name + ending.slice(ending.length - overlap);
}

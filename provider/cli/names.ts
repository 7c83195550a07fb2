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
    const wanted = withKind(called, endings[type] ?? type);
    let name = wanted;
    for (let n = 2; used.has(name); n += 1) name = `${wanted}${n}`;
    used.add(name);
    return name;
  });
}

/** "1st line" is `queue1stLine`; of what is only a number, people say where it leads: `to5017122661Handler`. */
function withKind(called: string, ending: string): string {
  const name = camelCase(called);
  return /^\d+[a-z]/i.test(name) ? uncapital(ending) + capital(name) : withEnding(identifier(called), ending);
}

export function identifier(text: string): string {
  const name = camelCase(text);
  return /^\d/.test(name) ? `to${name}` : name;
}

function camelCase(text: string): string {
  const words =
    text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .match(/[a-z0-9]+/gi) ?? [];
  const [first = "", ...rest] = words.map((word) =>
    word === word.toUpperCase() ? word.toLowerCase() : word,
  );
  return [uncapital(first), ...rest.map(capital)].join("").slice(0, longest);
}

export const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const uncapital = (word: string) => word.charAt(0).toLowerCase() + word.slice(1);

/** "Messaging Flow" is `messagingFlow`, not `messagingFlowFlow`. */
function withEnding(name: string, ending: string): string {
  if (name === "") return uncapital(ending);
  const overlap = [...ending].findIndex((_, at) =>
    capital(name).endsWith(ending.slice(0, ending.length - at)),
  );
  return overlap === -1 ? name + ending : name + ending.slice(ending.length - overlap);
}

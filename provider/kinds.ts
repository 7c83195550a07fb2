/**
 * Every kind of resource, and nothing else of this package: what a provider process loads. The order is the one in which
 * `index.ts` loads them, since the first kind that lists a SID is asked about it.
 */
import "./accounts/subaccount";
import "./conversations/conversationsAddress";
import "./flex/flexFlow";
import "./studio/studioFlow";
import "./numbers/phoneNumberHandler";
import "./messaging/whatsAppSender";
import "./chat/chatService";
import "./conversations/conversationsConfiguration";
import "./conversations/conversationsService";
import "./conversations/conversationsServiceConfiguration";
import "./conversations/conversationsServiceWebhooks";
import "./conversations/conversationsWebhooks";
import "./flex/flexConfiguration";
import "./messaging/messagingService";
import "./messaging/messagingServiceAlphaSender";
import "./messaging/messagingServiceChannelSender";
import "./messaging/messagingServicePhoneNumber";
import "./messaging/messagingServiceShortCode";
import "./numbers/phoneNumber";
import "./numbers/shortCodeHandler";
import "./numbers/twimlApplication";
import "./proxy/proxyPhoneNumber";
import "./proxy/proxyService";
import "./taskrouter/taskRouterActivity";
import "./taskrouter/taskRouterTaskChannel";
import "./taskrouter/taskRouterTaskQueue";
import "./taskrouter/taskRouterWorker";
import "./taskrouter/taskRouterWorkflow";
import "./taskrouter/taskRouterWorkspace";
import "./taskrouter/taskRouterWorkspaceConfiguration";

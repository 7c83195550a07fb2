import type { AccountSession } from "../life/life";
import { Refusal, unlessGone } from "../values/errors";
import { candidates } from "./findOne";
import type { ProxyServiceResult } from "./getProxyService";
import { proxyServiceResult, proxyServices } from "./proxyServices";

const uniqueName = "Flex Proxy Service";

/** What `getFlexProxyService` says, for those who ask more of the service. */
export async function findFlexProxyService(session: AccountSession): Promise<ProxyServiceResult> {
  const { api, account } = session;
  const { answer, isCurrent } = await proxyServices.all.of(session);
  const services = isCurrent ? answer : await proxyServices.list(api, {});
  const called = services.find((service) => service.uniqueName === uniqueName);
  if (called) return proxyServiceResult(called);

  const flex = await unlessGone(api.flexApi.v1.configuration().fetch());
  const chat = flex?.chatServiceInstanceSid;
  const connected = services.filter((service) => chat && service.chatInstanceSid === chat);
  const [only] = connected;
  if (only && connected.length === 1) return proxyServiceResult(only);

  const there = connected.length > 0 ? connected : services;
  throw new Refusal(
    [
      `${account} has no Proxy service "${uniqueName}", and ${connected.length > 0 ? "several have" : "none has"} the Chat service of Flex`,
      there.length > 0
        ? `It has ${candidates(there, proxyServices)}; if one of them is meant, use getProxyService`
        : "It has no Proxy services at all",
      "Newer accounts may have none, since Flex Conversations does without",
    ].join(". "),
  );
}

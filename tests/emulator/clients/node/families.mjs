/** Makes, lists, changes and deletes objects of each family with Twilio's SDK for Node, set up by the environment alone. */
import twilio from "twilio";

const client = twilio();
const seen = {};

/** Three objects are made, the first is changed and stays. */
async function live(family, collection, objects, change) {
  const made = [];
  for (const params of objects) made.push((await collection.create(params)).sid);
  const listed = (await collection.list({ pageSize: 2 })).map(({ sid }) => sid);
  await collection(made[0]).update(change);
  for (const sid of made.slice(1)) await collection(sid).remove();
  seen[family] = { made, listed };
}

const three = (paramsOf) => [1, 2, 3].map(paramsOf);
const named = three((n) => ({ friendlyName: `Node ${n}` }));
const renamed = { friendlyName: "Changed by Node" };
const flex = await client.flexApi.v1.configuration().fetch();
const { workspaces } = client.taskrouter.v1;
const definition = {
  description: "Does nothing",
  states: [{ name: "Trigger", type: "trigger", transitions: [], properties: {} }],
  initial_state: "Trigger",
};

await live(
  "flexFlows",
  client.flexApi.v1.flexFlow,
  three((n) => ({
    friendlyName: `Node ${n}`,
    channelType: "sms",
    contactIdentity: `+1415555010${n}`,
    chatServiceSid: flex.chatServiceInstanceSid,
    integrationType: "external",
    "integration.url": `https://example.com/${n}`,
  })),
  renamed,
);
await live(
  "proxyServices",
  client.proxy.v1.services,
  three((n) => ({ uniqueName: `Node ${n}` })),
  { uniqueName: "Changed by Node" },
);
await live(
  "phoneNumbers",
  client.incomingPhoneNumbers,
  three((n) => ({ phoneNumber: `+1415555010${n}` })),
  renamed,
);
await live("applications", client.applications, named, renamed);
await live(
  "studioFlows",
  client.studio.v2.flows,
  three((n) => ({ friendlyName: `Node ${n}`, status: "draft", definition })),
  { status: "published", ...renamed },
);
await live(
  "addressConfigurations",
  client.conversations.v1.addressConfigurations,
  [
    { type: "sms", address: "+15017122661" },
    { type: "sms", address: "+15558675310" },
    { type: "whatsapp", address: "whatsapp:+15017122661" },
  ],
  renamed,
);
await live("messagingServices", client.messaging.v1.services, named, renamed);
await live("taskrouterWorkspaces", workspaces, named, renamed);
await live("taskrouterTaskQueues", workspaces(flex.taskrouterWorkspaceSid).taskQueues, named, renamed);
await live("chatServices", client.chat.v2.services, named, renamed);

process.stdout.write(JSON.stringify(seen));

/** The same Flex Flows by a dynamic provider as Pulumi's guide shows it: the engine stores its code with each resource. */
const pulumi = require("@pulumi/pulumi");
const { flows } = require("./flows");

async function request(method, path, fields) {
  const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_BASE_URL } = process.env;
  const credentials = Buffer.from(`${TWILIO_ACCOUNT_SID}:${TWILIO_AUTH_TOKEN}`).toString("base64");
  const answer = await fetch(`${TWILIO_BASE_URL}/flex-api.twilio.com/v1/FlexFlows${path}`, {
    method,
    headers: { authorization: `Basic ${credentials}` },
    body: fields && new URLSearchParams(fields),
  });
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? undefined : answer.json();
}

const fieldsOf = (args) => ({
  FriendlyName: args.friendlyName,
  ChannelType: args.channelType,
  ContactIdentity: args.contactIdentity,
  ChatServiceSid: args.chatServiceSid,
  IntegrationType: args.integration.type,
  "Integration.FlowSid": args.integration.flowSid,
});

const outputsOf = (answer) => ({
  friendlyName: answer.friendly_name,
  channelType: answer.channel_type,
  contactIdentity: answer.contact_identity,
  chatServiceSid: answer.chat_service_sid,
  integration: { type: answer.integration_type, flowSid: answer.integration.flow_sid },
});

const provider = {
  async create(inputs) {
    const answer = await request("POST", "", fieldsOf(inputs));
    return { id: answer.sid, outs: outputsOf(answer) };
  },
  async read(id) {
    const answer = await request("GET", `/${id}`);
    return answer ? { id, props: outputsOf(answer) } : {};
  },
  async diff(_id, olds, news) {
    return { changes: JSON.stringify(fieldsOf(olds)) !== JSON.stringify(fieldsOf(news)) };
  },
  async update(id, _olds, news) {
    return { outs: outputsOf(await request("POST", `/${id}`, fieldsOf(news))) };
  },
  async delete(id) {
    await request("DELETE", `/${id}`);
  },
};

class Flow extends pulumi.dynamic.Resource {
  constructor(name, args) {
    super(provider, name, args);
  }
}

for (const [name, args] of flows()) new Flow(name, args);

/**
 * How long a provider process takes from being ready, with nothing loaded, to its first check and its first request; and its
 * memory before and after. Beside the time by the clock there is that of the processor, which other programs do not lengthen.
 */
const megabytes = () => process.memoryUsage().rss / 1e6;
const busy = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

process.argv.push("127.0.0.1:9");
// Pulumi's own host, which begins to listen as soon as it is loaded.
require("@pulumi/pulumi/cmd/dynamic-provider");

async function measure() {
  const emptyMb = megabytes();
  const before = busy();
  const started = performance.now();
  const { resource } = require("pulumi-twilio-flex/provider");
  const provider = resource("FlexFlow");
  provider.configure({ config: { get: () => undefined } });
  const chatServiceSid = "ISe1000000000000000000000000000001";
  await provider.check({}, { channelType: "sms", friendlyName: "Flow", chatServiceSid });
  const checkedMs = performance.now() - started;
  const accountSid = process.env.TWILIO_ACCOUNT_SID;
  await provider.read("FOe1000000000000000000000000000001", { accountSid }).catch(() => {});
  const askedMs = performance.now() - started;
  return { checkedMs, askedMs, busyMs: busy() - before, emptyMb, readyMb: megabytes() };
}

measure().then((figures) => {
  process.stderr.write(`${JSON.stringify(figures)}\n`);
  process.exit();
});

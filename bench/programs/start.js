/**
 * How long a provider process takes from being ready, with nothing loaded, to its first check and its first request; and its
 * memory before and after. BENCH_SDK names the part of Twilio's SDK that the first request takes.
 */
const megabytes = () => process.memoryUsage().rss / 1e6;

process.argv.push("127.0.0.1:9");
// Pulumi's own host, which begins to listen as soon as it is loaded.
require("@pulumi/pulumi/cmd/dynamic-provider");
const empty = megabytes();
const started = performance.now();
const { resource } = require("pulumi-twilio-flex/provider");
const provider = resource("FlexFlow");
provider.configure({ config: { get: (key) => process.env[key.replace("twilio:", "BENCH_")] } });
provider
  .check(
    {},
    { channelType: "sms", friendlyName: "Flow", chatServiceSid: "ISe1000000000000000000000000000001" },
  )
  .then(() => {
    const checked = performance.now() - started;
    const asked = provider.read("FOe1000000000000000000000000000001", {
      accountSid: process.env.TWILIO_ACCOUNT_SID,
    });
    return asked
      .catch(() => {})
      .then(() => {
        const figures = {
          checkedMs: checked,
          askedMs: performance.now() - started,
          emptyMb: empty,
          readyMb: megabytes(),
        };
        process.stderr.write(`${JSON.stringify(figures)}\n`);
        process.exit();
      });
  });

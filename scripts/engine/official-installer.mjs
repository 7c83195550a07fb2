// A process of its own, because the Automation API gives no way to break an installation off.
const [root, version] = process.argv.slice(2);

try {
  const { PulumiCommand } = (await import("@pulumi/pulumi/automation/index.js")).default;
  await PulumiCommand.install({ root, version });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}

/**
 * Loaded into a provider host that several runs share: told to, it forgets what this package's modules hold, so that the next
 * run finds them as a process of its own would. The engine starts a process for each run instead.
 */
const { join, sep } = require("node:path");

const own = join(__dirname, "../../dist") + sep;

process.on("message", (mark) => {
  for (const file of Object.keys(require.cache)) if (file.startsWith(own)) delete require.cache[file];
  process.stdout.write(`${mark}\n`);
});

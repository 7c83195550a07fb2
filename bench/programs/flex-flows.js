/** What is measured: Flex Flows. */
const { FlexFlow } = require("pulumi-twilio-flex");
const { flows } = require("./flows");

for (const [name, args] of flows()) new FlexFlow(name, args);

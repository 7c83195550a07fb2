/** Lives of objects of each family with Twilio's SDK for Node, set up by the environment alone. Argument: the plan. */
import { readFileSync } from "node:fs";
import twilio from "twilio";

const client = twilio();
const uncapitalized = (name) => name.replace(/(?<=^|\.)./g, (letter) => letter.toLowerCase());
const params = (given) =>
  Object.fromEntries(Object.entries(given).map(([key, value]) => [uncapitalized(key), value]));

const refusal = (call) =>
  call().then(
    () => null,
    ({ status, code }) => [status, code],
  );

function collection({ node, parent }) {
  const parts = node.split(".");
  const last = parts.pop();
  const place = parts.reduce((at, part) => at[part], client);
  return (parent ? place(parent) : place)[last];
}

async function live(family) {
  const objects = collection(family);
  const made = [];
  for (const given of family.creates) made.push((await objects.create(params(given))).sid);
  const listed = (await objects.list({ pageSize: 50 })).map(({ sid }) => sid);
  await objects(made[0]).update(params(family.change));
  await objects(made[1]).remove();
  return {
    made,
    listed,
    missing: await refusal(() => objects(made[1]).fetch()),
    bad: await refusal(() => objects.create(params(family.bad))),
    limited: await refusal(() => objects(family.limited).fetch()),
  };
}

const seen = {};
for (const family of JSON.parse(readFileSync(process.argv[2], "utf8")))
  seen[family.family] = await live(family);
process.stdout.write(JSON.stringify(seen));

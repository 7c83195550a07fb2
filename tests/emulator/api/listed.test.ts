import { Ajv } from "ajv";
import { ListedObjects } from "../../../emulator/api/listed";

const services = () =>
  new ListedObjects(
    "services",
    new Ajv().compile({ type: "object", properties: { ttl: { type: "integer" } }, required: ["ttl"] }),
  );
const first = { sid: "KS1", ttl: 1 };
const second = { sid: "KS2", ttl: 2 };

test("the text of a list is its JSON", () => {
  const answer = { services: [first, second], meta: { key: "services", none: null, left: undefined } };
  expect(services().textOf(answer)).toBe(JSON.stringify(answer));
});

test("an object that was right and has changed is checked again", () => {
  const listed = services();
  expect(listed.textOf({ services: [first, second] })).toBeDefined();
  expect(listed.textOf({ services: [first, { ...second, ttl: "long" }] })).toBeUndefined();
  expect(listed.textOf({ services: [first, { ...second, ttl: 3 }] })).toBe(
    '{"services":[{"sid":"KS1","ttl":1},{"sid":"KS2","ttl":3}]}',
  );
});

test("an answer that has no such list has no text", () => {
  expect(services().textOf({ services: "none" })).toBeUndefined();
});

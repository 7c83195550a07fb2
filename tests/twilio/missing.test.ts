import { orMissing } from "../../provider/twilio/missing";
import { ApiError } from "../../provider/values/errors";

// The words are those that github.com/RJPearson94/terraform-provider-twilio expects in its tests against Twilio, after what
// it made was deleted: resource_proxy_service_test.go, resource_proxy_phone_number_test.go, resource_chat_role_test.go.
test.each([
  ["a Proxy service", 400, "Invalid Service Sid (HTTP 400, code 80408)"],
  ["a number in a pool", 400, "Invalid Phone Number Sid (HTTP 400, code 80407)"],
  ["a Proxy session", 400, "Invalid Session Sid"],
  ["what belongs to a chat service", 403, "Service instance not found (HTTP 403, code 50050)"],
  ["anything else", 404, "The requested resource was not found"],
])("%s is read as missing", async (_, status, message) => {
  const answer = orMissing(Promise.reject(new ApiError(message, status)));
  await expect(answer).rejects.toMatchObject({ message, status: 404, gone: true });
});

test.each([
  ["another refusal of Proxy", new ApiError("UniqueName is taken", 400)],
  ["a SID that was refused elsewhere", new ApiError("The FlowSid is an Invalid Flow Sid", 400)],
  ["a product that is closed", new ApiError("Access Denied", 403)],
  ["an answer that is lost", new ApiError("Invalid Service Sid", 503)],
  ["no answer", new ApiError("no answer from proxy.twilio.com")],
  ["another error", new Error("Invalid Service Sid")],
])("%s is not", async (_, error) => {
  await expect(orMissing(Promise.reject(error))).rejects.toBe(error);
});

test("an answer is passed on", async () => {
  expect(await orMissing(Promise.resolve("there"))).toBe("there");
});

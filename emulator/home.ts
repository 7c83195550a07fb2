/** What a person sees who opens the emulator's address in a browser. */
export const homePage = `twilio-flex-emulator: a local Twilio for Flex contact centres

Send API requests to this address with the Twilio host before the path:

  GET /flex-api.twilio.com/v1/FlexFlows
  GET /api.twilio.com/2010-04-01/Accounts/ACe0000000000000000000000000000001/IncomingPhoneNumbers.json

or with the Twilio host in the Host header. Credentials of the account that is always here:

  ACe0000000000000000000000000000001  emulator-auth-token

What is in it: GET /_emulator/state. What was asked of it: GET /_emulator/requests.
It carries no messages and calls, runs no Studio flow, and costs nothing.
`;

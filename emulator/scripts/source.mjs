/** The npm package that ships Twilio's OpenAPI documents, and the version of the documents in it. */
export const source = {
  version: "2.3.4",
  package: "@twilio-alpha/mcp@0.7.0",
  file: "twilio-alpha-mcp-0.7.0.tgz",
  integrity:
    "sha512-YsUde1pMXwqHm8Cvq9JdtsyvclVCC/f/V+FmxTNN04u5Qt5aapkbQgcfqBYQ0xcmvATBNswgPDo3MPVaCtZK8Q==",
};

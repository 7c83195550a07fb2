/** The npm package that ships Twilio's OpenAPI documents, where they are in it, and their version. */
export const source = {
  version: "2.6.7 with later additions",
  package: "@twilio/cli-core@9.0.0",
  file: "twilio-cli-core-9.0.0.tgz",
  folder: "src/services/twilio-api",
  integrity:
    "sha512-FPHm5gXAUwM2oATmQi3AGYPFz4Urg5G5/vDkpUu5WqNuwueQaS93HwXjdX1OM+miuq0LMimdfbXDTLEp4Nsjfg==",
};

import type { Family } from "../../api/call";

/** Whether Flex has e-mail, which it never has here; that Flex itself is there says its configuration. */
export const flexProvisioningStatus: Family = {
  document: "flex_v1",
  operations: {
    FetchProvisioningStatus: () => ({
      status: "not-configured",
      url: "https://flex-api.twilio.com/v1/account/provision/status",
    }),
  },
};

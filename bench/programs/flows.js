/** As many Flex Flows as BENCH_RESOURCES says: name and arguments of each. With BENCH_CHANGED, one of them differs. */
exports.flows = () =>
  Array.from({ length: Number(process.env.BENCH_RESOURCES) }, (_, index) => [
    `flow-${index}`,
    {
      friendlyName: `Flow ${index}${index === 0 && process.env.BENCH_CHANGED ? ", changed" : ""}`,
      channelType: "sms",
      contactIdentity: `+1501${String(5_550_000 + index)}`,
      chatServiceSid: "ISe1000000000000000000000000000001",
      integration: { type: "studio", flowSid: "FWe1000000000000000000000000000001" },
    },
  ]);

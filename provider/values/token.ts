/** The type token of a class, by which the engine knows it. It can never change. */
export const tokenOf = (type: string): string => `pulumi-nodejs:dynamic/twilio-flex:${type}`;

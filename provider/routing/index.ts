// The way of a message or call through an account, from the customer to an agent. Pure: a snapshot of the account goes in, routes and
// what is wrong with them come out. Nothing here knows Pulumi, the SDK or the emulator.
export { addressOn, type Channel, channelOf, channels } from "./channels";
export { type Dangling, danglingIn } from "./dangling";
export { endedWidgets, triggersOf, widgetReferences } from "./definition";
export { expecting } from "./expecting";
export type { Live, Taker } from "./place";
export type { Problem } from "./problems";
export type { ObjectKind, Reference } from "./reference";
export type { Destination, Hop, Route, Way, Webhook } from "./route";
export { type RouteOptions, routeOf, routesOf } from "./routes";
export { type ShownRoute, shown } from "./shown";
export type { AccountSnapshot, AutoCreation, Integration } from "./snapshot";

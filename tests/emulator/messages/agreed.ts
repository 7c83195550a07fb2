import { defaultAccountSid, defaultAuthToken, type Emulator } from "../../../emulator/index";
import { takeSnapshot } from "../../../provider/cli/snapshot";
import { type Route, routesOf, type ShownRoute, shown } from "../../../provider/routing";
import { sessionOn } from "../../life/session";
import { control } from "../support";

/** What is told of a route whatever is made on it: names of hops, ends and problems. */
const told = ({ channel, address, ways, problems }: Route) => ({
  channel,
  address,
  ways: ways.map(({ by, hops, reaches }) => [
    by,
    ...hops.map(({ kind, name }) => `${kind} ${name}`),
    reaches,
  ]),
  problems: problems.map(({ code, object, message }) => `${code} ${object.sid} ${message}`),
});

/** A customer for each address. */
let customer = 0;

/** Lets something arrive at every address of the account: it goes as `trace` and the page say. Answers how it went. */
export async function agreed(emulator: Emulator): Promise<ShownRoute[]> {
  const session = sessionOn(
    defaultAccountSid,
    { authToken: defaultAuthToken, baseUrl: emulator.url },
    () => {},
  );
  const { body } = await control(emulator, "GET", "routes");
  const routes: ShownRoute[] = JSON.parse(JSON.stringify(body)).routes;
  const traced = routesOf(await takeSnapshot(session)).map((route) => shown(session.account, route));
  expect(JSON.parse(JSON.stringify(traced))).toEqual(routes);
  const arrivals: ShownRoute[] = [];
  for (const route of routes) {
    customer += 1;
    const { channel, address: to } = route;
    const message = { channel, from: `+1555${String(customer).padStart(7, "0")}`, to, body: "Hello" };
    const { text } = await control(emulator, "POST", "inbound", message);
    const arrived: ShownRoute = JSON.parse(text);
    expect(told(arrived)).toEqual(told(route));
    arrivals.push(arrived);
  }
  return arrivals;
}

import type { Page } from "playwright-core";
import { seeded } from "../../../emulator/index";
import { cutLabels, findingsOf, useChromium } from "../../chromium";
import { ask, clientOf, useEmulator } from "../support";

const emulator = useEmulator();
const browser = useChromium();
let page: Page;
/** What the browser complains of, and requests that leave the emulator. */
let complaints: string[];

beforeEach(async () => {
  complaints = [];
  page = await browser.current.newPage();
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("requestfailed", (request) => complaints.push(`${request.url()} failed`));
  page.on("request", (request) => {
    if (!request.url().startsWith(`${emulator.current.url}/`)) complaints.push(request.url());
  });
  await page.setViewportSize({ width: 1280, height: 900 });
});

afterEach(async () => {
  await page.close();
  expect(complaints).toEqual([]);
});

const open = () => page.goto(emulator.current.url);
const box = (name: string) => page.locator("svg.map .box", { has: page.getByText(name, { exact: true }) });
const words = () => page.locator(".list .route");
const request = () => page.locator("#log tbody tr");

const proxyUrl = `https://webhooks.twilio.com/v1/Accounts/${seeded.account}/Proxy/${seeded.proxyService}/Webhooks/Message`;
const toProxy = () =>
  clientOf(emulator.current).incomingPhoneNumbers(seeded.legacyNumber).update({ smsUrl: proxyUrl });
const flexFlow = (friendlyName = "Support by SMS") =>
  clientOf(emulator.current).flexApi.v1.flexFlow.create({
    ...{ friendlyName, chatServiceSid: seeded.chatService, channelType: "sms", enabled: true },
    ...{ contactIdentity: "+15558675310", integrationType: "studio" },
    "integration.flowSid": seeded.studioFlow,
  });

/** As the browser computes it. */
const style = (selector: string, property: string) =>
  page.evaluate(
    `getComputedStyle(document.querySelector(${JSON.stringify(selector)}))[${JSON.stringify(property)}]`,
  );

/** By keyboard, from where the focus is. */
async function tabTo(id: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate("document.activeElement?.id")) === id) return;
  }
  throw new Error(`Tab does not get to #${id}`);
}

test("the picture shows what the state holds, and follows it", async () => {
  await toProxy();
  await open();
  await expect(box("Flex Proxy Service").count()).resolves.toBe(1);
  expect(await box("Support by SMS").count()).toBe(0);
  await flexFlow();
  await box("Support by SMS").waitFor();
  for (const name of ["+15558675310", "a new chat", "Messaging Flow", "Assign to Anyone"]) {
    expect(await box(name).count()).toBe(1);
  }
  await expect(words().filter({ hasText: "+15558675310" }).textContent()).resolves.toMatch(
    /Flex Proxy Service.*Support by SMS.*a new chat.*Messaging Flow.*Assign to Anyone.*It reaches agents/s,
  );
});

test("a broken hop is red and says why and what to do", async () => {
  await toProxy();
  await flexFlow();
  await clientOf(emulator.current).studio.v2.flows(seeded.studioFlow).remove();
  await open();
  const red = await page.evaluate(
    'getComputedStyle(document.documentElement).getPropertyValue("--error").trim()',
  );
  expect(await style("svg.map .studioFlow b", "color")).toBe(rgb(String(red)));
  expect(await style("svg.map .line.broken", "stroke")).toBe(rgb(String(red)));
  const note = page.locator("svg.map .note.broken");
  await expect(note.textContent()).resolves.toMatch(`${seeded.studioFlow} does not exist in this account`);
  await expect(note.textContent()).resolves.toMatch("Point it to an object that exists, or make it blank");
  expect(await page.locator("#summary").textContent()).toContain("1 error");
});

const rgb = (hex: string) =>
  `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(", ")})`;

test("requests appear by themselves, failures stand out, the filter narrows them", async () => {
  await open();
  expect(await request().count()).toBe(0);
  await ask(emulator.current, "/proxy.twilio.com/v1/Services");
  await ask(emulator.current, "/chat.twilio.com/v2/Services/IS0");
  await request().nth(1).waitFor();
  expect(await page.locator("#log tr.failed").count()).toBe(1);
  await page.getByLabel("Filter").fill("ListService");
  expect(await request().filter({ visible: true }).allInnerTexts()).toEqual([
    expect.stringContaining("proxy.twilio.com/v1/Services"),
  ]);
  await ask(emulator.current, "/chat.twilio.com/v2/Services/IS0");
  await request().nth(2).waitFor({ state: "attached" });
  expect(await request().filter({ visible: true }).count()).toBe(1);
});

test("what is open stays open when something new comes", async () => {
  await open();
  const services = page.locator("details", { has: page.getByText("Proxy services") });
  await services.locator("summary").focus();
  await page.keyboard.press("Enter");
  await clientOf(emulator.current).proxy.v1.services.create({ uniqueName: "second" });
  await services.getByText("second").waitFor();
  expect(await services.getAttribute("open")).not.toBeNull();
  expect(await page.evaluate("document.activeElement?.localName")).toBe("summary");
});

test("an object with a tag for a name is drawn as text", async () => {
  await toProxy();
  const name = '"><img src=/x onerror=alert(1)><script>alert(1)</script>';
  await flexFlow(name);
  await open();
  expect(await box(name).count()).toBe(1);
  expect(await page.locator("img").count()).toBe(0);
});

test("the list says what the picture shows; on a small screen it is all there is, and nothing sticks out", async () => {
  await toProxy();
  await flexFlow();
  await open();
  const picture = page.locator(".picture");
  expect(await picture.isVisible()).toBe(true);
  await page.getByText("List", { exact: true }).click();
  expect(await picture.isVisible()).toBe(false);
  await page.getByText("Picture", { exact: true }).click();
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await picture.isVisible()).toBe(false);
  expect(await words().first().isVisible()).toBe(true);
  await page.locator("summary").first().click();
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
});

test("labels are whole, the map is as wide as there is room, and where there is not it can be scrolled", async () => {
  await toProxy();
  await flexFlow("A Flex Flow that somebody gave a name of sixty-four characters to");
  await open();
  const room = () => page.evaluate("document.querySelector('.picture').clientWidth");
  const map = () => page.evaluate("document.querySelector('svg.map').getBoundingClientRect().width");
  for (const width of [1920, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await cutLabels(page)).toEqual([]);
    expect(Number(await map()) / Number(await room())).toBeGreaterThan(0.95);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
  }
  expect(await page.evaluate("document.querySelector('.picture').scrollWidth")).toBe(await room());
  await page.setViewportSize({ width: 800, height: 900 });
  expect(Number(await map())).toBeGreaterThan(Number(await room()));
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(800);
});

test("the settings of a shell are copied", async () => {
  await browser.current.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open();
  await page.getByRole("button", { name: "Copy" }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  expect(await page.evaluate("navigator.clipboard.readText()")).toBe(
    await page.locator("#connect").textContent(),
  );
});

test("without script everything can be read", async () => {
  await toProxy();
  await ask(emulator.current, "/proxy.twilio.com/v1/Services");
  const plain = await browser.current.browser()?.newContext({ javaScriptEnabled: false });
  if (!plain) throw new Error("There is no browser");
  try {
    const still = await plain.newPage();
    await still.goto(emulator.current.url);
    expect(await still.locator("svg.map .box").count()).toBeGreaterThan(5);
    expect(await still.locator("#log tbody tr").count()).toBe(2);
    await still.getByText("Proxy services").click();
    expect(await still.locator("details[open]").textContent()).toContain(seeded.proxyService);
    expect(await still.getByText("Sending needs JavaScript here").isVisible()).toBe(true);
  } finally {
    await plain.close();
  }
});

test("it says so when the emulator does not answer", async () => {
  await open();
  const warning = page.getByText("The emulator does not answer");
  expect(await warning.isVisible()).toBe(false);
  const url = `${emulator.current.url}/`;
  await page.route(url, (route) => route.abort());
  await warning.waitFor();
  await page.unroute(url);
  await warning.waitFor({ state: "hidden" });
  expect(complaints.splice(0)).toContain(`${url} failed`);
});

test("the skip link goes past the header", async () => {
  await open();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(await page.evaluate("document.activeElement?.id")).toBe("main");
});

describe.each(["light", "dark"] as const)("in the %s scheme", (colorScheme) => {
  test.each([1280, 360])("axe finds nothing at %i px", async (width) => {
    await toProxy();
    await flexFlow();
    await clientOf(emulator.current).studio.v2.flows(seeded.studioFlow).remove();
    await ask(emulator.current, "/chat.twilio.com/v2/Services/IS0");
    await ask(emulator.current, "/proxy.twilio.com/v1/Services", { body: "UniqueName=x&Colour=blue" });
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await open();
    await page.locator("summary").first().click();
    expect(await findingsOf(page)).toEqual([]);
  });
});

describe("a test message", () => {
  const result = () => page.locator("#result");
  const lit = (kind: string) => page.locator(`svg.map .${kind}.lit`);
  const send = async (to: string) => {
    await page.getByLabel("To", { exact: true }).fill(to);
    await page.getByRole("button", { name: "Send" }).click();
  };

  test("is drawn hop by hop, below the form and in the picture, and leaves its traces", async () => {
    await toProxy();
    await flexFlow();
    await open();
    await send("+15558675310");
    await result().getByText("It reaches agents").waitFor();
    const [chat] = Object.keys(emulator.current.state.account().chatChannels);
    expect(await result().textContent()).toMatch(
      new RegExp(`Flex Proxy Service.*Support by SMS.*a new chat.*${chat}.*Messaging Flow.*Assign to Anyone`),
    );
    await lit("agents").waitFor();
    for (const kind of ["phoneNumber", "proxyService", "flexFlow", "chatChannel", "studioFlow"]) {
      expect(await lit(kind).count()).toBe(1);
    }
    expect(await lit("line").count()).toBe(6);
    await page.locator("details", { has: page.getByText("Chat channels") }).waitFor();
    await ask(emulator.current, "/proxy.twilio.com/v1/Services");
    await request().nth(2).waitFor();
    expect(await lit("line").count()).toBe(6);
  });

  test("that stops on its way says where and why", async () => {
    await toProxy();
    await open();
    await send("+15558675310");
    const hop = result().locator(".hop.broken");
    await hop.waitFor();
    expect(await hop.textContent()).toMatch(
      /^Flex Proxy Service.*No Flex Flow has the contact identity \+15558675310/,
    );
    expect(await result().textContent()).toContain("It reaches nobody");
    expect(await lit("line").count()).toBe(1);
  });

  test("that cannot be taken is answered with the reason", async () => {
    await open();
    await page.getByLabel("From").fill("9".repeat(300));
    await send("+15558675310");
    await result().getByText("This is no message").waitFor();
    expect(complaints.splice(0)).toEqual([expect.stringContaining("400")]);
  });

  test("goes out by keyboard alone, and its address brings its channel along", async () => {
    await open();
    await page.keyboard.press("Tab");
    await tabTo("channel");
    await tabTo("from");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("+12025550199");
    await tabTo("to");
    await page.keyboard.type("whatsapp:+15017122661");
    expect(await page.getByLabel("Channel").inputValue()).toBe("whatsapp");
    await tabTo("body");
    await page.keyboard.type(" there");
    await page.keyboard.press("Enter");
    await result().getByText("From whatsapp:+12025550199 to whatsapp:+15017122661").waitFor();
    expect(await result().getAttribute("aria-live")).toBe("polite");
    expect(await style(":focus-visible", "outlineStyle")).toBe("solid");
  });

  test("flows for those who like motion, and stands still for the others", async () => {
    await toProxy();
    await open();
    await send("+15558675310");
    const animation = () => style(".line.lit", "animationName");
    await lit("line").waitFor({ state: "attached" });
    expect(await animation()).toBe("flow");
    await page.emulateMedia({ reducedMotion: "reduce" });
    expect(await animation()).toBe("none");
  });
});

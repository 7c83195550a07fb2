import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { rehearsalDocument } from "../../../provider/cli/rehearse/output";
import { changeDocument, mapDocument } from "../../../provider/routing/map";
import { cutLabels, findingsOf, useChromium } from "../../chromium";
import { rehearsalOf } from "../../cli/rehearse/sample";
import { byProxy, hop, hostile, route, stopped, way } from "./routes";

const browser = useChromium();
const folder = mkdtempSync(join(tmpdir(), "map-"));
let page: Page;
/** What the browser complains of, and what it asks for beside the file. */
let complaints: string[];

beforeEach(async () => {
  complaints = [];
  page = await browser.current.newPage();
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (request.url() !== url) complaints.push(request.url());
  });
});
afterEach(async () => {
  await page.close();
  expect(complaints).toEqual([]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = join(folder, "map.html");
const url = pathToFileURL(file).href;
const open = async (text: string) => {
  writeFileSync(file, text);
  await page.goto(url);
};

const long = "A flow whose name is as long as a name may be, and then WITH SOME CAPITALS 漢字漢字漢字漢字";
const unnamed = "A-name-without-any-space-in-it-which-fits-into-no-line-of-any-box";
const evil = route(hostile, [way([hop("phoneNumber", hostile), hop("studioFlow", hostile)])]);
const title = "Routes of ACe0000000000000000000000000000001";
const before = [byProxy("+12025550101"), stopped("+12025550102"), byProxy("+12025550103"), evil];
const after = [
  byProxy("+12025550101"),
  byProxy("+12025550102", long),
  byProxy("+12025550103", unnamed),
  evil,
];
const documents: [string, string][] = [
  [
    "of an account",
    mapDocument({ title, about: "As of today", routes: [...before, byProxy("+12025550104", long)] }),
  ],
  ["of a change", changeDocument({ title, about: "Of the stack dev", before, after })],
  [
    "of a rehearsal",
    rehearsalDocument(
      rehearsalOf(before, after, {
        outcome: "failed",
        failures: [{ resource: `StudioFlow ${unnamed}`, message: long }],
      }),
    ),
  ],
];

describe.each(documents)("the file %s", (_, text) => {
  test.each([
    [360, "light"],
    [1280, "dark"],
    [1920, "light"],
  ] as const)("can be read at %i px in the %s scheme", async (width, colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await open(text);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    expect(await cutLabels(page)).toEqual([]);
    expect(await findingsOf(page)).toEqual([]);
    expect(await page.locator(".words .route").first().isVisible()).toBe(true);
    expect(await page.locator("script, img, iframe, a").count()).toBe(0);
  });
});

test("before beside after: what goes and what comes by colour and by shape, what stays as ever", async () => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await open(changeDocument({ title, before, after }));
  const [left, right] = [page.locator(".pair > section").nth(0), page.locator(".pair > section").nth(1)];
  const box = (side: typeof left, name: string) =>
    side?.locator("svg.map .box, svg.map .note", { has: page.getByText(name, { exact: true }) });
  const classes = (side: typeof left, name: string) => box(side, name)?.getAttribute("class");
  expect(await classes(left, "It is off")).toBe("note broken goes");
  expect(await classes(right, long)).toBe("box fine flexFlow comes");
  expect(await classes(right, "+12025550102")).toBe("box fine phoneNumber");
  expect(await box(right, long)?.locator(".sign").count()).toBe(1);
  expect(await page.locator("svg.map .line.comes").count()).toBeGreaterThan(3);
  const look = (selector: string) =>
    page.evaluate(`(({ stroke, strokeDasharray, strokeWidth }) => [stroke, strokeDasharray, strokeWidth])(
      getComputedStyle(document.querySelector(${JSON.stringify(selector)})))`);
  const looks = [await look(".line.comes:not(.broken)"), await look(".line.goes:not(.broken)")];
  expect(looks[0]).not.toEqual(looks[1]);
  expect(await page.getByText("without a change").isVisible()).toBe(true);
});

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe from "axe-core";
import { type BrowserContext, chromium, type Page } from "playwright-core";

const minutes = 60_000;

/** A browser for the tests of a file. */
export function useChromium(): { readonly current: BrowserContext } {
  const profile = mkdtempSync(join(tmpdir(), "chromium-"));
  let browser: BrowserContext | undefined;
  beforeAll(async () => {
    const options = JSON.parse(execFileSync("node", ["scripts/chromium.mjs"], { encoding: "utf8" }));
    browser = await chromium.launchPersistentContext(profile, options);
  }, 10 * minutes);
  afterAll(async () => {
    await browser?.close();
    rmSync(profile, { recursive: true, force: true });
  });
  return {
    get current() {
      if (!browser) throw new Error("There is no browser");
      return browser;
    },
  };
}

/** What axe finds on a page, of whose colours it has looked at the contrast. */
export async function findingsOf(page: Page): Promise<[id: string, html: string[]][]> {
  await page.evaluate(axe.source);
  const { violations, passes }: axe.AxeResults = await page.evaluate("axe.run()");
  expect(passes.map(({ id }) => id)).toContain("color-contrast");
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}

/** Texts in maps that stick out of their boxes. */
export const cutLabels = (page: Page): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll("svg.map foreignObject > div")]
    .filter((text) => {
      const room = text.parentElement.getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(text);
      const needed = range.getBoundingClientRect();
      return needed.top < room.top - 0.5 || needed.bottom > room.bottom + 0.5
        || needed.left < room.left - 0.5 || needed.right > room.right + 0.5;
    })
    .map((text) => text.textContent)`);

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { marked } from "marked";
import {
  mostCharacters,
  notRehearsedMarkdown,
  rehearsalMarkdown,
} from "../../../provider/cli/rehearse/markdown";
import { rehearsalDocument } from "../../../provider/cli/rehearse/output";
import { useEmulator } from "../../emulator/support";
import { byProxy, hop, hostile, route, stopped, way } from "../../routing/map/routes";
import { run, shellFor } from "../support";
import { rehearsalOf } from "./sample";

const flow = `FW${"a".repeat(32)}`;
const leads = (address: string, name: string) =>
  route(address, [way([hop("phoneNumber", address), { ...hop("studioFlow", name), sid: flow }])]);

test("the comment has the table of what changes, the map, and what a reader has to know", () => {
  const text = rehearsalMarkdown(
    rehearsalOf([stopped("+1"), byProxy("+2"), byProxy("+3")], [byProxy("+1"), stopped("+2"), byProxy("+3")]),
  );
  expect(text).toMatch(
    /^### Rehearsal\n\nup of the stack dev finishes on the twin of AC\w+: 2 of 3 routes change, 1 of them for the worse\.\n/,
  );
  expect(text).toContain("| sms +1 | reaches nobody now, and agents then |  |\n");
  expect(text).toContain("| sms +2 | reaches agents now, and nobody then | worse |\n");
  expect(text).toMatch(/\n\n```mermaid\nflowchart LR\n[^`]*\n```\n\n/);
  expect(text).toContain("A second up changes nothing");
});

test("where no route changes there is neither table nor map", () => {
  const text = rehearsalMarkdown(rehearsalOf([byProxy("+1")], [byProxy("+1")]));
  expect(text).toContain("0 of 1 route change.");
  expect(text).not.toMatch(/mermaid|\|/);
});

test("objects that the twin has made have no SID yet, in any of the files", () => {
  const rehearsal = rehearsalOf([], [leads("+1", flow)], { made: [flow] });
  for (const text of [rehearsalMarkdown(rehearsal), rehearsalDocument(rehearsal)]) {
    expect(text).not.toContain(flow);
    expect(text).toContain("new");
  }
});

test("a hundred thousand characters of account are cut to what a comment holds, and the cut is said", () => {
  const name = "漢".repeat(250);
  const numbers = Array.from({ length: 700 }, (_, at) => `+1202555${1000 + at}`);
  const failures = numbers.map((number) => ({ resource: `StudioFlow ${number}`, message: "@".repeat(900) }));
  const writes = numbers.map((number) => ({
    method: "POST",
    operation: "UpdateIncomingPhoneNumber",
    object: { kind: "number", sid: null, name: number },
    sets: Array.from({ length: 50 }, (_, at) => `Parameter${at}`),
    status: 200,
  }));
  const gaps = numbers.map((address) => ({
    kind: "doubled" as const,
    channel: "sms" as const,
    address,
    from: 1,
    writes: 2,
  }));
  const differences = numbers.map((number) => `number ${number} differs in sms_url`);
  const text = rehearsalMarkdown(
    rehearsalOf(
      numbers.map(stopped),
      numbers.map((number) => leads(number, name)),
      {
        failures,
        writes,
        gaps,
        second: { writes, failures },
        back: { failures: [], differences, writes, isMore: false, worse: [] },
        notes: differences,
      },
    ),
  );
  expect(text.length).toBeLessThanOrEqual(mostCharacters);
  expect(text).toMatch(/… and \d{3} more/);
  expect(text).toMatch(/\d+ of 700 routes are drawn, those that end with an error first/);
  expect(text.match(/<details>/g)).toHaveLength(text.match(/<\/details>/g)?.length ?? 0);
});

test("names are text: no markup, no mention, no end of a cell", async () => {
  const evil = `${hostile} @everyone | [a](https://b.example) </details> &lt;b&gt;\n# title`;
  const failures = [{ resource: undefined, message: evil }];
  const text = rehearsalMarkdown(
    rehearsalOf([], [leads("+1", evil)], { failures, notes: [evil], stack: evil }),
  );
  for (const part of [text, notRehearsedMarkdown(evil)]) {
    const page = await marked.parse(part.replace(/```mermaid[^`]*```/, ""));
    // A bare URL is a link to itself, also where it is text.
    const tags = page.replace(/<a href="([^"]*)">\1<\/a>/g, "").match(/<(?!\/)[a-z0-9]+/g) ?? [];
    const own = /^<(h3|p|ul|ol|li|table|thead|tbody|tr|th|td|strong|details|summary)$/;
    expect(tags.filter((tag) => !own.test(tag))).toEqual([]);
    expect(page.match(/<h\d/g)).toEqual(["<h3"]);
    expect(part).not.toContain("@everyone");
  }
});

describe("the files", () => {
  const emulator = useEmulator();
  const folder = mkdtempSync(join(tmpdir(), "rehearse-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([["--html"], ["--md"]])("%s takes the place of none, which is said first", async (option) => {
    const file = join(folder, `mine${option}`);
    writeFileSync(file, "mine");
    const ended = await run(["rehearse", "--stack", "dev", option, file], shellFor(emulator.current));
    expect(ended).toMatchObject({ code: 2, out: "" });
    expect(ended.err).toBe(
      `pulumi-twilio-flex: ${file} is there already; name another one with ${option}, or give --force\n`,
    );
    expect(readFileSync(file, "utf8")).toBe("mine");

    const nowhere = join(folder, "none", "file");
    const { code, err } = await run(["rehearse", "--stack", "dev", option, nowhere]);
    expect({ code, err }).toEqual({
      code: 2,
      err: `pulumi-twilio-flex: there is no folder ${join(folder, "none")} for the file of ${option}\n`,
    });
    expect(emulator.current.requests).toEqual([]);
  });

  test("what cannot be rehearsed is in the summary too, and there is no picture", async () => {
    const [md, html] = [join(folder, "summary.md"), join(folder, "map.html")];
    const args = ["rehearse", "--stack", "none", "--md", md, "--html", html];
    const { code, err } = await run(args, shellFor(emulator.current), folder);
    expect(code).toBe(2);
    expect(err).toMatch(/^pulumi-twilio-flex: .+\n$/);
    expect(readFileSync(md, "utf8")).toMatch(/^### Rehearsal\n\nNot rehearsed: .+\n$/);
    expect(readdirSync(folder)).not.toContain("map.html");
  });

  test("--mermaid and --json are two results, of which one is printed", async () => {
    expect((await run(["rehearse", "--stack", "dev", "--mermaid", "--json"])).code).toBe(2);
  });
});

import { changeDocument, mapDocument } from "../../../provider/routing/map";
import { byProxy, hop, hostile, route, stopped, way } from "./routes";

const head = { title: "Routes of AC1", about: "As of today" };

test("the file loads nothing, runs nothing, and says what it shows", () => {
  const text = mapDocument({ ...head, routes: [byProxy("+1"), stopped("+2")] });
  expect(text).toContain("<h1>Routes of AC1</h1>");
  expect(text).toContain("<b>1 error</b>");
  expect(text).toMatch(
    /Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[\w+/=]+'; img-src data:;/,
  );
  expect(text).not.toMatch(/<script|\sstyle=|\son[a-z]+=|\bsrc=|url\(|https?:/);
});

test("no routes are said in words", () => {
  expect(mapDocument({ ...head, routes: [] })).toContain("customers cannot write to this account");
});

test("a change: what goes, what comes, which problems, and what stays", () => {
  const text = changeDocument({
    ...head,
    before: [stopped("+1"), byProxy("+2"), byProxy("+3")],
    after: [byProxy("+1"), byProxy("+2"), stopped("+3"), byProxy("+4")],
  });
  expect(text).toContain("<b>3 routes change</b>, 1 stays as it is");
  expect(text).toContain("Before it reaches nobody; after it reaches agents");
  expect(text).toContain("Before it reaches agents; after it reaches nobody");
  expect(text).toContain("New: it reaches agents");
  expect(text).toMatch(/error<\/span> gone afterwards.*It is off/s);
  expect(text).toMatch(/error<\/span> new.*It is off/s);
  // What ends with an error comes first.
  expect([...text.matchAll(/data-route="sms (\+\d)"/g)].map(([, number]) => number)).toEqual([
    "+3",
    "+1",
    "+4",
  ]);
});

test("no change is said in words", () => {
  const text = changeDocument({ ...head, before: [byProxy("+1")], after: [byProxy("+1")] });
  expect(text).toContain("<b>0 routes change</b>, 1 stays as it is");
  expect(text).not.toContain('class="map"');
});

test("names are text", () => {
  const routes = [route(hostile, [way([hop("phoneNumber", hostile), hop("studioFlow", hostile)])])];
  for (const text of [
    mapDocument({ title: hostile, about: hostile, routes }),
    changeDocument({ title: hostile, about: hostile, before: [], after: routes }),
  ]) {
    expect(text).not.toContain("<script");
    expect(text.split("</style>")).toHaveLength(2);
    expect(text).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  }
});

test("several hundred addresses are a file of a few megabytes, made at once", () => {
  const routes = Array.from({ length: 700 }, (_, at) => byProxy(`+1202555${1000 + at}`));
  const text = mapDocument({ ...head, routes });
  expect(text).toContain("200 of 700 routes, those with problems first. All are listed in words.");
  expect(text.split('<li class="route"')).toHaveLength(701);
  expect(text.length).toBeLessThan(4_000_000);
});

import { all, story } from "./onAir";

describe.each(all)("%s is never off the air", (line) => {
  const done = new Set<string>();
  test(
    "made, moved to proxy and back, and destroyed",
    () =>
      story(
        line,
        ["conversations", "proxy", "moving", "proxy", "moving", "conversations", "destroy"],
        {},
        done,
      ),
    420_000,
  );

  test(
    "made on proxy, moved, and destroyed on the way",
    () => story(line, ["proxy", "moving", "destroy"], {}, done),
    420_000,
  );

  test(
    "made on moving, taken back to proxy, and destroyed there",
    () => story(line, ["moving", "proxy", "destroy"], {}, done),
    420_000,
  );
});

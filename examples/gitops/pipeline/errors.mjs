// @ts-check
/** @typedef {import("@pulumi/pulumi/automation/index.js").EngineEvent} EngineEvent */

/**
 * What went wrong, one line each.
 *
 * @param {EngineEvent[]} events
 */
export function errorsIn(events) {
  const lines = events.flatMap(({ diagnosticEvent: said }) =>
    said?.severity === "error" ? [lineOf(said.message)] : [],
  );
  // The engine says last that the operation failed, which is known.
  return [...new Set(lines)].filter((line) => !/^(preview|update|refresh) failed$/.test(line));
}

/**
 * Why an operation failed of which the engine said nothing: no such stack, a wrong passphrase, no engine.
 *
 * @param {unknown} error
 */
export function reasonOf(error) {
  const text = error instanceof Error ? error.message : String(error);
  if (/ENOENT.*pulumi|pulumi.*ENOENT/.test(text)) return "The command pulumi is not on PATH.";
  const [, said] = /^.*?\berror: (.*)$/m.exec(text) ?? [];
  return said?.trim() || lineOf(text);
}

/** The line that says it, out of a message with a stack. @param {string} message */
function lineOf(message) {
  const lines = message.split("\n").map((line) => line.trim());
  const telling = lines.find(
    (line) => /error TS\d+|^(\w+\.)?\w*Error: ./.test(line) && !/^TSError/.test(line),
  );
  return (telling ?? lines.find((line) => line !== "") ?? "unknown").replace(
    /^(Preview|Update) failed: /,
    "",
  );
}

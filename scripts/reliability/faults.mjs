/**
 * What goes wrong once, with the request that writes or reads the object. `spoil` happens to the answer after the request was
 * carried out. Each fault is known by what happens, as the table names it.
 */
const nothing = "f".repeat(32);
const page = "<html><body>Bad gateway</body></html>";
const spoilt = (spoil) => () => ({ spoil });

export const faults = [
  // First those that take longest.
  { name: "a slow answer: 35 seconds before anything happens", effect: () => ({ delayMs: 35_000 }) },
  {
    name: "a page of HTML, and the lookup is refused",
    effect: spoilt({ status: 200, body: page }),
    lookups: { status: 403, code: 20003 },
  },
  {
    name: "a connection that drops after, and the API is away",
    effect: () => ({ drop: "after" }),
    lookups: { status: 503 },
  },
  {
    name: "a connection that drops before, and the API is away",
    effect: () => ({ drop: "before" }),
    lookups: { status: 503 },
  },
  {
    name: "a cut body",
    effect: (_, isDelete) => ({ spoil: isDelete ? { status: 200, body: '{"sid' } : { cut: true } }),
  },
  { name: "a page of HTML", effect: spoilt({ status: 200, body: page }) },
  { name: "a page of HTML with 201", effect: spoilt({ status: 201, body: page }) },
  { name: "nothing, with 200", effect: spoilt({ status: 200, body: "" }) },
  { name: "nothing, with 201", effect: spoilt({ status: 201, body: "" }) },
  { name: "nothing, with 204", effect: spoilt({ status: 204, body: "" }) },
  { name: "`null`", effect: spoilt({ status: 200, body: "null" }) },
  { name: "`[]`", effect: spoilt({ status: 200, body: "[]" }) },
  { name: "`{}`", effect: spoilt({ status: 200, body: "{}" }) },
  { name: "a number", effect: spoilt({ status: 200, body: "7" }) },
  { name: "another object's SID", effect: (prefix) => ({ spoil: { sid: `${prefix}${nothing}` } }) },
  { name: "no SID", effect: spoilt({ sid: null }) },
  ...[408, 425, 499, 500, 501, 502, 503, 504].map((status) => ({
    name: `status ${status}, carried out`,
    effect: spoilt({ status, body: JSON.stringify({ status, code: status, message: "No answer in time" }) }),
  })),
  ...[400, 403, 404].map((status) => ({
    name: `a proxy's ${status}, carried out`,
    effect: spoilt({ status, body: page }),
  })),
  { name: "status 503, not carried out", effect: () => ({ status: 503 }) },
  { name: "status 429", effect: () => ({ status: 429, code: 20429 }) },
  { name: "a connection that drops before", effect: () => ({ drop: "before" }) },
  { name: "a connection that drops after", effect: () => ({ drop: "after" }) },
];

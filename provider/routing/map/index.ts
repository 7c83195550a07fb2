// The map of routes: a picture of what messages and calls pass on their way. Routes go in, as `routesOf` returns them, and text comes
// out. For a command that knows the routes of an account, or those before and after:
//
//   writePicture(file, mapDocument({ title, about, routes }))             --html: one file, without network and script
//   writePicture(file, changeDocument({ title, about, before, after }))
//   print(mermaid(routes))                                                --mermaid: Markdown, with its fence, for a comment
//   print(mermaidOfChange(before, after, { most: 20_000 }))
//
// `refuseFile(file, "--html", force)` comes first: see cli/picture.ts. Of both routes `before` and `after` either all have been through
// `shown`, or none.
export { changeDocument, mapDocument } from "./document";
export { type Html, html } from "./html";
export { mapOf } from "./layout";
export { mermaid, mermaidOfChange } from "./mermaid";
export { legend, pictureOf } from "./picture";
export { mapStyle } from "./style";
export { danglingOf, problemsOf, tallyOf, waysOf } from "./ways";
export { channelNames, count, destinationNames, kindNames } from "./words";

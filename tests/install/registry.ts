import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

/** A package as it is published: what its package.json says, and its tarball. */
export interface Published {
  readonly manifest: { readonly name: string; readonly version: string };
  readonly tarball: string;
}

/** A package registry that holds these packages, and leads on to another one for all others. */
export async function startRegistry(published: readonly Published[], others: string) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "/").slice(1);
    // Another run may get the same port, with other packages.
    response.setHeader("Cache-Control", "no-store");
    const packed = published.find((one) => path === pathOf(one));
    if (packed) return response.end(readFileSync(packed.tarball));
    const versions = published.filter(({ manifest }) => path === manifest.name);
    if (versions.length > 0)
      return response.end(JSON.stringify(document(versions, `http://${request.headers.host}`)));
    return response.writeHead(302, { Location: `${others.replace(/\/$/, "")}${request.url}` }).end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the registry has no port");
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What a registry says of a package. @see https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md */
function document(versions: readonly Published[], origin: string) {
  const entries = versions.map((one) => {
    const content = readFileSync(one.tarball);
    const dist = {
      tarball: `${origin}/${pathOf(one)}`,
      shasum: createHash("sha1").update(content).digest("hex"),
      integrity: `sha512-${createHash("sha512").update(content).digest("base64")}`,
    };
    return [one.manifest.version, { ...one.manifest, dist }];
  });
  const { name, version } = versions[0]?.manifest ?? {};
  return { name, "dist-tags": { latest: version }, versions: Object.fromEntries(entries) };
}

const pathOf = ({ manifest: { name, version } }: Published) => `${name}/-/${name}-${version}.tgz`;

import { createHash } from 'node:crypto';
import { type LoopbackServer, startLoopbackServer } from '../engines/registry/loopback-server.ts';

/** An image that is only there to be transferred: its layer is noise. */
export const layer = noise(1_000_000);
export const manifest = Buffer.from(JSON.stringify({ schemaVersion: 2, layers: [digestOf(layer)] }));
export const manifestType = 'application/vnd.oci.image.manifest.v1+json';

export function digestOf(bytes: Buffer): `sha256:${string}` {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

export const layerDescriptor = {
  mediaType: 'application/vnd.oci.image.layer.v1.tar',
  digest: digestOf(layer),
  size: layer.length,
  urls: [],
  annotations: { a: 'b' },
  platform: null,
};

export const layerPath = `/v2/acme/app/blobs/${layerDescriptor.digest}`;
export const manifestPath = '/v2/acme/app/manifests/1';

/** Serves `acme/app:1` and its layer, the layer in parts, too. Faults are a proxy's business. */
export async function startFakeRegistry(): Promise<LoopbackServer> {
  return await startLoopbackServer(({ url = '', headers }, response) => {
    if (url === manifestPath || url === `/v2/acme/app/manifests/${digestOf(manifest)}`) {
      response.writeHead(200, {
        'content-type': `${manifestType}; charset=utf-8`,
        'docker-content-digest': digestOf(manifest),
        'content-length': manifest.length,
      });
      response.end(manifest);
      return;
    }
    if (url !== layerPath) {
      response.writeHead(404).end('{"errors":[{"code":"NAME_UNKNOWN","message":"no \\u001b[31msuch name"}]}');
      return;
    }
    const [, from, to = String(layer.length - 1)] = /^bytes=(\d+)-(\d+)?$/.exec(headers.range ?? '') ?? [];
    const bytes = from === undefined ? layer : layer.subarray(Number(from), Number(to) + 1);
    const range = { 'content-range': `bytes ${from}-${to}/${layer.length}` };
    response.writeHead(from === undefined ? 200 : 206, {
      'content-length': bytes.length,
      ...(from === undefined ? {} : range),
    });
    response.end(bytes);
  });
}

function noise(length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, at) =>
    createHash('sha256').update(`${at}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

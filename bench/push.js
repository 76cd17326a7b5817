import { createHash } from 'node:crypto';
import { createReadStream, openSync, closeSync, readSync } from 'node:fs';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** @typedef {{ digest: string, size: number, mediaType: string }} Descriptor */

const types = {
  config: 'application/vnd.oci.image.config.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
};

/**
 * Pushes an image of the benchmark, its layers as they are: skopeo would compress those that are not (distribution-spec,
 * "Pushing manifests").
 * @param {string} host
 * @param {string} name
 * @param {string} archive
 * @returns {Promise<string[]>} digests of its layers, lowest first
 */
export async function pushArchive(host, name, archive) {
  /** @type {Descriptor[]} */
  const layers = [];
  /** @type {Buffer | null} */
  let config = null;
  for (const { entry, offset, size } of entriesOf(archive)) {
    const open = () => createReadStream(archive, { start: offset, end: offset + size - 1, highWaterMark: 1024 * 1024 });
    if (entry === 'config.json') config = await buffer(open());
    if (!entry.startsWith('layer-')) continue;
    const mediaType = entry.endsWith('.gz') ? `${types.layer}+gzip` : types.layer;
    layers.push({ ...(await pushBlob(host, name, open, size)), mediaType });
  }
  const bytes = config ?? Buffer.from('{}');
  const described = {
    ...(await pushBlob(host, name, () => Readable.from([bytes]), bytes.length)),
    mediaType: types.config,
  };
  const manifest = Buffer.from(
    JSON.stringify({ schemaVersion: 2, mediaType: types.manifest, config: described, layers }),
  );
  await send('PUT', `http://${host}/v2/${name}/manifests/1`, Readable.from([manifest]), {
    'content-type': types.manifest,
    'content-length': String(manifest.length),
  });
  return layers.map(({ digest }) => digest);
}

/**
 * @param {string} host
 * @param {string} name
 * @param {() => Readable} open
 * @param {number} size
 */
async function pushBlob(host, name, open, size) {
  const hash = createHash('sha256');
  for await (const chunk of open()) hash.update(chunk);
  const digest = `sha256:${hash.digest('hex')}`;
  const { location = '' } = await send('POST', `http://${host}/v2/${name}/blobs/uploads/`, Readable.from([]), {});
  const target = new URL(location, `http://${host}`);
  target.searchParams.set('digest', digest);
  await send('PUT', target.href, open(), {
    'content-type': 'application/octet-stream',
    'content-length': String(size),
  });
  return { digest, size };
}

/**
 * @param {string} method
 * @param {string} url
 * @param {Readable} body
 * @param {Readonly<Record<string, string>>} headers
 * @returns {Promise<import('node:http').IncomingHttpHeaders>}
 */
function send(method, url, body, headers) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      response.resume();
      const { statusCode = 0 } = response;
      if (statusCode >= 300) reject(new Error(`${method} ${url}: ${statusCode}`));
      else response.once('end', () => resolve(response.headers));
    });
    sent.once('error', reject);
    body.pipe(sent);
  });
}

/**
 * The files of an archive that bench/image.js wrote.
 * @param {string} archive
 */
function* entriesOf(archive) {
  const fd = openSync(archive, 'r');
  try {
    const header = Buffer.alloc(512);
    for (let at = 0; readSync(fd, header, 0, 512, at) === 512 && header[0] !== 0;) {
      const entry = header.toString('latin1', 0, header.indexOf(0));
      const size = Number.parseInt(header.toString('latin1', 124, 135), 8);
      yield { entry, offset: at + 512, size };
      at += 512 + Math.ceil(size / 512) * 512;
    }
  } finally {
    closeSync(fd);
  }
}

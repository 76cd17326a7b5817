import { createHash } from 'node:crypto';
import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { header, padded, tarChunks } from './tar.js';
import { treeEntries } from './tree.js';

/** @typedef {{ tree: import('./tree.js').TreeOptions, gzip: boolean }} LayerPlan */

/**
 * Writes a docker-archive, layers first and the manifest last, as kaniko and `docker save` do.
 * @param {string} file
 * @param {readonly LayerPlan[]} plan lowest layer first
 */
export async function writeImage(file, plan) {
  // Renamed at the end: an interrupted run must not leave half an image in the cache.
  const partial = `${file}.partial`;
  const fd = openSync(partial, 'w');
  let end = 0;
  const append = (/** @type {Uint8Array} */ bytes) => {
    for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at, bytes.length - at, end + at);
    end += bytes.length;
  };
  const appendFile = (/** @type {string} */ name, /** @type {unknown} */ json) => {
    const content = Buffer.from(JSON.stringify(json));
    append(header({ name, size: content.length, flag: '0', mode: 0o644, link: '' }));
    append(content);
    append(Buffer.alloc(padded(content.length) - content.length));
  };
  try {
    /** @type {string[]} */
    const diffIds = [];
    /** @type {string[]} */
    const names = [];
    for (const [number, { tree, gzip }] of plan.entries()) {
      const name = `layer-${number}.tar${gzip ? '.gz' : ''}`;
      const start = end;
      append(Buffer.alloc(512));
      const hash = createHash('sha256');
      const tar = Readable.from(hashed(tarChunks(treeEntries(tree)), hash));
      for await (const chunk of gzip ? tar.pipe(createGzip({ chunkSize: 1024 * 1024 })) : tar) append(chunk);
      const size = end - start - 512;
      append(Buffer.alloc(padded(size) - size));
      writeSync(fd, header({ name, size, flag: '0', mode: 0o644, link: '' }), 0, 512, start);
      diffIds.push(`sha256:${hash.digest('hex')}`);
      names.push(name);
    }
    const history = diffIds.map((_, number) => ({ created_by: `COPY part-${number} /` }));
    const rootfs = { type: 'layers', diff_ids: diffIds };
    appendFile('config.json', { architecture: 'amd64', os: 'linux', config: {}, history, rootfs });
    appendFile('manifest.json', [{ Config: 'config.json', RepoTags: ['bench:latest'], Layers: names }]);
    append(Buffer.alloc(1024));
  } finally {
    closeSync(fd);
  }
  renameSync(partial, file);
}

/**
 * @param {Iterable<Buffer>} chunks
 * @param {import('node:crypto').Hash} hash
 */
function* hashed(chunks, hash) {
  for (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

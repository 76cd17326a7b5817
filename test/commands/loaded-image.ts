import { EventEmitter } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import type { Host } from '../../src/commands/host.ts';
import { type LoadedImage, loadImage } from '../../src/commands/load-image.ts';
import { encodeText } from '../../src/text/byte-string.ts';
import { archiveOf, dockerFiles, type LayerToWrite } from '../sources/written-image.ts';

/** A host that says nothing and is never interrupted. */
export function quietHost(): Host {
  const sink = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });
  return Object.assign(new EventEmitter(), {
    argv: [],
    env: {},
    platform: 'linux',
    arch: 'x64',
    stdin: Readable.from([]),
    stdout: sink(),
    stderr: sink(),
    kill: () => {},
    exit: () => {},
  });
}

/** What the command line says where it says nothing. */
const imageDefaults = {
  platform: undefined,
  verify: false,
  username: undefined,
  'password-stdin': false,
  'tls-ca': undefined,
  insecure: false,
  'index-cache': false,
};

/** An image of these layers, in an archive below a folder. */
export async function loadLayers(folder: string, ...layers: readonly (Buffer | LayerToWrite)[]): Promise<LoadedImage> {
  const image = join(mkdtempSync(join(folder, 'image-')), 'image.tar');
  const written = layers.map((layer) => (Buffer.isBuffer(layer) ? { tar: layer } : layer));
  writeFileSync(image, archiveOf(dockerFiles({ layers: written })));
  return loadImage(quietHost(), { ...imageDefaults, image }, { onProgress: () => {} });
}

/** The node of a path that some layer has, present in the end or not. */
export function nodeOf({ union: { tree } }: LoadedImage, path: string): number {
  let node: number | null = 0;
  for (const part of encodeText(path).split('/').filter(Boolean)) node = node === null ? null : tree.child(node, part);
  if (node === null) throw new Error(`no layer has ${path}`);
  return node;
}

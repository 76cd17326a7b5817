import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from 'tar-stream';
import { HEADER_LAYERS } from '../engines/corpus/header-layers.ts';
import { PACKED_LAYERS } from '../engines/corpus/packed-layers.ts';
import { UNION_LAYERS } from '../engines/corpus/union-layers.ts';
import { missingEngines } from '../engines/requirements.ts';
import { temporaryFolder } from '../scan-layer.ts';

export interface TarSample {
  readonly name: string;
  readonly tar: Buffer;
}

/** Programs that some of the corpus is written with. */
const writers: ReadonlySet<string> = new Set(['tar', 'bsdtar', 'busybox', 'python3', 'zstd', 'root']);

/** Which of them are missing; then only what is written byte by byte is there. */
export function missingWriters(): string[] {
  return missingEngines().filter((name) => writers.has(name) || name.startsWith('Linux'));
}

/** Tars of the engine suite's corpus: headers of every kind, and what the tar programs write of real trees. */
export async function corpusTars(): Promise<TarSample[]> {
  const folder = temporaryFolder();
  const recipes = missingWriters().length > 0 ? UNION_LAYERS : [...UNION_LAYERS, ...HEADER_LAYERS, ...PACKED_LAYERS];
  const samples: TarSample[] = [];
  for (const recipe of recipes) {
    const { name } = recipe;
    const own = join(folder, name);
    mkdirSync(own);
    for (const [at, { tar }] of (await recipe.layers(own)).entries()) samples.push({ name: `${name} ${at}`, tar });
  }
  return samples;
}

/** A tar by tar-stream: PAX headers for long names and large numbers, and content of many sizes. */
export async function packedByTarStream(): Promise<TarSample> {
  const packed = pack();
  const mtime = new Date(1_600_000_000_000);
  for (const size of [0, 1, 511, 512, 513, 1023, 1024, 1025, 70_000])
    packed.entry({ name: `files/${size}`, mtime, mode: 0o640, uid: 5, gid: 6 }, Buffer.alloc(size, `${size} `));
  packed.entry({ name: `${'long/'.repeat(60)}é`, mtime, uid: 3_000_000, gid: 4_000_000 }, 'content');
  packed.entry({ name: 'dir', type: 'directory', mtime });
  packed.entry({ name: 'link', type: 'symlink', linkname: 'target/'.repeat(40), mtime });
  packed.entry({ name: 'hard', type: 'link', linkname: 'files/1', mtime });
  packed.entry({ name: 'device', type: 'character-device', devmajor: 1, devminor: 3, mtime });
  packed.entry({ name: 'pipe', type: 'fifo', mtime });
  packed.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of packed as AsyncIterable<Buffer>) chunks.push(chunk);
  return { name: 'tar-stream', tar: Buffer.concat(chunks) };
}

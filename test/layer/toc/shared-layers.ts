import { createReadStream } from 'node:fs';
import { extract } from 'tar-stream';
import type { Descriptor } from '../../../src/image/descriptor.ts';
import { memoryBlob, type CountedBlob } from './memory-blob.ts';

/** The layers of the one image in an OCI archive, lowest first. */
export async function archivedLayers(path: string): Promise<{ readonly bytes: Buffer; readonly blob: CountedBlob }[]> {
  const members = new Map<string, Buffer>();
  for await (const entry of createReadStream(path).pipe(extract())) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry as AsyncIterable<Buffer>) chunks.push(chunk);
    members.set(entry.header.name.replace(/^\.\//, ''), Buffer.concat(chunks));
  }
  const member = (name: string): Buffer => members.get(name) ?? Buffer.from(`no ${name} in ${path}`);
  const content = ({ digest }: Descriptor): Buffer => member(`blobs/${digest.replace(':', '/')}`);
  const index = JSON.parse(member('index.json').toString()) as { manifests: [Descriptor] };
  const manifest = JSON.parse(content(index.manifests[0]).toString()) as { layers: Descriptor[] };
  return manifest.layers.map((layer) => {
    const bytes = content(layer);
    return { bytes, blob: memoryBlob(bytes, layer.annotations) };
  });
}

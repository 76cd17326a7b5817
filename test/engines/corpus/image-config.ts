import { createHash } from 'node:crypto';
import type { LayerBlob } from './oci-layout.ts';

/** The configuration of a hand-made image: one line of history per layer. */
export function imageConfig(layers: readonly LayerBlob[]): object {
  const created = '2024-01-01T00:00:00Z';
  return {
    created,
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    config: { Cmd: ['/bin/sh'] },
    rootfs: {
      type: 'layers',
      diff_ids: layers.map(({ tar }) => `sha256:${createHash('sha256').update(tar).digest('hex')}`),
    },
    history: layers.map((_, index) => ({ created, created_by: `layer ${index}` })),
  };
}

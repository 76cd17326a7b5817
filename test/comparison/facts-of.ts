import type { ImageFacts, LayerFacts } from '../../src/comparison/image-facts.ts';

/** A layer as a test tells it; by its content alone it is the same layer in another image. */
export interface ToldLayer {
  readonly content: string | null;
  readonly size: number;
  /** Its history, in BuildKit's words. */
  readonly step?: string;
  readonly origin?: LayerFacts['origin'];
  /** Line and text of its instruction. */
  readonly line?: readonly [number, string];
  readonly digest?: string | null;
  readonly compressed?: number | null;
}

function layerFacts(told: ToldLayer, index: number): LayerFacts {
  const { content, size, step, line, origin = 'unknown', digest = null, compressed = null } = told;
  const [at, text] = line ?? [0, ''];
  return {
    index,
    diffId: content === null ? null : `sha256:${content}`,
    digest,
    compressedBytes: compressed,
    tarBytes: size + 1024,
    sizeBytes: size,
    wastedBytes: 0,
    fileCount: 1,
    origin,
    history: step === undefined ? null : { createdBy: step, created: null, comment: '', author: '' },
    instruction:
      line === undefined
        ? null
        : { file: 'Dockerfile', startLine: at, endLine: at, stage: '0', keyword: text.split(' ')[0] ?? '', text },
  };
}

/** What is known of an image with these layers. */
export function factsOf(...told: readonly ToldLayer[]): ImageFacts {
  const layers = told.map(layerFacts);
  const sum = (some: readonly LayerFacts[]): number => some.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0);
  const known = layers.every(({ origin }) => origin !== 'unknown');
  const of = (wanted: string): number | null => (known ? sum(layers.filter(({ origin }) => origin === wanted)) : null);
  const compressed = layers.map(({ compressedBytes }) => compressedBytes);
  return {
    image: {
      reference: 'image.tar',
      manifestDigest: null,
      configDigest: 'sha256:config',
      sizeBytes: sum(layers),
      baseBytes: of('base'),
      ownBytes: of('own'),
      compressedBytes: compressed.includes(null) ? null : compressed.reduce<number>((all, one) => all + (one ?? 0), 0),
      layerCount: layers.length,
      fileCount: layers.length,
    },
    layers,
    waste: { bytes: 0, own: { bytes: of('own') === null ? null : 0 }, base: { bytes: of('base') === null ? null : 0 } },
    compat: { dive: { efficiencyScore: 1, wastedBytes: 0, userWastedPercent: 0, userSizeBytes: 0 } },
    budgets: null,
  };
}

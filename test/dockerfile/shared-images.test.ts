import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type MapOptions, mapLayers } from '../../src/dockerfile/map-layers.ts';
import type { Mapping } from '../../src/dockerfile/mapping.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { readProvenance } from '../../src/dockerfile/provenance/provenance.ts';
import { sharedImage } from '../shared-images.ts';
import { archiveTexts, parseConfig, readOciImage } from './archive-blobs.ts';

const absent = sharedImage('dive/test-docker-image.tar') === null;
const shared = (name: string): string => sharedImage(name) ?? '';

const defaults = {
  layerDigests: [],
  provenance: null,
  baseConfig: null,
  target: null,
  buildArgs: new Map<string, string>(),
} satisfies Partial<MapOptions>;

function lines({ layers }: Mapping): (string | null)[] {
  return layers.map(({ instruction }) => {
    if (instruction === null) return null;
    const { startLine, endLine, keyword, confidence } = instruction;
    return `${keyword} ${startLine}-${endLine} ${confidence}`;
  });
}

describe.skipIf(absent)('the shared images', () => {
  it("maps dive's image: its 13 instructions made layers 1 to 13", async () => {
    const texts = await archiveTexts(shared('dive/test-docker-image.tar'));
    const manifest = JSON.parse(texts.get('manifest.json') ?? '[]') as { Config: string }[];
    const config = parseConfig(texts.get(manifest[0]?.Config ?? '') ?? '');
    const dockerfile = parseDockerfile(readFileSync(shared('dive/Dockerfile'), 'utf8'));
    const mapping = mapLayers({ ...defaults, dockerfile, config });
    expect(mapping.builder).toBe('classic');
    expect(mapping.layers.map(({ instruction }) => instruction?.startLine ?? null)).toEqual([
      null,
      ...Array.from({ length: 13 }, (_, at) => at + 2),
    ]);
    expect(mapping.layers.map(({ instruction }) => instruction?.confidence)).toEqual([
      undefined,
      'normalized',
      ...Array.from({ length: 8 }, () => 'exact'),
      'normalized',
      ...Array.from({ length: 3 }, () => 'exact'),
    ]);
    expect(mapping).toMatchObject({
      baseLayers: 1,
      evidence: 'dockerfile',
      unmatchedLayers: 0,
      unmatchedInstructions: 0,
    });
  });

  const expected = [
    null,
    null,
    'WORKDIR 16-16 exact',
    'COPY 17-17 exact',
    'COPY 18-18 exact',
    'RUN 19-20 exact',
    'RUN 21-21 exact',
  ];

  describe.each(['buildkit-provenance-max', 'buildkit-provenance-v1'])('%s', (name) => {
    const read = async () => await readOciImage(shared(`buildkit/${name}.oci.tar`));
    const dockerfile = () => parseDockerfile(readFileSync(shared('buildkit/context/Dockerfile'), 'utf8'));

    it('maps by the provenance alone, which has the Dockerfile', async () => {
      const { config, layerDigests, statement } = await read();
      const provenance = readProvenance(statement);
      expect(provenance?.buildArgs).toEqual(new Map([['GIT_SHA', 'abc123']]));
      const mapping = mapLayers({
        ...defaults,
        dockerfile: null,
        config: { ...config, history: [] },
        layerDigests,
        provenance,
      });
      expect(lines(mapping)).toEqual(expected);
      expect(mapping).toMatchObject({ baseLayers: 2, evidence: 'provenance' });
    });

    it('maps the same lines by alignment alone', async () => {
      const { config } = await read();
      const mapping = mapLayers({ ...defaults, dockerfile: dockerfile(), config });
      expect(lines(mapping)).toEqual(expected);
      expect(mapping).toMatchObject({ builder: 'buildkit', baseLayers: 2, evidence: 'dockerfile', unmatchedLayers: 0 });
    });

    it('finds the lines again after the file was edited', async () => {
      const { config, layerDigests, statement } = await read();
      const edited = parseDockerfile(
        readFileSync(shared('buildkit/context/Dockerfile'), 'utf8')
          .replace('COPY --from=deps', 'RUN true\n\nCOPY --from=deps')
          .replace('rm cache.tmp', 'rm -f cache.tmp'),
      );
      const provenance = readProvenance(statement);
      const wanted = [
        null,
        null,
        'WORKDIR 16-16 exact',
        'COPY 19-19 exact',
        'COPY 20-20 exact',
        'RUN 21-22 exact',
        null,
      ];
      for (const known of [provenance, null]) {
        const mapping = mapLayers({ ...defaults, dockerfile: edited, config, layerDigests, provenance: known });
        expect(lines(mapping)).toEqual(wanted);
        expect(mapping.unmatchedInstructions).toBe(2);
      }
    });
  });

  it('reads the provenance of a metadata file', async () => {
    const text = readFileSync(shared('buildkit/buildkit-provenance-max.metadata.json'), 'utf8');
    const { config, layerDigests } = await readOciImage(shared('buildkit/buildkit-provenance-max.oci.tar'));
    const provenance = readProvenance(JSON.parse(text));
    expect(lines(mapLayers({ ...defaults, dockerfile: null, config, layerDigests, provenance }))).toEqual(expected);
  });
});

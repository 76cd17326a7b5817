import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCosts, type LoadedCosts } from '../../../src/commands/cache/load-costs.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { fixtureText } from '../../builds/fixture.ts';
import { archiveOf, dockerFiles } from '../../sources/written-image.ts';
import { file, layer } from '../../write-layer.ts';
import { quietHost } from '../loaded-image.ts';
import { costsDefaults } from './costs-defaults.ts';
import { scratchFolder } from '../scratch-folder.ts';

const folder = scratchFolder();

async function costs(dockerfile: string, sources: { image?: string; timings?: string }): Promise<LoadedCosts> {
  const wanted = { dockerfile: parseDockerfile(dockerfile), target: null, buildArgs: new Map<string, string>() };
  return await loadCosts(quietHost(), { ...costsDefaults, ...sources }, wanted);
}

const written = (name: string, content: Buffer | string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const text = 'FROM scratch\nCOPY f /f\nRUN make\nRUN test\n';

const image = (): string => {
  const by = (created_by: string, created: string): object => ({
    created_by: `${created_by} # buildkit`,
    created,
    comment: 'buildkit.dockerfile.v0',
  });
  const history = [
    by('COPY f /f', '2026-11-22T09:00:00Z'),
    by('RUN /bin/sh -c make', '2026-11-22T09:00:10Z'),
    by('RUN /bin/sh -c test', '2026-11-22T09:00:30Z'),
  ];
  const layers = [layer({ f: file(10) }), layer({ made: file(2000) }), layer({})].map((tar) => ({ tar }));
  return written('image.tar', archiveOf(dockerFiles({ layers, history })));
};

const log = (): string => written('log', '#5 [2/3] RUN make\n#5 DONE 9.5s\n#6 [3/3] RUN test\n#6 CACHED\n');

describe('costs', () => {
  test('are unknown without an image and a log', async () => {
    expect(await costs(text, {})).toEqual({ costs: new Map(), builder: null, warnings: [] });
  });

  test("are an image's, and who built it is told", async () => {
    const loaded = await costs(text, { image: image() });
    expect(loaded.builder).toBe('buildkit');
    expect([...loaded.costs]).toEqual([
      [2, { bytes: 10, seconds: null }],
      [3, { bytes: 2000, seconds: 10 }],
      [4, { bytes: 0, seconds: 20 }],
    ]);
  });

  test("take a log's seconds for the steps that ran in it", async () => {
    const { costs: both } = await costs(text, { image: image(), timings: log() });
    expect([...both.values()].map(({ seconds }) => seconds)).toEqual([null, 9.5, 20]);
    const { costs: logged, builder } = await costs(text, { timings: log() });
    expect(builder).toBe('buildkit');
    expect([...logged]).toEqual([[3, { bytes: null, seconds: 9.5 }]]);
  });

  test('of a log of another Dockerfile are none, which is said', async () => {
    const { costs: none, warnings } = await costs(text, { timings: written('other', fixtureText('plain-28.txt')) });
    expect(none.size).toBe(0);
    expect(warnings.map(({ message }) => message)).toEqual([
      "The log tells of another Dockerfile's build than this one: none of its 8 steps is in it.",
    ]);
  });

  test('cannot be had from what is no log', async () => {
    const path = written('Dockerfile', text);
    await expect(costs(text, { timings: path })).rejects.toThrow(`${path}: no log of a build. Expected is`);
    await expect(costs(text, { timings: `${path}.gone` })).rejects.toThrow('no such file');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engines, startEngines } from './engines.ts';
import { buildAll, type BuiltDockerfile, type MappedBuilder } from './mapping/build-all.ts';
import { EDITS } from './mapping/edit.ts';
import { generate } from './mapping/generate.ts';
import { type Judgement, judge } from './mapping/judge.ts';
import { enginesRequired, missingEngines } from './requirements.ts';

const missing = missingEngines();
if (missing.length > 0)
  process.stderr.write(`Skipped: mapping of real builds; this machine lacks ${missing.join(', ')}\n`);

it.runIf(enginesRequired())('every engine is installed', () => {
  expect(missing).toEqual([]);
});

/** A classic step takes a container and a buildah step a copy of the filesystem; BuildKit's are quick. */
const counts = { buildkit: 120, classic: 24, buildah: 20 };
const generated = Array.from({ length: Math.max(...Object.values(counts)) }, (_, seed) => generate(seed));

describe.skipIf(missing.length > 0)('generated Dockerfiles, built for real', () => {
  let engines: Engines;
  let built: readonly BuiltDockerfile[];

  beforeAll(async () => {
    engines = await startEngines();
    built = await buildAll(engines, generated, counts);
  });
  afterAll(async () => {
    await engines.stop();
  });

  const judged = (builder: MappedBuilder, edit: (typeof EDITS)[number]): readonly Judgement[] =>
    built
      .filter((each) => each.builder === builder)
      .map((each, at) => judge(each, edit, generated[(at + 1) % generated.length] ?? each.generated));

  describe.each(['buildkit', 'classic', 'buildah'] as const)('%s', (builder) => {
    it('maps every layer to the line that made it, and finds the end of the base image', () => {
      const all = judged(builder, 'none');
      tell(builder, 'none', all);
      expect(all).toHaveLength(counts[builder]);
      expect(all.flatMap(({ wrong }) => wrong)).toEqual([]);
      expect(all.flatMap(({ missed }) => missed)).toEqual([]);
      expect(sum(all, ({ right }) => right)).toBe(sum(all, ({ present }) => present));
      expect(sum(all, ({ present }) => present)).toBeGreaterThan(counts[builder] * 3);
      expect(all.filter(({ baseRight }) => !baseRight)).toEqual([]);
    });

    it.each(EDITS.filter((edit) => edit !== 'none'))('is never sure of a wrong line: %s', (edit) => {
      const all = judged(builder, edit);
      tell(builder, edit, all);
      expect(all.flatMap(({ wrong }) => wrong)).toEqual([]);
      // A line that an edited one acts on (ENV, WORKDIR, SHELL) may have another record now; most are as they were.
      expect(sum(all, ({ right }) => right)).toBeGreaterThanOrEqual(sum(all, ({ present }) => present) * 0.9);
    });
  });
});

function sum(all: readonly Judgement[], of: (judgement: Judgement) => number): number {
  return all.reduce((total, judgement) => total + of(judgement), 0);
}

function tell(builder: string, edit: string, all: readonly Judgement[]): void {
  const counted = `${sum(all, ({ right }) => right)} of ${sum(all, ({ present }) => present)} layers right (${sum(all, ({ rightExactly }) => rightExactly)} exactly)`;
  const byPlace = sum(all, ({ wrongByPlace }) => wrongByPlace);
  process.stderr.write(`${builder}, ${edit}: ${counted}, ${byPlace} wrong by place, ${all.length} images\n`);
}

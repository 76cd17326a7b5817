import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engines } from '../engines.ts';
import { enginesRequired } from '../requirements.ts';
import { buildAll, type BuiltDockerfile, type MappedBuilder, type Plan } from './build-all.ts';
import { type Edit, EDITS } from './edit.ts';
import { type Judgement, judge } from './judge.ts';

export interface MappingSuite {
  readonly name: string;
  /** What the machine lacks for it. */
  readonly missing: readonly string[];
  readonly plan: Plan;
  readonly start: () => Promise<Engines>;
}

/** Only against a build that hangs: a machine may be slow, and each command has a limit of its own. */
const BUILDS_TIMEOUT_MS = 3_600_000;

/** Builds the plan's Dockerfiles and compares what each layer is mapped to with what it holds. */
export function describeMapping({ name, missing, plan, start }: MappingSuite): void {
  it.runIf(enginesRequired())(`every engine is installed: ${name}`, () => {
    expect(missing).toEqual([]);
  });

  const skipped = missing.length === 0 ? '' : ` (skipped: this machine lacks ${missing.join(', ')})`;
  describe.skipIf(missing.length > 0)(`${name}${skipped}`, () => {
    let engines: Engines;
    let built: readonly BuiltDockerfile[];

    beforeAll(async () => {
      engines = await start();
      built = await buildAll(engines, plan);
    }, BUILDS_TIMEOUT_MS);
    afterAll(async () => {
      await engines.stop();
    });

    const builtBy = (builder: MappedBuilder) => built.filter((each) => each.builder === builder);
    const judged = (builder: MappedBuilder, edit: Edit): readonly Judgement[] => {
      const own = builtBy(builder);
      const all = own.map((each, at) => judge(each, edit, own[(at + 1) % own.length]?.generated ?? each.generated));
      tell(`${builder}, ${edit}`, all);
      return all;
    };

    const builders = Object.keys(plan) as MappedBuilder[];
    const attested = builders.filter((builder) => builder.startsWith('provenance'));
    it.each(attested)('needs no history: %s', (builder) => {
      const all = builtBy(builder).map((each) => judge(withoutHistory(each), 'none', each.generated));
      tell(`${builder}, without a history`, all);
      expect(all.flatMap(({ wrong, missed }) => [...wrong, ...missed])).toEqual([]);
      expect(sum(all, ({ rightExactly }) => rightExactly)).toBe(sum(all, ({ present }) => present));
    });

    describe.each(builders)('%s', (builder) => {
      it('maps every layer to the line that made it, and finds the end of the base image', () => {
        const all = judged(builder, 'none');
        const count = plan[builder]?.length ?? 0;
        expect(all).toHaveLength(count);
        expect(all.flatMap(({ wrong }) => wrong)).toEqual([]);
        expect(all.flatMap(({ missed }) => missed)).toEqual([]);
        expect(sum(all, ({ right }) => right)).toBe(sum(all, ({ present }) => present));
        expect(sum(all, ({ present }) => present)).toBeGreaterThan(count * 3);
        expect(all.filter(({ baseRight }) => !baseRight)).toEqual([]);
      });

      it.each(EDITS.filter((edit) => edit !== 'none'))('is never sure of a wrong line: %s', (edit) => {
        const all = judged(builder, edit);
        expect(all.flatMap(({ wrong }) => wrong)).toEqual([]);
        // A line that an edited one acts on (ENV, WORKDIR, SHELL) may have another record now; most are as they were.
        expect(sum(all, ({ right }) => right)).toBeGreaterThanOrEqual(sum(all, ({ present }) => present) * 0.9);
      });
    });
  });
}

/** Its history has as many steps, and says nothing of them. */
function withoutHistory(built: BuiltDockerfile): BuiltDockerfile {
  const { config } = built.image;
  const history = config.history.map((entry) => ({ ...entry, createdBy: '', comment: '' }));
  return { ...built, image: { ...built.image, config: { ...config, history } } };
}

function sum(all: readonly Judgement[], of: (judgement: Judgement) => number): number {
  return all.reduce((total, judgement) => total + of(judgement), 0);
}

function tell(what: string, all: readonly Judgement[]): void {
  const counted = `${sum(all, ({ right }) => right)} of ${sum(all, ({ present }) => present)} layers right (${sum(all, ({ rightExactly }) => rightExactly)} exactly)`;
  const byPlace = sum(all, ({ wrongByPlace }) => wrongByPlace);
  process.stderr.write(`${what}: ${counted}, ${byPlace} wrong by place, ${all.length} images\n`);
}

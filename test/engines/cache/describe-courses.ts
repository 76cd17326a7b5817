import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelOf } from '../../../src/cache/models.ts';
import { missingCurrentEngines } from '../current/current-root.ts';
import { startCurrentEngines } from '../current/start-current-engines.ts';
import type { Engines } from '../engines.ts';
import { enginesRequired } from '../requirements.ts';
import { CacheBuilders } from './cache-builders.ts';
import { type JudgeOptions, judgeCourse } from './judge.ts';
import { type Course, type Outcome, runCourses } from './run-states.ts';
import { showCourse } from './show-course.ts';

/** A course, and what its states are known to yield. */
export interface KnownCourse extends Course {
  readonly outputOf: JudgeOptions['outputOf'];
}

/** Only against a build that hangs: a machine may be slow, and each command has a limit of its own. */
const BUILDS_TIMEOUT_MS = 3_600_000;

/** Whoever works on a model need not build all: `LAYERSCOPE_CACHE_CASE='classic/env-'` is a regular expression. */
const wanted = new RegExp(process.env['LAYERSCOPE_CACHE_CASE'] ?? '');

/** Builds all courses with the real builders, and expects of the models what these say. */
export function describeCourses(name: string, all: readonly KnownCourse[]): void {
  const missing = missingCurrentEngines();
  it.runIf(enginesRequired())(`every engine is installed: ${name}`, () => {
    expect(missing).toEqual([]);
  });

  const courses = all.filter((course) => wanted.test(`${course.builder}/${course.name}`));
  const skipped = missing.length === 0 ? '' : ` (skipped: this machine lacks ${missing.join(', ')})`;
  describe.skipIf(missing.length > 0)(`${name}${skipped}`, () => {
    let engines: Engines;
    let builders: CacheBuilders;
    let outcomes: ReadonlyMap<Course, Outcome>;

    beforeAll(async () => {
      engines = await startCurrentEngines();
      builders = await CacheBuilders.prepare(engines);
      outcomes = await runCourses(builders, courses);
    }, BUILDS_TIMEOUT_MS);
    afterAll(async () => {
      await engines.stop();
    });

    it.each(courses.map((course) => [`${course.builder}/${course.name}`, course] as const))('%s', (_, course) => {
      const outcome = outcomes.get(course);
      if (outcome === undefined || outcome instanceof Error) throw outcome ?? new Error('it was not built');
      const { outputOf } = course;
      const model = modelOf(course.builder);
      const judged = judgeCourse(course, outcome, { model, basesFor: (state) => builders.basesFor(state), outputOf });
      const wrong = judged.flat().filter(({ agrees }) => !agrees);
      expect(wrong, showCourse(course, judged)).toEqual([]);
    });
  });
}

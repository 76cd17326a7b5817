import type { BuildState, TruthBuilder } from './cache-case.ts';
import type { CacheBuilders } from './cache-builders.ts';
import type { ReportedStep } from './reported-step.ts';

/** States to be built one after the other, the first with an empty cache. */
export interface Course {
  readonly name: string;
  readonly builder: TruthBuilder;
  readonly states: readonly BuildState[];
}

/** What the builder said of each state; an error where it would not build one. */
export type Outcome = readonly (readonly ReportedStep[])[] | Error;

/** Builds all courses: Docker's builders, which share a daemon, in one lane, and buildah in another. */
export async function runCourses(
  builders: CacheBuilders,
  courses: readonly Course[],
): Promise<ReadonlyMap<Course, Outcome>> {
  const outcomes = new Map<Course, Outcome>();
  const lane = async (own: readonly Course[]): Promise<void> => {
    for (const course of own) outcomes.set(course, await runCourse(builders, course));
  };
  const isBuildah = ({ builder }: Course): boolean => builder === 'buildah';
  await Promise.all([lane(courses.filter(isBuildah)), lane(courses.filter((course) => !isBuildah(course)))]);
  return outcomes;
}

async function runCourse(builders: CacheBuilders, { builder, states }: Course): Promise<Outcome> {
  const fresh = await builders.open(builder);
  const said: (readonly ReportedStep[])[] = [];
  try {
    for (const state of states) said.push(await fresh.build(state));
    return said;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    await fresh.close();
  }
}

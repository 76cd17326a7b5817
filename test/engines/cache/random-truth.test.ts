import { describeCourses } from './describe-courses.ts';
import { randomCourse } from './random/random-course.ts';

/** Everybody draws new cases at each run but for the gate, which sets a seed. */
const first = Number(process.env['LAYERSCOPE_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** A course is one build more than it has changes: the cache is filled once. */
const changes = 6;

/** 204 changes. A build by buildah takes as long as ten by the others. */
const courses = { buildkit: 20, classic: 10, buildah: 4 } as const;

describeCourses('random changes of random Dockerfiles', [
  ...Array.from({ length: courses.buildkit }, (_, index) => randomCourse('buildkit', first + index, changes)),
  ...Array.from({ length: courses.classic }, (_, index) => randomCourse('classic', first + index, changes)),
  ...Array.from({ length: courses.buildah }, (_, index) => randomCourse('buildah', first + index, changes)),
]);

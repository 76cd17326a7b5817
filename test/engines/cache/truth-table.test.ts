import { truthBuilders, statesOf } from './cache-case.ts';
import { describeCourses } from './describe-courses.ts';
import { truthTable } from './truth-table.ts';

describeCourses(
  'the truth table of cache keys',
  truthTable.flatMap((each) =>
    (each.builders ?? truthBuilders).map((builder) => ({
      name: each.name,
      builder,
      states: statesOf(each),
      outputOf: () => () => (each.sameOutput === true ? 'the same' : each.sameOutput === false ? null : undefined),
    })),
  ),
);

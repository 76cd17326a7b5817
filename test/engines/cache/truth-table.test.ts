import { afterAll } from 'vitest';
import { startLoopbackServer } from '../registry/loopback-server.ts';
import { statesOf, truthBuilders } from './cache-case.ts';
import { addRemote, remoteBody } from './cases/add-remote.ts';
import { describeCourses } from './describe-courses.ts';
import { truthTable } from './truth-table.ts';

// Before the cases are named: the port is in their text.
const remote = await startLoopbackServer((request, response) => response.end(remoteBody(request.url ?? '')));
afterAll(async () => {
  await remote.stop();
});

describeCourses(
  'the truth table of cache keys',
  [...truthTable, ...addRemote(remote.origin)].flatMap((each) =>
    (each.builtBy ?? each.builders ?? truthBuilders).map((builder) => ({
      name: each.name,
      builder,
      states: statesOf(each),
      outputOf: () => () => (each.sameOutput === true ? 'the same' : each.sameOutput === false ? null : undefined),
    })),
  ),
);

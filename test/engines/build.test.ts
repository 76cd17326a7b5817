import { expect, it } from 'vitest';
import { describeBuilds } from './builds/describe-builds.ts';
import { missingCurrentEngines } from './current/current-root.ts';
import { startCurrentEngines } from './current/start-current-engines.ts';
import { PODMAN } from './engine-api/podman-service.ts';
import { startEngines } from './engines.ts';
import { enginesRequired, missingEngines, missingPrograms } from './requirements.ts';

const missing = [...missingEngines(), ...missingPrograms([PODMAN])];
const missingCurrent = missingCurrentEngines();
const lacking = new Set([...missing, ...missingCurrent]);
if (lacking.size > 0) process.stderr.write(`Skipped: builds; this machine lacks ${[...lacking].join(', ')}\n`);

it.runIf(enginesRequired())('every builder is installed', () => {
  expect([...lacking]).toEqual([]);
});

describeBuilds({
  name: 'the builders of today',
  missing: missingCurrent,
  start: startCurrentEngines,
  builders: [
    { with: 'docker', metadata: 'left out' },
    { with: 'docker', env: { DOCKER_BUILDKIT: '0' }, metadata: 'counted' },
    { with: 'buildah', metadata: 'counted' },
  ],
});

describeBuilds({
  name: "Debian's builders",
  missing,
  start: startEngines,
  builders: [
    { with: 'docker', env: { DOCKER_BUILDKIT: '1' }, metadata: 'left out' },
    { with: 'podman', metadata: 'counted' },
  ],
});

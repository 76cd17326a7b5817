import { expect, it } from 'vitest';
import { missingCurrentEngines } from './current/current-root.ts';
import { startCurrentEngines } from './current/start-current-engines.ts';
import { describeDocker } from './engine-api/describe-docker.ts';
import { describePodman } from './engine-api/describe-podman.ts';
import { PODMAN } from './engine-api/podman-service.ts';
import { startEngines } from './engines.ts';
import { enginesRequired, missingEngines, missingPrograms } from './requirements.ts';

const openssl = missingPrograms(['/usr/bin/openssl']);
const missing = [...missingEngines(), ...openssl];
const missingForPodman = [...missing, ...missingPrograms([PODMAN])];
const missingCurrent = [...missing, ...missingCurrentEngines()];
const lacking = new Set([...missingForPodman, ...missingCurrent]);
if (lacking.size > 0) process.stderr.write(`Skipped: engines; this machine lacks ${[...lacking].join(', ')}\n`);

it.runIf(enginesRequired())('every engine is installed', () => {
  expect([...lacking]).toEqual([]);
});

describeDocker({ name: "Debian's Docker", missing, start: startEngines, platforms: false });
describeDocker({ name: 'the Docker of today', missing: missingCurrent, start: startCurrentEngines, platforms: true });
describePodman(missingForPodman);

import { missingCurrentEngines } from './current/current-root.ts';
import { startCurrentEngines } from './current/start-current-engines.ts';
import { describeMapping } from './mapping/describe-mapping.ts';
import { generateAll } from './mapping/generate.ts';

describeMapping({
  name: 'generated Dockerfiles, built by the builders of today',
  missing: missingCurrentEngines(),
  start: startCurrentEngines,
  plan: {
    // The classic builder never learned what BuildKit's Dockerfiles may hold.
    classic: generateAll(10, 'common'),
    buildkit: generateAll(48, 'buildkit'),
    'provenance v0.2': generateAll(12, 'buildkit'),
    'provenance v1': generateAll(12, 'buildkit'),
    buildah: generateAll(12, 'buildah'),
  },
});

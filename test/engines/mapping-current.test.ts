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
    classic: generateAll(6, 'common'),
    buildkit: generateAll(32, 'buildkit'),
    'provenance v0.2': generateAll(8, 'buildkit'),
    'provenance v1': generateAll(8, 'buildkit'),
    buildah: generateAll(8, 'buildah'),
  },
});

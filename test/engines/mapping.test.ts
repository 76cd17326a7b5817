import { startEngines } from './engines.ts';
import { describeMapping } from './mapping/describe-mapping.ts';
import { generateAll } from './mapping/generate.ts';
import { missingEngines } from './requirements.ts';

describeMapping({
  name: 'generated Dockerfiles, built by the builders of Debian 12',
  missing: missingEngines(),
  start: startEngines,
  // A classic step takes a container and a buildah step a copy of the filesystem; BuildKit's are quick.
  plan: {
    buildkit: generateAll(60, 'common'),
    classic: generateAll(12, 'common'),
    buildah: generateAll(10, 'common'),
  },
});

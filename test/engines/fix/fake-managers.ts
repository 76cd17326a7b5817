import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Docker } from '../docker.ts';
import { BASE } from '../engines.ts';

/** An image with programs that stand in for package managers, as there is no network: what they read is what counts. */
export const MANAGED_BASE = 'localhost/managed:latest';

/** Reads the manifests, and no build without them; leaves what it read, and a download that the image does not need. */
const manager = (manifests: string, cache: string, output: string): string => `#!/bin/sh
set -e
mkdir -p ${cache} ${output}
head -c 200000 /dev/zero > ${cache}/download
for file in ${manifests}; do
  if [ -f "$file" ]; then sha256sum "$file"; fi
done > ${output}/installed
[ -s ${output}/installed ]
`;

const programs: Readonly<Record<string, string>> = {
  npm: manager('package.json package-lock.json .npmrc', '/root/.npm', 'node_modules'),
  pip: manager('requirements.txt req/*.txt limits.txt', '/root/.cache/pip', '/usr/lib/python'),
  yarn: manager('package.json yarn.lock .yarnrc', '/usr/local/share/.cache/yarn', 'node_modules'),
  go: manager('go.mod go.sum', '/go/pkg/mod', '/go/pkg/sums'),
  'apt-get':
    '#!/bin/sh\nmkdir -p /var/lib/apt/lists && echo list > /var/lib/apt/lists/index && echo "$@" >> /usr/lib/packages\n',
};

/** `npm run build`: reads what the project wrote. */
const build = '#!/bin/sh\nset -e\nmkdir -p dist\ncat src/* > dist/out\necho "${GIT_SHA-none}" >> dist/out\n';

export async function buildManagedBase(docker: Docker, folder: string): Promise<void> {
  await mkdir(join(folder, 'bin'), { recursive: true });
  for (const [name, script] of Object.entries({ ...programs, build })) {
    await writeFile(join(folder, 'bin', name), script);
    await chmod(join(folder, 'bin', name), 0o755);
  }
  await writeFile(
    join(folder, 'Dockerfile'),
    `FROM ${BASE}\nCOPY bin/ /usr/bin/\nRUN mkdir -p /usr/local/share /go/pkg\n`,
  );
  await docker.build({ context: folder, tag: MANAGED_BASE, builder: 'buildkit', args: ['--provenance=false'] });
}

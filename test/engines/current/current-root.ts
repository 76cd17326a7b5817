import { join } from 'node:path';
import { BUILDX, missingPrograms, PROGRAMS } from '../requirements.ts';

/** Where `install-current.sh` puts Debian testing: beside the sources it would be walked by every tool. */
export const CURRENT_ROOT = join(process.env['LAYERSCOPE_ENGINES'] ?? '/var/cache/layerscope-engines', 'root');

/** To enter it. */
export const ENTRY = { unshare: '/usr/bin/unshare', nsenter: '/usr/bin/nsenter' } as const;

const { docker, dockerd, containerd, buildah, busybox, tar, setpriv } = PROGRAMS;

const inside = [docker, dockerd, containerd, buildah, '/usr/bin/runc', BUILDX];

/** What lacks to run the engines of today, by name; empty when they can run. */
export function missingCurrentEngines(): readonly string[] {
  const missing = missingPrograms([busybox, tar, setpriv, ...Object.values(ENTRY)]);
  if (missing.length > 0) return missing;
  return missingPrograms(inside.map((path) => join(CURRENT_ROOT, path))).map((name) => `${name} of Debian testing`);
}
